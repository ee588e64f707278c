"use strict";

/** Which sites the coach works on: one dynamic registration a site, kept in step with the list in storage. */

/** Chromium's match patterns may hold a port, Firefox's may not. @param {string} origin */
function patternOf(origin) {
  const url = new URL(origin);
  const chromium = !api.runtime.getURL("").startsWith("moz-");
  return `${url.protocol}//${chromium ? url.host : url.hostname}/*`;
}

/** @param {string} origin */
const registrationId = (origin) => `site ${origin}`;

/**
 * Registers exactly the sites given, and no others.
 * @param {string[]} origins
 */
async function registerSites(origins) {
  const wanted = new Map(origins.map((origin) => [registrationId(origin), origin]));
  const known = (await api.scripting.getRegisteredContentScripts()).map((script) => script.id);
  const stale = known.filter((id) => !wanted.has(id));
  if (stale.length > 0) await api.scripting.unregisterContentScripts({ ids: stale });
  for (const id of known) wanted.delete(id);
  if (wanted.size === 0) return;
  await api.scripting.registerContentScripts(
    [...wanted].map(([id, origin]) => ({
      id,
      matches: [patternOf(origin)],
      js: CONTENT_SCRIPTS,
      allFrames: true,
      matchOriginAsFallback: true,
      runAt: /** @type {const} */ ("document_idle"),
      persistAcrossSessions: true,
    })),
  );
}

/** Starts the coach in the tabs of a site that are open already. @param {string} origin */
async function startInOpenTabs(origin) {
  for (const tab of await api.tabs.query({ url: patternOf(origin) })) {
    if (tab.id === undefined) continue;
    try {
      const target = { tabId: tab.id, allFrames: true };
      const frames = await api.scripting.executeScript({ target, func: () => "stillInstalled" in globalThis });
      const frameIds = frames.filter((frame) => !frame.result).map((frame) => frame.frameId);
      await api.tabs.sendMessage(tab.id, { type: "start" }).catch(() => undefined); // where it was stopped before
      if (frameIds.length > 0) {
        await api.scripting.executeScript({ target: { tabId: tab.id, frameIds }, files: CONTENT_SCRIPTS });
      }
    } catch {
      // A tab that shows an error page cannot be scripted; it starts with its next load.
    }
  }
}

/** Tells the tabs of a site that the coach was switched off. @param {string} origin */
async function stopInOpenTabs(origin) {
  for (const tab of await api.tabs.query({ url: patternOf(origin) })) {
    if (tab.id === undefined) continue;
    await api.tabs.sendMessage(tab.id, { type: "stop" }).catch(() => undefined); // nobody listens there: fine
  }
}
