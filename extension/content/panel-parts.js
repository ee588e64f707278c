"use strict";

/**
 * The parts of the panel, from top to bottom. Each takes what it shows and gives back an element, or null when there
 * is nothing to show.
 *
 * @typedef {object} PanelState
 * @property {Contract.Report | null} report
 * @property {Contract.Rewording | null} model  the draft anew by the team's own model, where it has one
 * @property {string} text  the draft that the report is about
 * @property {Contract.Finding[]} ideas  at most three, those that were put aside left out
 * @property {Message[]} conversation
 * @property {Away | null} away
 * @property {string[]} slots  gaps that still stand in the draft
 * @property {string} note  what just happened, in a sentence
 * @property {string} example  of what was called wrong, to copy
 * @property {boolean} canUndo
 * @property {boolean} canApply  whether the field takes changes
 *
 * @typedef {object} PanelActions
 * @property {(edits: Contract.Edit[], finding: Contract.Finding | null) => void} apply
 * @property {(text: string) => void} copy
 * @property {() => void} undo
 * @property {() => void} look  scrolls to the rewording
 * @property {() => void} close
 * @property {(finding: Contract.Finding, verdict: "dismissed" | "wrong") => void} putAside
 * @property {(finding: Contract.Finding, scope: HideScope) => void} hide
 * @property {(span: Contract.Span | null) => void} point
 * @property {() => void} openOptions
 * @property {() => void} practise  opens the practice pages
 * @property {(() => void) | null} openSidePanel  null where it is open
 */

const MOST_SIGNALS = 4;

/** @param {string} title @param {string} name @param {...(Node | null)} children */
function section(title, name, ...children) {
  return el("section", { class: name }, el("h2", {}, title), ...children);
}

/** @param {string} text @param {number} most */
function shortened(text, most) {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= most ? line : `${line.slice(0, most - 1).replace(/\s+\S*$/, "")}…`;
}

/** @param {PanelState} state */
function worksPart({ report, text }) {
  const strengths = (report?.strengths ?? []).filter(({ span }) => stands(text, span)).slice(0, 3);
  if (strengths.length === 0) return null;
  const items = strengths.map((strength) => el("li", {}, icon(SHAPES.tick), el("span", {}, strength.text)));
  return section(WORDS.works, "works", el("ul", {}, ...items));
}

/** @param {PanelState} state */
function stepPart({ report }) {
  return report?.next_step ? section(WORDS.step, "step", el("p", {}, report.next_step)) : null;
}

/** @param {PanelState} state */
function notePart({ note, slots, report, text, away }) {
  const said = [note, slots[0] ? WORDS.fill(slots[0]) : ""].filter(Boolean);
  if (away) said.push(WORDS.reasons[away]);
  else if (text.trim() === "") said.push(WORDS.empty);
  else if (report && report.findings.length === 0 && !report.rewording && !report.next_step) said.push(WORDS.nothing);
  if (said.length === 0) return null;
  return el("section", {}, ...said.map((line) => el("p", { class: "note" }, icon(SHAPES.dot, { fill: true }), el("span", {}, line))));
}

/** What an agent can hand to the team lead. @param {PanelState} state @param {PanelActions} act */
function examplePart({ example }, act) {
  if (example === "") return null;
  const copy = el("button", { type: "button", "data-key": "copy example", onclick: () => act.copy(example) }, WORDS.copyExample);
  return el("section", { class: "example" }, el("pre", { tabindex: "0" }, example), copy);
}

/** The new words of a suggestion. @param {Contract.Edit[]} edits */
function putBy(edits) {
  return edits.map((edit) => edit.text.trim()).filter(Boolean).join(" … ");
}

/** An edit widened to whole words, so that it can be read. @param {Contract.Edit} edit @param {string} text @returns {[string, string]} what goes, what comes */
function inWords({ start, end, text: put }, text) {
  const before = start < end && /\S/.test(text[start] ?? "") ? (/\S*$/.exec(text.slice(0, start))?.[0] ?? "") : "";
  const after = start < end && /\S/.test(text[end - 1] ?? "") ? (/^\S*/.exec(text.slice(end))?.[0] ?? "") : "";
  return [`${before}${text.slice(start, end)}${after}`.trim(), `${before}${put}${after}`.trim()];
}

/** What a click will take out and put in. @param {Contract.Edit[]} edits @param {string} text */
function previewOf(edits, text) {
  return edits.flatMap((edit) => {
    const [gone, put] = inWords(edit, text);
    return [gone !== "" && gone !== put && el("del", {}, shortened(gone, 80)), " ", put !== "" && el("ins", {}, shortened(put, 160)), " "];
  });
}

/** @param {Contract.Finding} finding @param {number} index @param {PanelState} state @param {PanelActions} act */
function ideaPart(finding, index, { text, canApply }, act) {
  const quote = finding.span && stands(text, finding.span) ? finding.span.quote : null;
  const clicks = finding.suggestions.filter(({ edits }) => edits.length > 0 && (canApply || putBy(edits) !== ""));
  const advice = finding.suggestions.filter(({ edits }) => edits.length === 0).map(({ label }) => label);
  // What to do comes before why; where there is nothing to do or to point at, the reason is the idea.
  const told = advice.length > 0 || (quote !== null && clicks.length > 0) ? advice : [finding.why];
  const [head, rest] = quote === null ? [told[0], told.slice(1)] : [`“${shortened(quote, 80)}”`, told];
  const whyIsLeft = !told.includes(finding.why);
  const swaps = clicks.map(({ label, edits }, n) =>
    el(
      "div",
      {},
      el(
        "button",
        { type: "button", "data-key": `swap ${index} ${n}`, onclick: () => (canApply ? act.apply(edits, finding) : act.copy(putBy(edits))) },
        canApply ? label : WORDS.copyPart,
      ),
      el("p", { class: "preview" }, ...previewOf(edits, text)),
    ),
  );
  /** @param {string} word @param {"dismissed" | "wrong"} verdict */
  const aside = (word, verdict) =>
    el("button", { type: "button", class: "plain", "data-key": `${verdict} ${index}`, onclick: () => act.putAside(finding, verdict) }, word);
  const scopes = /** @type {HideScope[]} */ (Object.keys(WORDS.hideScopes));
  const longer = scopes.map((scope) =>
    el("button", { type: "button", class: "plain", "data-key": `hide ${scope} ${index}`, onclick: () => act.hide(finding, scope) }, WORDS.hideScopes[scope]),
  );
  const point = () => act.point(finding.span ?? null);
  const away = () => act.point(null);
  return el(
    "li",
    { class: "idea", "data-rule": finding.rule, onmouseenter: point, onmouseleave: away, onfocusin: point, onfocusout: away },
    el(
      "div",
      { class: "head" },
      el("span", { class: quote === null ? "say" : "quote" }, head),
      el("span", { class: "element" }, WORDS.elements[finding.element]),
    ),
    ...rest.map((line) => el("p", { class: "advice" }, line)),
    swaps.length > 0 && el("div", { class: "swaps" }, ...swaps),
    el(
      "details",
      { "data-key": `why ${finding.rule}` },
      el("summary", { "data-key": `summary ${index}` }, icon(SHAPES.chevron), whyIsLeft ? WORDS.why : WORDS.more),
      whyIsLeft && el("p", {}, finding.why),
      el("div", { class: "small" }, aside(WORDS.notNow, "dismissed"), aside(WORDS.wrong, "wrong")),
      el("div", { class: "small", role: "group", "aria-label": WORDS.hide }, el("span", {}, `${WORDS.hide}:`), ...longer),
      el("div", { class: "small" }, el("code", {}, finding.rule)),
    ),
  );
}

/** @param {PanelState} state @param {PanelActions} act */
function ideasPart(state, act) {
  if (state.ideas.length === 0) return null;
  const items = state.ideas.map((finding, index) => ideaPart(finding, index, state, act));
  return section(WORDS.ideasTitle, "ideas", el("ul", {}, ...items));
}

/** How somebody in the team would say it: to read, not to paste. @param {PanelState} state */
function modelPart({ report }) {
  const model = report?.model_reply;
  if (!model) return null;
  return el(
    "section",
    { class: "model" },
    el("details", { "data-key": "model" }, el("summary", { "data-key": "model summary" }, icon(SHAPES.chevron), WORDS.modelTitle(model.by)), el("p", { class: "model-words" }, model.says)),
  );
}

/** @param {PanelState} state */
function customerPart({ report, conversation }) {
  if (!report) return null;
  /** @param {{message: number, span: Contract.Span}} said */
  const isThere = ({ message, span }) => stands(conversation[message]?.text ?? "", span);
  const seen = new Set();
  const order = Object.keys(WORDS.signals); // feelings first
  const signals = report.customer.signals
    .filter((signal) => isThere(signal) && !seen.has(signal.kind) && seen.add(signal.kind))
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
    .slice(0, MOST_SIGNALS);
  const questions = report.customer.questions.filter(isThere).slice(0, 5);
  if (signals.length + questions.length === 0) return null;
  const heard = signals.map(({ kind, span }) =>
    el("li", {}, el("span", {}, WORDS.signals[kind] ?? kind), el("q", { title: span.quote }, `“${shortened(span.quote, 40)}”`)),
  );
  const asked = questions.map(({ span, answered }) =>
    el(
      "li",
      {},
      answered ? icon(SHAPES.dot, { fill: true }) : icon(SHAPES.ring),
      el("span", {}, shortened(span.quote, 120)),
      el("span", { class: "state" }, answered ? WORDS.answered : WORDS.open),
    ),
  );
  return section(
    WORDS.customer,
    "customer",
    heard.length > 0 ? el("ul", { class: "signals" }, ...heard) : null,
    asked.length > 0 ? el("ul", { class: "questions" }, ...asked) : null,
  );
}

/** New text with its gaps framed. @param {string} text @param {string[]} slots @returns {(Node | string)[]} */
function withSlots(text, slots) {
  const slot = slots.find((one) => one !== "" && text.includes(one));
  if (!slot) return [text];
  const at = text.indexOf(slot);
  return [text.slice(0, at), el("mark", {}, slot), ...withSlots(text.slice(at + slot.length), slots)];
}

/** @param {PanelState} state @param {PanelActions} act */
function rewordingPart({ report, text, canApply }, act) {
  const rewording = report?.rewording;
  if (!rewording) return null;
  const changes = wordDiff(text, rewording.text);
  const slots = rewording.slots.map(({ quote }) => quote);
  const before = changes.filter(({ kind }) => kind !== "new").map(({ kind, text: words }) => (kind === "gone" ? el("del", {}, words) : words));
  const after = changes
    .filter(({ kind }) => kind !== "gone")
    .map(({ kind, text: words }) => (kind === "new" ? el("ins", {}, ...withSlots(words, slots)) : words));
  return section(
    WORDS.rewording,
    "rewording",
    el(
      "div",
      { class: "compare" },
      el("div", { class: "yours", tabindex: "0", role: "group", "aria-label": WORDS.yours, "data-key": "yours" }, el("h3", {}, WORDS.yours), ...before),
      el("div", { class: "after" }, el("h3", {}, WORDS.reworded), ...after),
    ),
    canApply ? el("div", { class: "actions" }, copyButton(rewording.text, act, "plain")) : null,
  );
}

/** The same draft by the team's own model, where it has one: beside the coach's words, and named. @param {PanelState} state @param {PanelActions} act */
function secondAuthorPart({ model, text, canApply }, act) {
  if (!model || edited(text, model.edits) !== model.text) return null;
  const traits = { type: "button", class: "plain", "aria-label": WORDS.applyHelp(model.slots.length), "data-key": "apply model" };
  return section(
    WORDS.secondAuthor,
    "second-author",
    el("p", { class: "model-words" }, ...withSlots(model.text, model.slots.map(({ quote }) => quote))),
    el("p", { class: "hint" }, WORDS.byModel),
    el("div", { class: "actions" }, canApply ? el("button", { ...traits, onclick: () => act.apply(model.edits, null) }, WORDS.apply) : copyButton(model.text, act, "plain")),
  );
}

/** @param {string} text @param {PanelActions} act @param {"main" | "plain"} weight */
function copyButton(text, act, weight) {
  const traits = { type: "button", class: weight, "aria-label": WORDS.copyHelp, "data-key": "copy" };
  return el("button", { ...traits, onclick: () => act.copy(text) }, WORDS.copy);
}

/** What is always in sight: the one main click. @param {PanelState} state @param {PanelActions} act @returns {Node[]} */
function mainClicks({ report, text, canUndo, canApply }, act) {
  /** @type {Node[]} */
  const clicks = [];
  const rewording = report?.rewording;
  const gaps = rewording?.slots.length ?? 0;
  if (rewording && gaps > 0) clicks.push(el("p", { class: "hint" }, WORDS.gaps(gaps)));
  if (rewording && canApply) {
    const edits = edited(text, rewording.edits) === rewording.text ? rewording.edits : [singleEdit(text, rewording.text)];
    const traits = { type: "button", class: "main", "aria-label": WORDS.applyHelp(gaps), "data-key": "apply" };
    clicks.push(el("button", { ...traits, onclick: () => act.apply(edits, null) }, WORDS.apply));
  } else if (rewording) clicks.push(copyButton(rewording.text, act, "main"));
  if (canUndo) {
    clicks.push(el("button", { type: "button", "aria-label": WORDS.undoHelp, "data-key": "undo", onclick: () => act.undo() }, WORDS.undo));
  }
  if (rewording) {
    clicks.push(el("button", { type: "button", class: "plain", "aria-label": WORDS.lookHelp, "data-key": "look", onclick: () => act.look() }, WORDS.look));
  }
  return clicks;
}

/** @param {PanelState} state @param {PanelActions} actions */
function smallPrint({ report }, actions) {
  if (!report) return null;
  const shapes = { given: () => icon(SHAPES.dot, { fill: true }), missing: () => icon(SHAPES.ring), not_needed: () => icon(SHAPES.dash) };
  const rows = report.elements.flatMap(({ element, state, why }) => [
    shapes[state](),
    el("span", {}, WORDS.elements[element]),
    el("span", {}, WORDS.states[state]),
    why !== "" && el("span", { class: "why" }, why),
  ]);
  return el(
    "footer",
    {},
    el(
      "details",
      { "data-key": "small" },
      el("summary", { "data-key": "small summary" }, icon(SHAPES.chevron), WORDS.small),
      el("div", { class: "rubric" }, ...rows.filter((row) => row !== false)),
      el("p", { class: "total" }, WORDS.score(report.score)),
      el("button", { type: "button", class: "plain", "data-key": "practise", onclick: () => actions.practise() }, WORDS.practise),
    ),
  );
}
