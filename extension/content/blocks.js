"use strict";

/**
 * The words of one message: as they are shown, without heading, buttons and what it quotes of others.
 *
 * @typedef {object} Edges  where a message's words stand, in pixels
 * @property {number} start  on the side where lines begin: left, or right in a page written from right to left
 * @property {number} end
 */

const BODY_PLACE =
  "[class*=body], [class*=content], [class*=text], [itemprop=text], [class*=markdown], blockquote, pre, .prose, iframe";
const QUOTE = "blockquote, .gmail_quote, .moz-cite-prefix, .yahoo_quoted, #divRplyFwdMsg, [class*=quoted], [class*=reply-context], [class*=replied-to], [class*=quote-], [class$=quote], [class~=quote]";
/** What mail programs put under every mail. */
const SIGNATURE = "[class*=signature i], [class~=sig], [class$='-sig'], [class$='_sig'], [class$='-sign'], [class$='_sign']";
const SIGNATURE_BELOW = /\n\s*(?:--|_{5,})\s*\n[^\n]*(\n+[^\n]*){0,6}$/;
const NOT_WORDS = "button, [role=button], [role=toolbar], [role=menu], nav, [class*=controls], [class*=actions], select, time, [class*=avatar], [class*=timestamp], style, script, template";
const APART = `header, footer, cite, h2, h3, h4, h5, h6, [class*=author], [class*=sender], [class*=date], [class*=time], [class*=meta], ${NOT_WORDS}`;
/** What introduces a quotation at the end of a mail, with the quotation. */
const WROTE = /\n[^\n]{0,120}(wrote|schrieb([^\n]{0,80})?|a écrit|escribió)[^\n]{0,3}:\s*(\n\s*>.*)*\s*$/i;
/** A mail that is quoted whole, with its head: as offices do. */
const QUOTED_MAIL = /\n\s*(-{2,}[^\n]*\n\s*)?(From|Von|De|Da)\s*:[^\n]+\n+([^\n]+\n+){0,2}?(Sent|Date|Gesendet|Datum|Envoyé|Enviado|Fecha|Data)( el)?\s*:[\s\S]*$/i;
/** What a box begins with that quotes somebody, on boards that call it nothing. */
const QUOTED_BOX = /^\s*((quote|zitat|citation|cita)\s*:?\s*)?(originally posted by|zitat von|geschrieben von|envoyé par)\b/i;
const QUOTED_BOX_IN = new RegExp(QUOTED_BOX.source, "im");
const BUBBLE_SHIFT = 40; // pixels
const BLOCK_TAG = /^(address|article|blockquote|dd|div|dl|dt|figure|h[1-6]|header|footer|li|ol|p|pre|section|table|tr|ul|hr)$/;

/** @param {string} text */
const tidy = (text) => text.replace(/\u00A0/g, " ").replace(/[ \t]+\n/g, "\n").replace(/\n{3,}/g, "\n\n").trim();

/** The text of an element as it is rendered. @param {Element} element */
function shownText(element) {
  if (!element.ownerDocument.defaultView || element.shadowRoot || holds(element, READ_ONLY)) return tidy(markupText(element));
  // "in", since an element of a page around this frame is no instance of this frame's classes
  const text = "innerText" in element ? /** @type {HTMLElement} */ (element).innerText : (element.textContent ?? "");
  return tidy(text.trim() === "" && (element.querySelector("*") || isFolded(element)) ? markupText(element) : text);
}

/** Whether an element waits in a part of the page that is folded up. @param {Element} element */
function isFolded(element) {
  const folded = element.parentElement?.closest("details:not([open])");
  return folded != null && element.closest("summary") === null;
}

/** The text of what is not rendered, or stands in a shadow root: a line for each block. @param {Node} node @returns {string} */
function markupText(node) {
  if (node.nodeType === Node.TEXT_NODE) return (node.textContent ?? "").replace(/\s+/g, " ");
  if (node.nodeType !== Node.ELEMENT_NODE) return "";
  const element = /** @type {Element} */ (node);
  const tag = element.localName;
  if (/^(script|style|template|noscript)$/.test(tag)) return "";
  if (tag === "br") return "\n";
  if (tag === "textarea") return `\n${/** @type {HTMLTextAreaElement} */ (element).value}\n`;
  if (tag === "pre") return `\n${element.textContent ?? ""}\n`;
  const inside = tag === "slot" ? /** @type {HTMLSlotElement} */ (element).assignedNodes({ flatten: true }) : [...(element.shadowRoot ?? element).childNodes];
  const text = inside.map(markupText).join("");
  const own = BLOCK_TAG.test(tag) || element.shadowRoot ? `\n${text.trim()}\n` : text;
  return tag === "p" ? `\n${own}\n` : own;
}

/** The parts of an element that a selector describes, in its own shadow root where it is a component. @param {Element} element @param {string} selector */
function partsOf(element, selector) {
  return [...(element.shadowRoot ?? element).querySelectorAll(selector)];
}

/** The part of a message that holds its words, without heading and buttons. @param {Element} block */
function bodyOf(block) {
  const cells = block.localName === "tr" ? [...block.children] : []; // old forums: who in one cell, what in the next
  const size = (/** @type {Element} */ place) => (place.localName === "iframe" ? 400 : (place.textContent ?? "").trim().length);
  const some = partsOf(block, BODY_PLACE).filter((place) => size(place) > 0 && !place.matches("a *, button *"));
  const beyond = some.filter((place) => !place.matches("header, header *") && !isTimeAlone((place.textContent ?? "").trim()));
  const places = beyond.length > 0 ? beyond : some;
  const outer = places.filter((place) => !places.some((other) => other !== place && other.contains(place)));
  const largest = (cells.length > 1 ? cells : outer).sort((a, b) => size(b) - size(a))[0];
  if (!largest || size(largest) < (block.textContent ?? "").trim().length * 0.4) return block;
  if (largest.matches(QUOTE) && !largest.matches(":only-child") && shownText(block).length > shownText(largest).length + 60) return block;
  // A box around heading and words is called "content" as often as the words themselves.
  const inner = partsOf(largest, BODY_PLACE).filter((place) => !place.matches(QUOTE) && size(place) > 0).sort((a, b) => size(b) - size(a))[0];
  return inner && size(inner) >= size(largest) * 0.2 && largest.querySelector(AUTHOR_PLACE) && !inner.querySelector("h2, h3, h4, h5, h6, time") ? inner : largest;
}

/** The document in a frame, as far as it may be seen. @param {Element} frame @returns {HTMLElement | null} */
function frameBody(frame) {
  const { contentDocument, srcdoc } = /** @type {HTMLIFrameElement} */ (frame);
  if (contentDocument?.body?.hasChildNodes()) return contentDocument.body;
  return srcdoc ? new DOMParser().parseFromString(srcdoc, "text/html").body : null; // a sandbox does not hide what it was given
}

/** A body's words, also where they stand in a frame, without what is quoted of others. @param {Element} body */
function textIn(body) {
  const frame = body.matches("iframe") ? body : body.querySelector("iframe");
  const inside = frame ? frameBody(frame) : null;
  return ownWords(inside ?? body);
}

/** @param {Element} from */
function ownWords(from) {
  const all = shownText(from);
  let text = all;
  const boxes = QUOTED_BOX_IN.test(all) ? partsOf(from, "table, div, p").filter(isQuotedBox) : [];
  const clicks = partsOf(from, CLICKS).map((click) => click.parentElement ?? click).filter(isAllClicks);
  for (const part of new Set([...boxes, ...clicks, ...partsOf(from, `${QUOTE}, ${SIGNATURE}, ${NOT_WORDS}`)])) {
    const words = shownText(part);
    if (words === "" || !text.includes(words)) continue;
    const quoted = part.matches(`${QUOTE}, ${SIGNATURE}`) || boxes.includes(part);
    const at = quoted ? text.lastIndexOf(words) : text.indexOf(words);
    const whole = quoted || isLine(text, at, words.length);
    if (whole) text = text.slice(0, at) + text.slice(at + words.length);
  }
  return withoutTimes(tidy(withoutQuotedLines(text).replace(WROTE, "").replace(QUOTED_MAIL, "").replace(SIGNATURE_BELOW, "")), from) || all;
}

/** A text without the lines that a ">" marks as somebody else's. @param {string} text */
function withoutQuotedLines(text) {
  const own = text.replace(/^[^\n]{0,120}:\s*\n(?=\s*>)/gm, "").replace(/^[ \t]*>.*(\n|$)/gm, "");
  return own.trim() === "" ? text : own;
}

/** Whether a box quotes somebody, and more follows behind it. @param {Element} box */
function isQuotedBox(box) {
  if (!QUOTED_BOX.test((box.textContent ?? "").slice(0, 80))) return false;
  for (let next = box.nextSibling; next; next = next.nextSibling) if ((next.textContent ?? "").trim() !== "") return true;
  return false;
}

const CLICKS = "button, [role=button]";

/** Whether an element holds nothing but buttons, as those under a bot's question. @param {Element} element */
function isAllClicks(element) {
  const rest = [...element.childNodes].filter((node) => (node.textContent ?? "").trim() !== "");
  return rest.length > 1 && rest.every((node) => node.nodeType === Node.ELEMENT_NODE && /** @type {Element} */ (node).matches(CLICKS));
}

/** An hour that stands in an element of its own, before or behind the words. @param {string} text @param {Element} from */
function withoutTimes(text, from) {
  let left = text;
  for (const part of partsOf(from, "span, small, div, i, em, sub, td")) {
    if (part.childElementCount > 0 || !isTimeAlone(part.textContent ?? "")) continue;
    const words = shownText(part);
    if (left.endsWith(words)) left = left.slice(0, -words.length).trim();
    else if (left.startsWith(words)) left = left.slice(words.length).trim();
    else left = left.replace(` ${words}\n`, "\n"); // between two bubbles in a row
  }
  return left;
}

/** Whether a stretch of a text is whole lines. @param {string} text @param {number} at @param {number} length */
function isLine(text, at, length) {
  const [before = "\n", after = "\n"] = [text[at - 1], text[at + length]];
  return /\s/.test(before) && /\s/.test(after) && (before === "\n" || after === "\n");
}

/** The words of a message. @param {Element} block @param {Element} body @param {string} author */
function wordsOf(block, body, author) {
  if (body.matches("iframe") || body.querySelector("iframe")) return textIn(body);
  const left = body !== block ? [] : partsOf(block, APART).map((part) => shownText(part)).filter(Boolean).flatMap((part) => part.split("\n"));
  const lines = ownWords(body).split("\n");
  while (lines.length > 1 && (left.includes((lines[0] ?? "").trim()) || isHeading(lines[0] ?? "", author) || isTopic(lines[0] ?? "", block.ownerDocument))) lines.shift();
  while (lines.length > 1 && isTail(lines.at(-1) ?? "", left)) lines.pop();
  return tidy(withoutLead(lines.join("\n"), author));
}

/** What the page is called, said once more above the first message. @param {string} line @param {Document} doc */
function isTopic(line, { title }) {
  return line.trim() === "" || (line.trim().length > 12 && !/[.!?,]$/.test(line.trim()) && title.includes(line.trim()));
}

/** A line under a message that is not a part of it. @param {string} line @param {string[]} left */
function isTail(line, left) {
  const words = line.trim();
  return words === "" || (words.length < 40 && left.includes(words)) || /^(reply|forward|quote|edit|delete|share|like|report|more|copy( link)?|seen|delivered|read|sent)$/i.test(words) || isTimeAlone(words);
}

/** "Mara Lindt: my lamp is broken" in a line of its own. @param {string} text @param {string} author */
function withoutLead(text, author) {
  const lead = author === "" ? null : new RegExp(`^${author.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}[^\\n]{0,30}?:\\s+`).exec(text);
  return lead ? text.slice(lead[0].length) : text;
}

/** The innermost part with most of the words: boxes around it are as wide as the page. @param {Element} block @returns {Element | ShadowRoot} */
function coreOf(block) {
  /** @type {Element | ShadowRoot} */
  let core = block.shadowRoot ?? block;
  for (;;) {
    const all = (core.textContent ?? "").trim().length;
    const most = [...core.children].find((child) => (child.textContent ?? "").trim().length > all * 0.6);
    if (!most) return core;
    core = most;
  }
}

/** @param {Element} block @returns {Edges} */
function edgesOf(block) {
  const view = block.ownerDocument.defaultView;
  const range = block.ownerDocument.createRange();
  range.selectNodeContents(coreOf(block));
  const { left, right } = range.getBoundingClientRect();
  return view?.getComputedStyle(block.parentElement ?? block).direction === "rtl" ? { start: -right, end: -left } : { start: left, end: right };
}

/** On which side messages stand: bubbles at the end are the agent's own. @param {Edges[]} edges @returns {("start" | "end" | null)[]} */
function sides(edges) {
  const first = Math.min(...edges.map(({ start }) => start));
  const last = Math.max(...edges.map(({ end }) => end));
  const found = edges.map(({ start, end }) => {
    const lean = start - first - (last - end);
    if (lean > BUBBLE_SHIFT && start - first > BUBBLE_SHIFT) return /** @type {const} */ ("end");
    return lean < -8 || start - first < 8 ? /** @type {const} */ ("start") : null;
  });
  return found.includes("end") && found.includes("start") ? found : edges.map(() => null);
}
