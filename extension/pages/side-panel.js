"use strict";

/** The whole reading of the draft in the tab beside it. It holds nothing of its own: the page is asked each time. */

document.adoptedStyleSheets = [sheetFor(document, LOOK), sheetFor(document, PANEL_LOOK)];
document.documentElement.lang = api.i18n.getUILanguage();

const place = /** @type {HTMLElement} */ (document.getElementById("reading"));
const clicks = /** @type {HTMLElement} */ (document.getElementById("clicks"));
clicks.setAttribute("aria-label", WORDS.rewording);

/** @param {SidePanelClick} click */
const ask = async (click) => {
  const note = await api.runtime.sendMessage({ type: "click", click }).catch(() => null);
  if (typeof note === "string") /** @type {HTMLElement} */ (document.getElementById("status")).textContent = note;
  await show();
};

/** What a click here does over there; findings are named by their place in the report. @param {PanelState} state @returns {PanelActions} */
function actionsFor(state) {
  const at = (/** @type {Contract.Finding | null} */ finding) => (finding ? (state.report?.findings ?? []).indexOf(finding) : -1);
  return {
    apply: (edits, finding) => void ask({ do: "apply", finding: at(finding), edits }),
    copy: (text) => void navigator.clipboard.writeText(text),
    undo: () => void ask({ do: "undo" }),
    look: () => document.querySelector(".rewording")?.scrollIntoView({ block: "start" }),
    close: () => undefined,
    putAside: (finding, verdict) => void ask({ do: "aside", finding: at(finding), verdict }),
    hide: (finding, scope) => void ask({ do: "hide", finding: at(finding), scope }),
    point: () => undefined,
    openOptions: () => void api.runtime.openOptionsPage(),
    practise: () => void api.runtime.sendMessage({ type: "practice" }),
    openSidePanel: null,
  };
}

async function show() {
  const told = /** @type {SideState | null} */ (await api.runtime.sendMessage({ type: "reading" }).catch(() => null));
  document.documentElement.dataset.state = told ? "reading" : "none";
  if (!told) {
    place.replaceChildren(el("p", { class: "note" }, icon(SHAPES.dot, { fill: true }), el("span", {}, WORDS.noDraft)));
    clicks.replaceChildren(el("button", { type: "button", class: "plain", "data-key": "practise", onclick: () => void api.runtime.sendMessage({ type: "practice" }) }, WORDS.practise));
    return;
  }
  const state = { ...told, ideas: told.ideas.flatMap((index) => told.report?.findings[index] ?? []) };
  const focused = document.activeElement?.getAttribute("data-key");
  const act = actionsFor(state);
  const open = new Set([...place.querySelectorAll("details[open]")].map((details) => details.getAttribute("data-key")));
  const parts = [notePart(state), examplePart(state, act), worksPart(state), stepPart(state), customerPart(state), ideasPart(state, act), modelPart(state), rewordingPart(state, act), secondAuthorPart(state, act), smallPrint(state, act)];
  place.replaceChildren(...parts.filter((part) => part !== null));
  for (const details of place.querySelectorAll("details")) details.open = details.dataset.key === "small" || open.has(details.dataset.key ?? "");
  clicks.replaceChildren(...mainClicks(state, act));
  if (focused) /** @type {HTMLElement | null} */ (document.querySelector(`[data-key="${focused}"]`))?.focus({ preventScroll: true });
  document.documentElement.dataset.for = String(state.text.length);
}

api.runtime.onMessage.addListener((/** @type {{type: string}} */ { type }) => {
  if (type === "read-anew") void show();
});
api.tabs.onActivated.addListener(() => void show());
api.tabs.onUpdated.addListener((_tab, { status }) => void (status === "complete" && show()));
void show();
