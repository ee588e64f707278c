"use strict";

/**
 * The one seam around the browser: Chromium says `chrome`, Firefox says `browser`, both answer with promises.
 * @type {typeof chrome}
 */
const api = /** @type {any} */ (globalThis).browser ?? chrome;

/** False once the extension was updated or removed under a page that is still open. */
function stillInstalled() {
  try {
    return Boolean(api.runtime?.id);
  } catch {
    return false;
  }
}
