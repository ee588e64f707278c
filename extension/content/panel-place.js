"use strict";

/**
 * Where the panel goes: beside the draft, else above or below it; where a window is low, lower and wider. Over the
 * draft's words or the send button only where there is no other place at all.
 *
 * @typedef {object} Around  what stands around the panel, in the window of the stage
 * @property {Box} field
 * @property {() => Box} words  the part of the field with the draft's words in it, and a line to write on
 * @property {Box | null} send  the button that sends
 * @property {Box} badge
 *
 * @typedef {object} Place  room for the panel
 * @property {number} left
 * @property {number} width
 * @property {number} from
 * @property {number} to
 */

const PANEL_GAP = 10;
const PANEL_WIDE = 380;
const PANEL_SHEET = 640; // where it is low
const PANEL_NARROW = 264; // rather this beside the draft than the full width over the conversation
const PANEL_LOW = 320; // below this it is all scrolling
const PANEL_LEAST = 84; // a few lines, and the one click

/** What is left of a column of the window when some boxes are taken out. @param {number} high  of the window @param {{left: number, width: number}} column @param {(Box | null)[]} boxes @returns {Place[]} from the top down */
function roomIn(high, { left, width }, boxes) {
  const there = boxes.filter((box) => box !== null).filter((box) => box.left < left + width && left < box.left + box.width);
  /** @type {Place[]} */
  const room = [];
  let from = PANEL_GAP;
  for (const { top, height } of there.sort((a, b) => a.top - b.top)) {
    room.push({ left, width, from, to: Math.min(top, high) - PANEL_GAP });
    from = Math.max(from, top + height + PANEL_GAP);
  }
  return [...room, { left, width, from, to: high - PANEL_GAP }].filter((place) => place.to > place.from);
}

/** The columns on the right and on the left of the draft, where there is room. @param {number} view  the window's width @param {Around} around */
function columnsBeside(view, { field, badge }) {
  const end = field.left + field.width;
  const past = badge.left >= end ? badge.left + badge.width : end; // on the far side of the badge, where there is room
  const start = view - past - PANEL_GAP * 2 >= PANEL_NARROW ? past : end;
  const right = Math.floor(Math.min(PANEL_WIDE, view - start - PANEL_GAP * 2));
  const left = Math.floor(Math.min(PANEL_WIDE, field.left - PANEL_GAP * 2));
  return [
    { left: Math.round(start + PANEL_GAP), width: right },
    { left: Math.round(field.left - PANEL_GAP - left), width: left },
  ].filter(({ width }) => width >= PANEL_NARROW);
}

/** The column along the draft's right edge. @param {number} view @param {Box} field @param {number} wide */
function columnOver(view, field, wide) {
  const width = Math.min(wide, view - PANEL_GAP * 2);
  const edge = Math.min(field.left + field.width, view - PANEL_GAP);
  return { left: Math.round(Math.max(PANEL_GAP, edge - width)), width };
}

/** @param {Place[]} places @param {(place: Place) => number} size @returns {Place | undefined} the largest; the first of equals */
function largest(places, size) {
  return places.reduce((best, one) => (best && size(best) >= size(one) ? best : one), /** @type {Place | undefined} */ (undefined));
}

/** @param {Place} place */
const heightOf = ({ from, to }) => to - from;

/**
 * Room for the panel, the best there is.
 * @param {Document} doc @param {Around} around @returns {Place}
 */
function panelRoom(doc, around) {
  const high = doc.defaultView?.innerHeight ?? 600;
  const view = doc.documentElement.clientWidth;
  const { field, send } = around;
  const enough = Math.min(PANEL_LOW, high - PANEL_GAP * 2);
  const narrow = columnOver(view, field, PANEL_WIDE);
  const wide = columnOver(view, field, PANEL_SHEET);
  const beside = columnsBeside(view, around).flatMap((column) => largest(roomIn(high, column, [send]), heightOf) ?? []);
  const clear = [...beside, ...roomIn(high, narrow, [field, send])];
  const roomy = clear.find((place) => heightOf(place) >= enough);
  if (roomy) return roomy;
  // Low then, and wide: beside the field, or over the part of it that is still blank where that is much more.
  /** @param {Place} place */
  const area = (place) => (heightOf(place) < PANEL_LEAST ? 0 : heightOf(place) * place.width);
  const free = largest([...beside, ...roomIn(high, wide, [field, send])], area);
  const words = around.words();
  const blank = largest([...roomIn(high, narrow, [words, send]), ...roomIn(high, wide, [words, send])], area);
  const best = free && blank && area(blank) > area(free) * 1.6 ? blank : (free ?? blank);
  if (best && area(best) > 0) return best;
  const anywhere = largest(roomIn(high, wide, [send]), heightOf) ?? { ...wide, from: PANEL_GAP, to: high - PANEL_GAP };
  return { ...anywhere, from: Math.max(anywhere.from, anywhere.to - PANEL_LOW) };
}

/** Without the badge, unless too little would be left: then the badge makes way. @param {number} high @param {Place} place @param {Box} badge @returns {Place} */
function withoutBadge(high, place, badge) {
  const parts = roomIn(high, place, [badge]).map((part) => ({ ...part, from: Math.max(part.from, place.from), to: Math.min(part.to, place.to) }));
  const best = largest(parts, heightOf);
  return best && heightOf(best) >= Math.min(PANEL_LOW, heightOf(place)) ? best : place;
}

/**
 * Where the panel goes in its room, as near to the draft as can be.
 * @param {Document} doc @param {Box} field @param {Place} room @param {number} natural  the height it would like
 * @returns {{left: number, top: number, width: number, height: number}}
 */
function panelPlace(doc, field, { left, width, from, to }, natural) {
  const high = doc.defaultView?.innerHeight ?? 600;
  const height = Math.floor(Math.min(natural, Math.max(high * 0.8, 560), to - from));
  const under = from >= field.top + field.height;
  const wish = under ? from : Math.max(field.top + field.height, 0) - height;
  return { left, width, top: Math.round(Math.max(from, Math.min(wish, to - height))), height };
}
