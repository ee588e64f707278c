"use strict";

/**
 * Reading a field's text with a way back from every offset to the place where it stands.
 *
 * @typedef {object} Piece  characters that stand together in one text node (or, with no node, in a textarea's value)
 * @property {number} start  where the piece begins in the text
 * @property {number} length
 * @property {Text | null} node
 * @property {number} offset  where it begins in the node
 *
 * @typedef {object} FieldText
 * @property {string} text
 * @property {Piece[]} pieces  in order; line breaks between blocks belong to none
 */

/** Characters that editors put into a text for their own use. */
const FILLERS = /[\u2060\u200B\uFEFF]/;
const NEVER_TEXT = new Set(["BUTTON", "SCRIPT", "STYLE", "SVG", "TEMPLATE", "NOSCRIPT", "INPUT", "SELECT", "IFRAME"]);

/** @param {Element} field @returns {field is HTMLTextAreaElement | HTMLInputElement} */
function isPlain(field) {
  return field.tagName === "TEXTAREA" || field.tagName === "INPUT";
}

/** @param {Element} field @returns {FieldText} */
function readText(field) {
  if (!isPlain(field)) return new EditableReader().read(field);
  /** @type {Piece[]} */
  const pieces = [];
  let text = "";
  for (const run of field.value.matchAll(/[^\u2060\u200B\uFEFF]+/g)) {
    pieces.push({ start: text.length, length: run[0].length, node: null, offset: run.index });
    text += run[0];
  }
  return { text: text.replaceAll("\u00A0", " "), pieces };
}

/** Reads what a person sees in an editable element: white space as it is rendered, one line a block. */
class EditableReader {
  constructor() {
    this.text = "";
    /** @type {Piece[]} */
    this.pieces = [];
    this.owed = 0; // line breaks to write before the next character
    this.brokenByBr = false;
    this.quoteDepth = 0;
    this.kept = false; // the last words keep their white space
  }

  /** @param {Element} field @returns {FieldText} */
  read(field) {
    this.children(field, false);
    this.dropTrailingSpace();
    if (this.brokenByBr && this.text.endsWith("\n")) this.text = this.text.slice(0, -1); // holds the last line open
    return { text: this.text, pieces: this.pieces };
  }

  /** @param {Element} element @param {boolean} pre  white space counts */
  children(element, pre) {
    const style = getComputedStyle(element);
    const keeps = pre || style.whiteSpace.startsWith("pre") || style.whiteSpace.startsWith("break");
    for (const child of element.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) this.words(/** @type {Text} */ (child), keeps);
      else if (child.nodeType === Node.ELEMENT_NODE) this.element(/** @type {Element} */ (child));
    }
  }

  /** @param {Element} element */
  element(element) {
    const tag = element.tagName.toUpperCase();
    if (NEVER_TEXT.has(tag) || element.localName === "empathy-coach") return;
    if (tag === "BR") {
      this.payBreaks();
      this.dropTrailingSpace();
      this.write("\n");
      this.brokenByBr = true;
      return;
    }
    const style = getComputedStyle(element);
    if (style.display === "none") return;
    const inline = style.display.startsWith("inline") || style.display === "contents";
    const breaks = inline ? 0 : blockBreaks(style);
    const quoted = tag === "BLOCKQUOTE" || /quote/.test(element.className.toString()) ? 1 : 0;
    this.owe(breaks);
    this.quoteDepth += quoted;
    this.children(element, false);
    this.quoteDepth -= quoted;
    this.owe(breaks);
  }

  /** @param {number} breaks */
  owe(breaks) {
    this.owed = Math.max(this.owed, breaks);
  }

  payBreaks() {
    if (this.text !== "" && this.owed > 0) {
      this.dropTrailingSpace();
      let there = this.brokenByBr ? (this.text.match(/\n*$/)?.[0].length ?? 0) : 0;
      for (; there < this.owed; there += 1) this.write("\n");
    }
    this.owed = 0;
    this.brokenByBr = false;
  }

  /** Text that stands in no node. @param {string} text */
  write(text) {
    this.text += text;
  }

  /** Spaces at a line's end are not rendered. */
  dropTrailingSpace() {
    const last = this.pieces.at(-1);
    if (!last?.node || !this.text.endsWith(" ") || last.start + last.length !== this.text.length) return;
    if (last.node.data[last.offset + last.length - 1] === "\u00A0" || this.kept) return;
    last.length -= 1;
    if (last.length === 0) this.pieces.pop();
    this.text = this.text.slice(0, -1);
  }

  /** @param {Text} node @param {boolean} keeps  white space is rendered as it stands */
  words(node, keeps) {
    this.kept = keeps;
    const data = node.data;
    for (let i = 0; i < data.length; i += 1) {
      let char = data[i] ?? "";
      if (FILLERS.test(char)) continue;
      if (!keeps && /[ \t\n\r\f]/.test(char)) {
        if (this.owed > 0 || this.text === "" || /[ \n]$/.test(this.text)) continue;
        char = " ";
      }
      this.payBreaks();
      if (this.quoteDepth > 0 && (this.text === "" || this.text.endsWith("\n"))) this.write("> ");
      this.char(node, i, char === "\u00A0" ? " " : char);
    }
  }

  /** @param {Text} node @param {number} offset @param {string} char */
  char(node, offset, char) {
    const last = this.pieces.at(-1);
    const start = this.text.length;
    if (last?.node === node && last.offset + last.length === offset && last.start + last.length === start) {
      last.length += 1;
    } else {
      this.pieces.push({ start, length: 1, node, offset });
    }
    this.text += char;
  }
}

/** Line breaks around a block: two where the page shows a gap, as between paragraphs. @param {CSSStyleDeclaration} style */
function blockBreaks(style) {
  const gap = Math.max(parseFloat(style.marginTop) || 0, parseFloat(style.marginBottom) || 0);
  return style.display === "list-item" || gap < 6 ? 1 : 2;
}

/**
 * Where an offset of the text stands.
 * @param {FieldText} read @param {number} offset
 * @param {"from" | "to"} side  whether something begins or ends there
 * @returns {{node: Text | null, offset: number} | null} null in an empty field
 */
function placeOf(read, offset, side) {
  const inside = read.pieces.find(({ start, length }) =>
    side === "from" ? start <= offset && offset < start + length : start < offset && offset <= start + length,
  );
  if (inside) return { node: inside.node, offset: inside.offset + offset - inside.start };
  const before = read.pieces.findLast(({ start, length }) => start + length <= offset);
  const after = read.pieces.find(({ start }) => start >= offset);
  if (before && (side === "to" || !after || before.start + before.length === offset)) {
    return { node: before.node, offset: before.offset + before.length };
  }
  return after ? { node: after.node, offset: after.offset } : null;
}

/**
 * The range of an editable element that a stretch of its text stands in. A place without length prefers the end of
 * the words before it, unless it opens a line.
 * @param {Element} field @param {FieldText} read @param {number} start @param {number} end
 * @returns {Range}
 */
function rangeOf(field, read, start, end) {
  const range = field.ownerDocument.createRange();
  const opensLine = start === 0 || read.text[start - 1] === "\n";
  const from = placeOf(read, start, start === end && !opensLine ? "to" : "from");
  const to = start === end ? from : placeOf(read, end, "to");
  if (!from?.node || !to?.node) {
    range.selectNodeContents(field);
    range.collapse(false);
    return range;
  }
  range.setStart(from.node, from.offset);
  range.setEnd(to.node, to.offset);
  return range;
}

/** Equal to a reader: line breaks between blocks may come out as one or two. @param {string} a @param {string} b */
function sameText(a, b) {
  /** @param {string} text */
  const plain = (text) => text.replaceAll("\u00A0", " ").replace(/ *\n[\n ]*/g, "\n").trim();
  return plain(a) === plain(b);
}

/** Whether a span's words stand where it says. @param {string} text @param {Contract.Span} span */
function stands(text, span) {
  return text.slice(span.start, span.end) === span.quote;
}
