"use strict";

/** In which order a page shows its messages. */

/** Seconds. @type {Record<string, number>} */
const SPANS = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, M: 2_592_000, y: 31_536_000 };
const AGO = /\b(\d+|an?)\s*(s|m|h|d|w|y|sec|min|hr|second|minute|hour|day|week|month|year)s? ago\b/i;
const DAY_FIRST = /\b(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?:\D{1,4}(\d{1,2}):(\d{2}))?/;
const MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?";
const WRITTEN = new RegExp(`\\b(?:\\d{4}-\\d{2}-\\d{2}|\\d{1,2} ${MONTH},? \\d{4}|${MONTH} \\d{1,2},? \\d{4})(?:,?\\s*(?:at |T)?\\d{1,2}:\\d{2}(?:\\s?[ap]m)?)?`, "i");

/** The time in a line in milliseconds, as far as times of one page can be compared by it; NaN where it says none. @param {string} line */
function timeIn(line) {
  const [, many = "", unit = ""] = AGO.exec(line) ?? [];
  if (unit) return -1000 * (SPANS[/^month/i.test(unit) ? "M" : unit.charAt(0).toLowerCase()] ?? NaN) * (Number(many) || 1);
  const [, day, month, year, hour, minute] = (DAY_FIRST.exec(line) ?? []).map(Number);
  if (day && month && year) return Date.UTC(year, month - 1, day, hour || 0, minute || 0);
  return Date.parse((WRITTEN.exec(line)?.[0] ?? "").replace(" at ", " "));
}

/** When a message was written, by its head. @param {Block} block */
function shownTime({ element }) {
  const units = unitsOf(element);
  const head = units.length > 0 ? units.filter(({ words }) => !words).map(({ text }) => text) : shownText(element).split("\n").slice(0, 2);
  return [...head, lineAbove(element)].map(timeIn).find((time) => !Number.isNaN(time)) ?? NaN;
}

/** The elements around a node, and itself, from the outermost inwards. @param {Element} node */
function wayTo(node) {
  const way = [];
  for (let at = /** @type {Element | null} */ (node); at; at = parentOf(at)) way.unshift(at);
  return way;
}

/** A field, or the frame in which it lives, as a page around it sees it. @param {HTMLElement} field @param {Document} doc */
function seenFrom(field, doc) {
  let inside = /** @type {HTMLElement | null} */ (field);
  while (inside && inside.ownerDocument !== doc) inside = frameOf(inside);
  return inside;
}

/** Whether blocks go from new to old. @param {Element[]} elements @param {Block[]} blocks @param {HTMLElement} field */
function newestFirst(elements, blocks, field) {
  for (const when of [(/** @type {Block} */ { at }) => (at ? Date.parse(at) : NaN), shownTime]) {
    const times = blocks.map(when).filter((time) => !Number.isNaN(time));
    const sign = Math.sign((times.at(-1) ?? 0) - (times[0] ?? 0));
    if (sign !== 0 && times.every((time, index) => index === 0 || (time - (times[index - 1] ?? 0)) * sign >= 0)) return sign < 0;
  }
  const block = elements[elements.length >> 1]; // the first may be a headline
  const inside = block ? seenFrom(field, block.ownerDocument) : null;
  if (!block || !inside) return false;
  const [one, other] = [inside, block].map(wayTo);
  const at = one?.findIndex((element, index) => element !== other?.[index]) ?? -1; // where they part, across shadow roots
  const [ours, theirs] = [one?.[at], other?.[at]];
  return ours !== undefined && theirs !== undefined && Boolean(ours.compareDocumentPosition(theirs) & Node.DOCUMENT_POSITION_FOLLOWING);
}
