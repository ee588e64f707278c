"use strict";

/** Where the badge goes: beside the field, never over its text, a button or a link. */

/** @typedef {{left: number, top: number, width: number, height: number}} Box */

/** The document in which a field's badge is drawn: the outermost one that its frame may reach. @param {HTMLElement} field */
function stageOf(field) {
  return documentsAround(field).at(-1) ?? document;
}

/** A field's box in the window of the stage. @param {HTMLElement} field @returns {Box} */
function boxOnStage(field) {
  const own = field.getBoundingClientRect();
  let view = field.ownerDocument.defaultView;
  const isBody = field === field.ownerDocument.body;
  const box = isBody
    ? { left: 0, top: 0, width: view?.innerWidth ?? own.width, height: view?.innerHeight ?? own.height }
    : { left: own.left, top: own.top, width: own.width, height: own.height };
  while (view?.frameElement) {
    const frame = view.frameElement;
    const around = frame.getBoundingClientRect();
    box.left += around.left + frame.clientLeft;
    box.top += around.top + frame.clientTop;
    view = /** @type {Window & typeof globalThis} */ (view.parent);
  }
  return box;
}

const BUSY_PLACE =
  "a, button, input, select, textarea, label, summary, [role=button], [role=link], [role=tab], [role=menuitem], [contenteditable=true]";

/** How much would be covered by a box here: 0 is nothing. @param {Document} doc @param {Box} box */
function covered(doc, box) {
  let cost = 0;
  for (const fx of [0.05, 0.35, 0.65, 0.95]) {
    for (const fy of [0.1, 0.5, 0.9]) {
      const hit = doc.elementsFromPoint(box.left + box.width * fx, box.top + box.height * fy);
      const top = hit.find((element) => element.localName !== "empathy-coach");
      if (!top) continue;
      if (top.closest(BUSY_PLACE) || top.localName === "iframe") cost += 10;
      else if ([...top.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && touches(doc, n, box))) cost += 4;
      else if (/^(img|video|canvas|svg)$/.test(top.localName)) cost += 2;
    }
  }
  return cost;
}

/** Whether words of a text node stand in a box. @param {Document} doc @param {Node} node @param {Box} box */
function touches(doc, node, box) {
  const range = doc.createRange();
  range.selectNodeContents(node);
  return [...range.getClientRects()].some(
    (r) => r.left < box.left + box.width && r.right > box.left && r.top < box.top + box.height && r.bottom > box.top,
  );
}

const INSIDE = 6; // what covering a corner of the field costs

/** @param {Box} a @param {Box} b */
function meet(a, b) {
  return a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;
}

/**
 * The best place for the badge.
 * @param {Document} doc @param {Box} field @param {{width: number, height: number}} size
 * @param {Box | null} panel  the open panel, where that would cover the badge's usual place
 */
function badgePlace(doc, field, size, panel) {
  const view = doc.defaultView ?? window;
  const right = field.left + field.width;
  const bottom = field.top + field.height;
  const gap = 6;
  const places = [
    [right + gap, bottom - size.height],
    [right + gap, field.top],
    [right - size.width, field.top - size.height - gap],
    [right - size.width, bottom + gap],
    [field.left, bottom + gap],
    [field.left, field.top - size.height - gap],
    [field.left - size.width - gap, bottom - size.height],
    [right - size.width - gap, bottom + gap + 34],
    [view.innerWidth - size.width - gap, bottom - size.height],
  ];
  if (panel) {
    const [far, low] = [panel.left + panel.width, panel.top + panel.height];
    for (const down of [low - size.height, panel.top]) places.push([far + gap, down], [panel.left - size.width - gap, down]);
    places.push([far - size.width, panel.top - size.height - gap], [far - size.width, low + gap]);
  }
  places.push([Math.min(right, view.innerWidth) - size.width - 20, Math.min(bottom, view.innerHeight) - size.height - gap]); // inside the field
  let best = { left: 0, top: 0, cost: Infinity };
  for (const [index, [left = 0, top = 0]] of places.entries()) {
    const box = { left, top, ...size };
    const out = left < 0 || top < 0 || left + size.width > view.innerWidth || top + size.height > view.innerHeight;
    const inside = index === places.length - 1; // better a corner of the draft than other words, a button or a link
    const cost = out || (panel && meet(panel, box)) ? 1000 + index : inside ? INSIDE : covered(doc, box) + index * 0.05;
    if (cost < best.cost) best = { left, top, cost };
    if (cost < 1) break;
  }
  return {
    left: Math.max(0, Math.min(best.left, view.innerWidth - size.width)),
    top: Math.max(0, Math.min(best.top, view.innerHeight - size.height)),
  };
}

/** Whether a field stands on a dark page. @param {HTMLElement} field */
function isDark(field) {
  /** @type {Element | null} */
  let around = field;
  while (around) {
    const colour = around.ownerDocument.defaultView?.getComputedStyle(around).backgroundColor ?? "";
    const [r = 255, g = 255, b = 255, a = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number);
    if (colour && a > 0.5 && !colour.startsWith("color")) return 0.2126 * r + 0.7152 * g + 0.0722 * b < 110;
    around = parentOf(around) ?? frameOf(/** @type {HTMLElement} */ (around));
  }
  return matchMedia("(prefers-color-scheme: dark)").matches && /dark/.test(getComputedStyle(document.documentElement).colorScheme);
}
