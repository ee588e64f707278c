"use strict";

/** How badge, panel and marks look inside the coach's shadow root. */
const PANEL_LOOK = `
:host { all: initial !important; }
[popover] { position: fixed; inset: auto; margin: 0; border: 0; padding: 0; overflow: visible; background: none; color: var(--ink); }
[hidden] { display: none !important; }
.stage { font: var(--type); color: var(--ink); }
.aloud { position: fixed; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.badge button {
  display: flex; align-items: center; gap: 5px; height: 26px; padding: 0 10px 0 7px; border-radius: 13px;
  font: 500 12.5px/1 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
  background: var(--paper); color: var(--quiet); border: 1px solid var(--line);
  box-shadow: 0 1px 3px var(--shadow); white-space: nowrap;
}
.badge button:hover { color: var(--ink); background: var(--raised); border-color: var(--accent); }
.badge[data-state="ideas"] button { color: var(--accent-deep); border-color: var(--accent); }
.badge[data-state="ready"] .icon { color: var(--accent); }
.badge .icon { width: 14px; height: 14px; }

.panel {
  box-sizing: border-box; overflow: hidden; display: none; flex-direction: column;
  background: var(--paper); border: 1px solid var(--line); border-radius: var(--round);
  box-shadow: 0 8px 30px var(--shadow), 0 1px 4px var(--shadow); font: var(--type);
}
.panel:popover-open { display: flex; }
.panel:focus { outline: none; }
.panel:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
.panel > header { display: flex; align-items: center; gap: 8px; padding: 9px 8px 9px 16px; border-bottom: 1px solid var(--line); }
.panel > header .icon { color: var(--accent); }
.panel > header strong { flex: 1; font-weight: 600; }
.panel > header button { display: grid; place-items: center; width: 30px; height: 30px; padding: 0; }
.panel > .bar { order: 1; flex: none; display: flex; flex-wrap: wrap; gap: 6px; align-items: center; padding: 10px 14px; border-top: 1px solid var(--line); background: var(--raised); }
.bar .hint { flex: 1 1 100%; margin: 0; }
.panel.low:popover-open { display: grid; grid-template: auto minmax(0, 1fr) / minmax(0, 1fr) auto; }
.panel.low > .bar { grid-area: 1 / 1; order: 0; padding: 6px 10px; border: 0; border-bottom: 1px solid var(--line); flex-wrap: nowrap; overflow: hidden; }
.panel.low > header { grid-area: 1 / 2; gap: 2px; padding: 3px 6px; background: var(--raised); }
.panel.low > .bar:not([hidden]) + header > :is(strong, .icon) { display: none; }
.panel.low > .bar[hidden] + header { grid-column: 1 / -1; padding-left: 14px; }
.panel.low > .scroll { grid-area: 2 / 1 / auto / -1; }
.low .bar .hint { flex: 0 1 auto; order: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.low .bar button { flex: none; }
.low section:first-child { margin-top: 8px; }
.rewording { scroll-margin-top: 12px; }
.panel > .scroll { overflow-y: auto; flex: 0 1 auto; min-height: 0; overscroll-behavior: contain; padding: 2px 16px 14px; scrollbar-width: thin; scrollbar-color: var(--line) transparent; }
section { margin-top: 14px; }
h2 { margin: 0 0 5px; font-size: 12px; line-height: 1.4; font-weight: 600; color: var(--quiet); letter-spacing: 0.01em; }
p { margin: 0; }
ul { margin: 0; padding: 0; list-style: none; }
blockquote, q { quotes: none; }
.quote, q, .questions span, .preview, .compare > div { unicode-bidi: plaintext; text-align: start; }

.works li { display: grid; grid-template-columns: 16px 1fr; gap: 8px; margin-top: 3px; }
.works .icon { margin-top: 3px; color: var(--accent); }
.step { padding: 10px 12px; background: var(--accent-soft); border-radius: 8px; }
.step h2 { color: var(--accent-deep); }
.step p { font-weight: 550; }
.note { display: flex; gap: 8px; padding: 9px 12px; background: var(--raised); border: 1px solid var(--line); border-radius: 8px; }
.note + .note { margin-top: 6px; }
.note .icon { margin-top: 3px; color: var(--accent); }

.idea { padding: 10px 12px; border: 1px solid var(--line); border-radius: 8px; }
.idea + .idea { margin-top: 8px; }
.idea:hover, .idea:focus-within { border-color: var(--accent); }
.idea .head { display: flex; gap: 8px; align-items: baseline; }
.idea .quote { flex: 1; font-weight: 600; overflow-wrap: anywhere; }
.idea .say { flex: 1; }
.idea .element { color: var(--quiet); font-size: 12px; }
.idea .swaps { display: flex; flex-wrap: wrap; gap: 6px; margin-top: 8px; }
.idea .swaps button { text-align: start; }
.idea .preview { margin-top: 5px; font-size: 13px; overflow-wrap: anywhere; }
.idea .advice { margin-top: 6px; }
summary { cursor: pointer; color: var(--accent-deep); display: inline-flex; align-items: center; gap: 3px; border-radius: 4px; }
summary::-webkit-details-marker { display: none; }
summary .icon { width: 12px; height: 12px; transition: rotate 120ms; }
details[open] > summary .icon { rotate: 90deg; }
.idea details { margin-top: 6px; font-size: 13px; }
.idea details p { margin: 4px 0 2px; }
.small { display: flex; flex-wrap: wrap; gap: 2px 4px; align-items: center; margin-top: 4px; color: var(--quiet); font-size: 12px; }
.small code { font: 11.5px/1.4 ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
.small > span { flex: 1 1 100%; }
.small button { text-decoration: underline; text-decoration-color: var(--line); text-underline-offset: 3px; }
.small button:first-of-type { margin-inline-start: -6px; }

.example pre { margin: 0 0 6px; padding: 8px 10px; white-space: pre-wrap; overflow-wrap: anywhere; font: 12px/1.45 ui-monospace, "DejaVu Sans Mono", monospace; background: var(--raised); border: 1px solid var(--line); border-radius: 8px; }
.model-words { margin-top: 6px; padding: 10px 12px; white-space: pre-wrap; overflow-wrap: anywhere; background: var(--raised); border: 1px solid var(--line); border-radius: 8px; }
.signals { font-size: 13px; }
.signals li { display: flex; gap: 8px; margin-top: 2px; white-space: nowrap; }
.signals q { color: var(--quiet); min-width: 0; overflow: hidden; text-overflow: ellipsis; }
.questions { margin-top: 7px; }
.questions li { display: grid; grid-template-columns: 16px 1fr auto; gap: 8px; margin-top: 3px; }
.questions .icon { margin-top: 3px; color: var(--accent); }
.questions .state { color: var(--quiet); font-size: 12px; margin-top: 2px; white-space: nowrap; }

.compare { border: 1px solid var(--line); border-radius: 8px; overflow: hidden; }
.compare > div { padding: 8px 12px; white-space: pre-wrap; overflow-wrap: anywhere; }
.compare > div + div { border-top: 1px solid var(--line); }
.compare h3 { margin: 0 0 2px; font-size: 12px; font-weight: 500; color: var(--quiet); }
.compare .yours { background: var(--raised); color: var(--quiet); max-height: 9em; overflow-y: auto; scrollbar-width: thin; scrollbar-color: var(--line) transparent; }
del { background: var(--gone-soft); color: var(--gone-ink); text-decoration: line-through; text-decoration-thickness: 1px; border-radius: 3px; }
ins { background: var(--accent-soft); color: inherit; text-decoration: underline; text-decoration-color: var(--accent); text-underline-offset: 3px; border-radius: 3px; }
mark { background: none; color: var(--accent-deep); border: 1px dashed var(--accent); border-radius: 4px; padding: 0 3px; }
.actions { display: flex; flex-wrap: wrap; gap: 7px; align-items: center; margin-top: 9px; }
.hint { color: var(--quiet); font-size: 12px; margin-top: 5px; }

footer { margin-top: 14px; padding-top: 9px; border-top: 1px solid var(--line); color: var(--quiet); font-size: 12.5px; }
footer summary { color: var(--quiet); }
.rubric { display: grid; grid-template-columns: 16px auto 1fr; gap: 3px 8px; margin-top: 6px; }
.rubric .icon { width: 13px; height: 13px; margin-top: 3px; color: var(--accent); }
.rubric .why { grid-column: 2 / -1; margin-bottom: 3px; }
.total { margin-top: 6px; }

.mirror { forced-color-adjust: none; position: fixed; overflow: hidden; pointer-events: none; z-index: 2147483646; }
.mirror > div { color: transparent; white-space: pre-wrap; overflow-wrap: break-word; }
.mirror span { text-decoration: underline; text-decoration-color: var(--accent); text-decoration-thickness: 2px; text-underline-offset: 3px; text-decoration-skip-ink: none; border-radius: 3px; background: rgb(20 150 135 / 0.10); }
.mirror span.now { background: rgb(20 150 135 / 0.26); }

@media (prefers-reduced-motion: reduce) { * { transition: none !important; } }
@media (forced-colors: active) {
  .badge button, .panel, .idea, .compare, .note, .step { border: 1px solid CanvasText; }
  ins { text-decoration: underline double; }
  .mirror span { text-decoration-color: Highlight; }
}
`;

/** Marks in an editable element: a highlight leaves its content untouched. */
const HIGHLIGHT_LOOK = `
::highlight(empathy-coach) { text-decoration: underline 2px #149687; background-color: rgb(20 150 135 / 0.10); }
::highlight(empathy-coach-now) { text-decoration: underline 2px #149687; background-color: rgb(20 150 135 / 0.26); }
`;
