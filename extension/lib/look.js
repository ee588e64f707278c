"use strict";

/**
 * The one look of everything the extension draws: colours, type, controls. Every colour has its light and its dark
 * value side by side; which one holds is decided by `color-scheme` alone.
 */
const LOOK = `
:host, :root {
  --paper: light-dark(#ffffff, #1b2322);
  --raised: light-dark(#f5f7f6, #242e2c);
  --line: light-dark(#dbe1df, #3a4644);
  --ink: light-dark(#1d2826, #e9efed);
  --quiet: light-dark(#56635f, #a9b5b2);
  --accent: light-dark(#0f6f66, #62cdbf);
  --accent-deep: light-dark(#0a564f, #86ddd1);
  --on-accent: light-dark(#ffffff, #06231f);
  --accent-soft: light-dark(#e2f1ee, #1d3b37);
  --gone-soft: light-dark(#f0ece6, #38332c);
  --gone-ink: light-dark(#6a5d4d, #c2b6a5);
  --shadow: light-dark(rgb(20 40 36 / 0.16), rgb(0 0 0 / 0.5));
  --round: 10px;
  --type: 14px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
}
button {
  font: inherit; color: var(--accent-deep); background: none; cursor: pointer;
  border: 1px solid var(--line); border-radius: 7px; padding: 4px 11px; margin: 0;
}
button:hover { border-color: var(--accent); background: var(--accent-soft); }
button.main { color: var(--on-accent); background: var(--accent); border-color: var(--accent); font-weight: 600; }
button.main:hover { background: var(--accent-deep); border-color: var(--accent-deep); }
button.plain { border-color: transparent; padding: 2px 6px; color: var(--quiet); }
button.plain:hover { color: var(--ink); background: var(--raised); }
button:disabled { opacity: 0.55; cursor: default; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.icon { width: 16px; height: 16px; flex: none; fill: none; stroke: currentColor; stroke-width: 1.7; stroke-linecap: round; stroke-linejoin: round; }
.icon.filled { fill: currentColor; stroke: none; }
@media (forced-colors: active) {
  button { border-color: ButtonText; }
}
`;

/** A style sheet for one document; constructed, so that a page's content policy has no say in it. @param {Document} doc @param {string} css */
function sheetFor(doc, css) {
  const view = /** @type {Window & typeof globalThis} */ (doc.defaultView ?? window);
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}
