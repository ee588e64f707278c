"use strict";

/**
 * Makes an element. Text is only ever set as a text node: nothing that comes from a page or from the backend is
 * read as markup.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string | boolean | ((event: Event) => void)>} [traits]  attributes, and listeners as onclick
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
function el(tag, traits = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(traits)) {
    if (typeof value === "function") {
      // A page cannot make the coach act: what it dispatches is not trusted.
      element.addEventListener(name.slice(2), (event) => event.isTrusted && value(event));
    } else if (value === true) element.setAttribute(name, "");
    else if (value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/**
 * A small drawing of 16 by 16, in the colour of the text around it.
 * @param {string} path  SVG path data @param {{fill?: boolean}} [how]
 */
function icon(path, { fill = false } = {}) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", fill ? "icon filled" : "icon");
  const line = document.createElementNS(space, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

/** Shapes that go with the words. */
const SHAPES = {
  tick: "M3.2 8.6 6.6 12 12.8 4.6",
  dot: "M8 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8Z",
  ring: "M8 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8Z",
  dash: "M4 8h8",
  away: "M4.2 4.2l7.6 7.6M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11Z",
  turn: "M12.6 6.2A5 5 0 1 0 13 9M13 2.8v3.6H9.4",
  bulb: "M6 13.4h4M6.2 11.2h3.6c0-1.6 2.2-2.4 2.2-5a4 4 0 0 0-8 0c0 2.6 2.2 3.4 2.2 5Z",
  cross: "M4.5 4.5l7 7M11.5 4.5l-7 7",
  side: "M2.5 3.5h11v9h-11zM9.5 3.5v9",
  chevron: "M6 4l4 4-4 4",
};

/** The element that has the focus, looked for through open shadow roots. @param {Document} doc */
function deepFocus(doc) {
  let focused = doc.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused;
}

/** @param {Element} element */
function isShown(element) {
  if (!element.ownerDocument.defaultView) return !element.closest("[hidden]"); // a page that was only fetched
  return element.isConnected && element.checkVisibility({ visibilityProperty: true }) && element.getBoundingClientRect().height > 0;
}

/** Whether an element is, or holds, something that a selector describes. @param {Element} el @param {string} selector */
function holds(el, selector) {
  return el.matches(selector) || el.querySelector(selector) !== null;
}

/** The parent across shadow roots, as the page is drawn. @param {Node} node @returns {Element | null} */
function parentOf(node) {
  if ("assignedSlot" in node && node.assignedSlot) return /** @type {Element} */ (node.assignedSlot);
  if (node.parentElement) return node.parentElement;
  const root = node.getRootNode();
  return "host" in root ? /** @type {ShadowRoot} */ (root).host : null;
}

/** Where a page's policy forbids the clipboard. @param {string} text */
function copyByHand(text) {
  const area = el("textarea", { style: "position: fixed; opacity: 0" });
  area.value = text;
  document.documentElement.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}
