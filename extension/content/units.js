"use strict";

/**
 * What a message is made of, told by what stands there and not by what the page calls it: the smallest elements with
 * words of their own, some of which are head (who, when, to whom) and some the message itself.
 *
 * @typedef {object} Unit
 * @property {Element} element  the outermost one with words of its own
 * @property {string} text  in one line
 * @property {string} opening  its first line
 * @property {boolean} control  a button, a menu, a picture's initials
 * @property {boolean} words  reads like a part of a message
 */

const GREETING = /^(hi|hello|dear|hey|good (morning|day|afternoon|evening)|thanks|thank you|hallo|liebe[rs]?|sehr geehrte|guten|bonjour|hola|ciao)\b/i;
/** Lines of a mail's head. */
const HEAD_LINE = /^((宛先|差出人|件名|日時|收件人|发件人|主题)\s*[:：]|(to|cc|bcc|an|from|von|via|subject|betreff|re|fwd?|aw|sent|date|reply-to|contact|by|source|channel|sender|recipient|receiver|absender|empfänger)\s*:|(to|via) \S+(\s\S+)?$)/i;
/** The head of a mail that is quoted whole below another. */
const QUOTED_HEAD = /^-{2,} ?(original|forwarded|ursprüngliche|weitergeleitete|mensaje|message)|^(from|von|de|da)\s*:.{1,160}?\s(sent|date|gesendet|datum|envoyé|enviado|fecha|data)\s*:/i;
const ADDRESS = /^[<(]?\S+@\S+\.\S+[>)]?$/;
const INITIALS = /^\p{Lu}{1,3}$/u;
const CONTROL = "button, [role=button], [role=toolbar], [role=menu], [role=menuitem], [role=tab], nav";
/** On some old desks what was said stands in a field that cannot be written in. */
const READ_ONLY = "textarea[readonly], textarea[disabled]";
const FIELD = "textarea:not([readonly], [disabled]), [contenteditable=true], [contenteditable='']";
const NO_UNIT = `style, script, template, noscript, svg, select, option, input, empathy-coach, ${FIELD}`;
const SAMPLE = 3; // from each end

/** @param {Element | ShadowRoot} from @param {(unit: Element) => void} found */
function eachUnit(from, found) {
  for (const child of from.children) {
    if (child.matches(NO_UNIT)) continue;
    if (child.matches(`iframe, ${READ_ONLY}`) || hasOwnWords(child)) found(child);
    else if (child.localName === "slot") /** @type {HTMLSlotElement} */ (child).assignedElements().forEach((part) => (hasOwnWords(part) ? found(part) : eachUnit(part.shadowRoot ?? part, found)));
    else eachUnit(child.shadowRoot ?? child, found);
  }
}

/** Whether an element has words that stand in none of its parts. @param {Element} element */
function hasOwnWords(element) {
  return [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? "").trim() !== "");
}

/** The units of one message, in order; none for one that is a text without parts. @param {Element} block */
function unitsOf(block) {
  const look = () => onceAFace("units", block, readUnits, (units) => units.every(({ element }) => element.isConnected && element.localName !== "iframe"));
  return onceARead("units", block, look);
}

/** @param {Element} block @returns {Unit[]} */
function readUnits(block) {
  /** @type {Unit[]} */
  const units = [];
  if (hasOwnWords(block)) return units;
  eachUnit(block.shadowRoot ?? block, (element) => {
    const frame = element.localName === "iframe";
    const shown = frame ? "" : shownText(element);
    const text = shown.replace(/\s+/g, " ");
    if (!frame && (text === "" || (element.ownerDocument.defaultView && !isFolded(element) && !element.checkVisibility({ visibilityProperty: true })))) return;
    const control = !frame && (element.closest(CONTROL) !== null || INITIALS.test(text) || (text.length < 4 && element.closest("[class*=avatar i]") !== null));
    units.push({ element, text, opening: unlabelled(element, shown.split("\n")[0] ?? ""), control, words: frame || (!control && isWords(text)) });
  });
  for (const unit of units) if (units.some((other) => other !== unit && isOpeningOf(unit.text, other.text))) Object.assign(unit, { control: true, words: false });
  const quoted = units.findIndex((_, index) => QUOTED_HEAD.test(units.slice(index, index + 3).map(({ text }) => text).join(" ")) && units.slice(0, index).some(({ words }) => words));
  return quoted < 0 ? units : units.filter(({ control }, index) => index < quoted || control);
}

/** A line without what a part at its end says of the writer's role. @param {Element} element @param {string} line */
function unlabelled(element, line) {
  const label = element.lastElementChild ? shownText(element.lastElementChild) : "";
  const role = label !== "" && label.length < 24 && (AGENT_WORD.test(` ${label} `) || CUSTOMER_WORD.test(` ${label} `));
  return role && line.endsWith(label) && line.length > label.length ? line.slice(0, -label.length).trim() : line;
}

/** Whether a text is the first words of another: what a folded message shows of itself. @param {string} text @param {string} whole */
function isOpeningOf(text, whole) {
  const stem = text.replace(/\s*(…|\.\.\.)$/, "");
  return stem !== text && stem.length > 8 && whole.length > text.length && whole.startsWith(stem);
}

/** Whether a line reads like a part of a message, and not like one of its head. @param {string} text */
function isWords(text) {
  if (HEAD_LINE.test(text) || ADDRESS.test(text) || isTimeAlone(text) || !/\p{L}/u.test(text)) return false;
  if (GREETING.test(text) || /[。！？]/.test(text)) return true;
  if (isHeading(text, "") || (nameIn(text) !== "" && text.split(" ").length < 5)) return false;
  return /[.!?…。؟？！]["')\]]*(\s|$)/.test(text) || text.split(" ").length > 5;
}

/** What stands in most of some messages alike: labels, buttons, the subject. @param {Element[]} blocks @returns {Set<string>} */
function sharedTexts(blocks) {
  const sample = [...new Set([...blocks.slice(0, SAMPLE), ...blocks.slice(-SAMPLE)])];
  /** @type {Map<string, number>} */
  const seen = new Map();
  for (const block of sample) for (const text of new Set(unitsOf(block).map((unit) => unit.text))) seen.set(text, (seen.get(text) ?? 0) + 1);
  return new Set([...seen].filter(([text, times]) => text !== "" && times > 1 && times >= sample.length * 0.7 && text.length < 120).map(([text]) => text));
}

/** @param {Element[]} elements @returns {Element | null} the innermost element around them all */
function around(elements) {
  let one = /** @type {Element | null} */ (elements[0] ?? null);
  while (one && !elements.every((element) => holdsDeep(one, element))) one = parentOf(one);
  return one;
}

/** Whether an element is in another, across shadow roots. @param {Element | null} outer @param {Element} inner */
function holdsDeep(outer, inner) {
  for (let at = /** @type {Element | null} */ (inner); at; at = parentOf(at)) if (at === outer) return true;
  return false;
}

/**
 * The part of a message that holds its words, with none of its head; null where they cannot be told apart.
 * @param {Element} block @param {Unit[]} units @param {Set<string>} shared
 */
function bodyByUnits(block, units, shared) {
  const boxed = units.some(({ text }) => QUOTED_BOX.test(text));
  /** @param {Unit} unit */
  const quoted = ({ element }) => {
    for (let at = /** @type {Element | null} */ (element); at && at !== block; at = parentOf(at)) if (at.matches(QUOTE) || (boxed && isQuotedBox(at))) return true;
    return false;
  };
  const told = units.filter((unit) => unit.words && !shared.has(unit.text));
  const own = told.filter((unit) => !quoted(unit));
  const words = own.length > 0 ? own : told.length > 0 ? told : wordless(units, shared);
  const first = units.findIndex((unit) => words.includes(unit));
  const last = units.findLastIndex((unit) => words.includes(unit));
  if (first < 0) return null;
  const named = units.slice(0, first).find(({ opening, control }) => !control && nameIn(opening) !== "");
  const apart = units.filter((unit, index) => unit === named || ((index < first || index > last) && (isApart(unit) || shared.has(unit.text))));
  let body = around(words.map(({ element }) => element));
  const inside = apart.filter((unit) => unit === named || !(unit.element.closest(CONTROL) || quoted(unit))); // those are taken out of the words
  if (!body || !holdsDeep(block, body) || inside.some(({ element }) => holdsDeep(body, element))) return null;
  for (let outer = /** @type {Element} */ (body); outer !== block; ) {
    const next = parentOf(outer);
    if (!next || next.querySelector(FIELD) || apart.some(({ element }) => holdsDeep(next, element))) break;
    body = outer = next;
  }
  return body;
}

/** Never a part of the words when it stands before or behind them. @param {Unit} unit */
function isApart({ control, text }) {
  return control || !/[\p{L}\p{N}]/u.test(text) || isTimeAlone(text) || ADDRESS.test(text) || HEAD_LINE.test(text) || isHeading(text, "");
}

/** A message of a word or two: what is left behind the name. @param {Unit[]} units @param {Set<string>} shared */
function wordless(units, shared) {
  const left = units.filter((unit) => !isApart(unit) && !shared.has(unit.text));
  return left.slice(-1);
}

/**
 * Who wrote a message, by its head: a part named as an author's, else the first that reads like a name. Some pages
 * tell it behind the words, with the hour.
 * @param {Element} body @param {Unit[]} units @param {Set<string>} shared
 */
function authorByUnits(body, units, shared) {
  const first = Math.max(0, units.findIndex(({ element }) => holdsDeep(body, element)));
  const head = units.slice(0, first).filter(({ element }) => element.closest(QUOTE)?.contains(body) ?? true); // not whom it quotes
  const tail = units.slice(units.findLastIndex(({ element }) => holdsDeep(body, element)) + 1);
  const dated = tail.length < 8 && tail.some(({ text }) => TIME.test(text) || isHeading(text, ""));
  return nameAmong(head, shared) || (dated ? nameAmong(tail, shared) : "");
}

/** @param {Unit[]} head @param {Set<string>} shared */
function nameAmong(head, shared) {
  /** @param {Unit} unit */
  const name = ({ element, opening, control }) => {
    const from = control ? /^from:?\s+(.*)/i.exec(element.getAttribute("aria-label") ?? "")?.[1] : undefined;
    const click = control && from === undefined && !element.closest(AUTHOR_PLACE);
    if (click && (shared.has(opening) || !/^\p{Lu}\p{Ll}\S* \p{Lu}\p{Ll}\S*$/u.test(opening))) return ""; // a full name may be a button
    return nameIn(from ?? opening);
  };
  const named = head.map((unit) => ({ unit, name: name(unit) })).filter((one) => one.name !== "");
  const own = named.filter(({ unit }) => !shared.has(unit.text));
  const some = own.length > 0 ? own : named;
  return (some.find(({ unit }) => unit.element.closest(AUTHOR_PLACE)) ?? some[0])?.name ?? "";
}

/** The name in a row that says who, and nothing else but when and what about. @param {Element} element @param {string} whole  its text */
function headName(element, whole) {
  if (whole.length >= 90 || isWords(whole)) return "";
  const units = unitsOf(element);
  if (units.some(({ words }) => words)) return "";
  return (units.length > 1 && TIME.test(whole) ? nameAmong(units, new Set()) : "") || nameIn(whole);
}

/**
 * Rows that may take turns: who, then what. A name alone may be an answer; names before every message are not.
 * @param {Element[]} elements
 */
function turnsOf(elements) {
  const rows = elements.map((element) => {
    const whole = shownText(element).replace(/\s+/g, " ");
    return { element, whole, name: headName(element, whole) };
  }).filter(({ whole }) => !isTimeAlone(whole)); // a line between two days, or an hour of its own
  const heads = rows.filter(({ name }) => name !== "").length;
  const turns = rows.filter(({ name }, index) => name !== "" && rows[index + 1]?.name === "").length;
  return { rows, turns, always: rows[0]?.name !== "" && turns > 1 && turns >= heads - 1 && turns * 3 >= rows.length };
}

/** The letters in a writer's round picture, before all words. @param {Unit[]} units */
function initialsOf(units) {
  const [first] = units;
  return units.length > 1 && first && INITIALS.test(first.text) ? first.text : "";
}

/** Whether a block says who wrote it, and then what. @param {Element} block */
function isSignedMessage(block) {
  const units = unitsOf(block);
  const body = bodyByUnits(block, units, new Set());
  return units.some(({ words }) => words) && body !== null && body !== block && authorByUnits(body, units, new Set()) !== "";
}
