"use strict";

/**
 * Finding the conversation on a page nobody described: the nearest blocks that repeat and read like messages.
 *
 * @typedef {object} Found  blocks that look like one conversation, in document order
 * @property {Element[]} blocks
 * @property {number} score
 */

const MESSAGE_NAME =
  /(message|comment|post|repl(y|ies)|article|entry|follow-?up|update|activity|bubble|communication|conversation|thread|event|mail|response|note|msg)/i;
const NOT_A_MESSAGE = "nav, header, footer, aside, menu, form, [role=navigation], [role=menu], [role=toolbar], [role=tablist]";
const AUTHOR_PLACE =
  "[class*=author], [class*=sender], [class*=user-name], [class*=username], [class*=from], [class*=person], [rel=author], [itemprop=author], [class*=name], cite, address, h3, h4, h5, h6, strong, b";
const BODY_PLACE =
  "[class*=body], [class*=content], [class*=text], [itemprop=text], [class*=markdown], blockquote, pre, .prose";
const LONGEST_MESSAGE = 20_000;
const BUBBLE_SHIFT = 50; // pixels
const ENOUGH = 4; // what a group must score to be taken for a conversation

/** What an element is called in the markup. @param {Element} element */
function markupName(element) {
  const data = [...element.attributes].filter((a) => /^(data-|id$|class$|aria-label$|role$|itemtype$)/.test(a.name));
  return data.map((a) => (a.name.startsWith("data-") ? `${a.name.slice(5)}-${a.value}` : a.value)).join(" ").slice(0, 400);
}

/** The text of an element as it is rendered. @param {Element} element */
function shownText(element) {
  // "in", since an element of a page around this frame is no instance of this frame's classes
  const text = "innerText" in element ? /** @type {HTMLElement} */ (element).innerText : (element.textContent ?? "");
  return text.replace(/\u00A0/g, " ").replace(/[ \t]+\n/g, "\n").replace(/\n{3,}/g, "\n\n").trim();
}

/** Elements that follow the same pattern: same tag, and a class in common where there are classes. @param {Element} e */
function patternOfElement(e) {
  const classes = [...e.classList].filter((name) => MESSAGE_NAME.test(name));
  const common = classes[0] ?? (e.classList.length > 0 ? "*" : "");
  return `${e.localName}.${common}`;
}

/** @param {Element} element @param {HTMLElement} field */
function couldBeMessage(element, field) {
  if (element.contains(field) || field.contains(element) || element.localName === "empathy-coach") return false;
  if (element.closest(NOT_A_MESSAGE) && !element.closest("article")) return false;
  if (element.querySelector("textarea, [contenteditable=true]")) return false;
  const text = element.textContent ?? "";
  if (text.trim().length < 12 || text.length > LONGEST_MESSAGE) return false;
  return isShown(element);
}

/** How much of a text stands in links, 0 to 1: lists of links are menus. @param {Element} element */
function linkShare(element) {
  const all = (element.textContent ?? "").trim().length || 1;
  let linked = 0;
  for (const link of element.querySelectorAll("a")) linked += (link.textContent ?? "").trim().length;
  return linked / all;
}

/** Where the words of a block begin. @param {Element} block */
function leftOf(block) {
  const range = block.ownerDocument.createRange();
  range.selectNodeContents(block);
  return range.getBoundingClientRect().left;
}

/** @param {Element[]} blocks @param {number} distance  levels between them and the field */
function scoreOf(blocks, distance) {
  const sample = [...blocks.slice(0, 4), ...blocks.slice(-4)];
  /** @param {(block: Element) => boolean} has */
  const share = (has) => sample.filter(has).length / sample.length;
  const words = sample.map((block) => (block.textContent ?? "").trim().split(/\s+/).length);
  const length = Math.min(words.reduce((a, b) => a + b, 0) / words.length, 60);
  const named = share((block) => MESSAGE_NAME.test(markupName(block)) || /article|comment/.test(block.localName));
  const within = share((block) => block.querySelector("[class*=message],[class*=comment],[class*=body],[class*=content]") !== null);
  const timed = share((block) => block.querySelector("time, [datetime], [class*=date], [class*=time]") !== null);
  const signed = share((block) => block.querySelector(AUTHOR_PLACE) !== null);
  const sentences = share((block) => /[.!?…](\s|$)/.test(block.textContent ?? ""));
  const links = share((block) => linkShare(block) > 0.6);
  const lefts = sample.map(leftOf);
  const shifted = Math.max(...lefts) - Math.min(...lefts) > BUBBLE_SHIFT ? 2 : 0; // bubbles left and right
  return shifted + named * 4 + within + timed * 2 + signed + sentences * 2 + length / 20 - links * 6 - distance * 0.35;
}

/**
 * The best group of message-like blocks around a field: before it, or after it where replies are written on top.
 * @param {Document | ShadowRoot} root @param {HTMLElement} field
 * @returns {Element[]} in document order; empty when nothing looks like a conversation
 */
function guessMessages(root, field) {
  /** @type {Found | null} */
  let best = null;
  let distance = 0;
  /** @type {Element | null} */
  let inner = field;
  for (let around = parentOf(field); around && distance < 14; inner = around, around = parentOf(around), distance += 1) {
    for (const blocks of groupsIn(around, inner, field)) {
      const score = scoreOf(blocks, distance) + (blocks.length > 1 ? 1 : 0);
      if (score >= ENOUGH && (!best || score > best.score + 0.01)) best = { blocks, score };
    }
    if (around.parentNode === root) break;
  }
  return best?.blocks ?? [];
}

/**
 * Groups of like blocks inside one ancestor of the field, apart from the branch that was looked at before.
 * @param {Element} around @param {Element | null} inner @param {HTMLElement} field
 * @returns {Element[][]}
 */
function groupsIn(around, inner, field) {
  /** @type {Map<Element, Map<string, Element[]>>} */
  const byParent = new Map();
  const candidates = "article, [role=article], [role=listitem], li, div, section, tr, blockquote, dd, p, details";
  let looked = 0;
  for (const element of around.querySelectorAll(candidates)) {
    if (inner?.contains(element) || !element.parentElement) continue;
    if ((looked += 1) > 4000) break; // a page of this size has its messages named; do not search it all
    const groups = byParent.get(element.parentElement) ?? new Map();
    byParent.set(element.parentElement, groups);
    const pattern = patternOfElement(element);
    groups.set(pattern, [...(groups.get(pattern) ?? []), element]);
  }
  return [...byParent.values()]
    .flatMap((groups) => [...groups.values()])
    .map((blocks) => blocks.filter((block) => couldBeMessage(block, field)))
    .filter((blocks) => blocks.length > 0);
}

/** The part of a message that holds its words, without heading and buttons. @param {Element} block */
function bodyOf(block) {
  const cells = block.localName === "tr" ? [...block.children] : []; // old forums: who in one cell, what in the next
  const places = [...block.querySelectorAll(BODY_PLACE)].filter((place) => (place.textContent ?? "").trim().length > 0);
  const outer = places.filter((place) => !places.some((other) => other !== place && other.contains(place)));
  const size = (/** @type {Element} */ place) => (place.textContent ?? "").trim().length;
  const largest = (cells.length > 1 ? cells : outer).sort((a, b) => size(b) - size(a))[0];
  return largest && size(largest) >= size(block) * 0.4 ? largest : block;
}

/** The words of a message. @param {Element} block @param {Element} body */
function wordsOf(block, body) {
  if (body !== block) return shownText(body);
  const apart = "time, button, [class*=author], [class*=date], [class*=time], [class*=avatar], header, h3, h4, h5, h6, cite";
  const left = [...block.querySelectorAll(apart)].map((part) => shownText(/** @type {Element} */ (part))).filter(Boolean);
  const lines = shownText(block).split("\n").filter((line) => !left.includes(line.trim()));
  while (lines.length > 1 && isHeading(lines[0] ?? "", authorIn(block, body))) lines.shift();
  return lines.join("\n").trim();
}

/** A line above a message that says who or when. @param {string} line @param {string} author */
function isHeading(line, author) {
  const words = line.trim();
  if (words === "" || words === author) return true;
  const when = /\d{1,2}[:.]\d{2}|\b(19|20)\d\d\b|\b(ago|yesterday|today|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b/i;
  return words.length < 48 && !/[.!?,;]$/.test(words) && (when.test(words) || (author !== "" && words.startsWith(author)));
}

/** Who wrote a message, where the page says so. @param {Element} block @param {Element} body */
function authorIn(block, body) {
  for (const place of block.querySelectorAll(AUTHOR_PLACE)) {
    if (body !== block && body.contains(place)) continue;
    const name = shownText(place).split("\n")[0]?.replace(/\s+(wrote|said|replied|commented).*$/i, "").trim() ?? "";
    if (name.length > 1 && name.length < 60 && /\p{L}/u.test(name) && !/[.!?]$/.test(name)) return name;
  }
  return "";
}
