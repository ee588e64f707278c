"use strict";

/**
 * Underlines that leave the editor's content alone: a mirror behind glass for a textarea, the browser's highlights
 * for an editable element.
 */

const MIRRORED = [
  // Not the shorthand, which is empty under forced colours.
  "fontFamily", "fontSize", "fontStyle", "fontWeight", "fontStretch", "fontVariant", "letterSpacing", "wordSpacing", "textIndent", "textTransform", "textAlign", "direction", "tabSize",
  "lineHeight", "wordBreak", "overflowWrap", "whiteSpace", "hyphens", "fontKerning", "fontFeatureSettings",
];

class Marks {
  /** @param {HTMLElement} field @param {HTMLElement} layer  inside the shadow root */
  constructor(field, layer) {
    this.field = field;
    /** @type {Contract.Span[]} */
    this.spans = [];
    /** @type {Contract.Span | null} */
    this.now = null;
    this.text = "";
    this.glass = el("div", { class: "mirror", "aria-hidden": "true", hidden: true }, el("div"));
    layer.append(this.glass);
    /** @type {CSSStyleSheet | null} */
    this.sheet = null;
  }

  /** @param {string} text  the draft that the spans belong to @param {Contract.Span[]} spans */
  show(text, spans) {
    this.text = text;
    this.spans = spans.filter((span) => span.end > span.start && stands(text, span));
    this.now = null;
    this.draw();
  }

  /** Makes one mark stand out while its idea is looked at. @param {Contract.Span | null} span */
  point(span) {
    this.now = span;
    this.draw();
  }

  /** Highlights follow by themselves. */
  get mustFollow() {
    return isPlain(this.field) && this.spans.length > 0;
  }

  /** After a key: marks before the change stay, later ones move along, touched ones go. */
  follow() {
    const text = readText(this.field).text;
    if (text === this.text) return;
    const { start, end, text: put } = singleEdit(this.text, text);
    const last = Math.max(...this.spans.map((span) => span.end));
    this.text = text;
    if (/\s/.test(text.slice(last, start))) return; // behind the last marked word: no mark moves
    const moved = put.length - (end - start);
    this.spans = this.spans
      .filter((span) => span.end <= start || span.start >= end)
      .map((span) => (span.start >= end ? { ...span, start: span.start + moved, end: span.end + moved } : span));
    if (this.spans.length === 0) this.draw();
    else this.fillMirror(); // where it stands and how it looks has not changed: a key must not wait for either
  }

  draw() {
    if (isPlain(this.field)) this.drawMirror();
    else this.drawHighlights();
  }

  drawHighlights() {
    if (!CSS.highlights) return;
    const read = this.spans.length > 0 ? readText(this.field) : null;
    if (!read || read.text !== this.text) {
      CSS.highlights.delete("empathy-coach");
      CSS.highlights.delete("empathy-coach-now");
      return;
    }
    this.adoptSheet();
    const ranges = this.spans.map((span) => rangeOf(this.field, read, span.start, span.end));
    CSS.highlights.set("empathy-coach", new Highlight(...ranges));
    const now = this.now;
    const standing = now && stands(read.text, now) ? [rangeOf(this.field, read, now.start, now.end)] : [];
    CSS.highlights.set("empathy-coach-now", new Highlight(...standing));
  }

  adoptSheet() {
    const root = /** @type {Document | ShadowRoot} */ (this.field.getRootNode());
    this.sheet ??= sheetFor(document, HIGHLIGHT_LOOK);
    if (!root.adoptedStyleSheets.includes(this.sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.sheet];
  }

  drawMirror() {
    this.glass.hidden = this.spans.length === 0;
    if (this.glass.hidden) this.glass.firstElementChild?.replaceChildren();
    else this.styleMirror();
  }

  styleMirror() {
    const inner = /** @type {HTMLElement} */ (this.glass.firstElementChild);
    const style = getComputedStyle(this.field);
    for (const name of MIRRORED) inner.style[/** @type {any} */ (name)] = style[/** @type {any} */ (name)];
    inner.style.padding = style.padding;
    inner.style.boxSizing = "border-box";
    this.fillMirror();
    this.place();
  }

  /** How far down the field the draft's words reach as they are scrolled, with a line to write on; in pixels. */
  wordsHeight() {
    const line = 24;
    if (!isPlain(this.field)) {
      const doc = this.field.ownerDocument;
      const range = doc.createRange();
      range.selectNodeContents(this.field);
      const top = this.field === doc.body ? 0 : this.field.getBoundingClientRect().top;
      return Math.max(0, range.getBoundingClientRect().bottom - top) + line;
    }
    const { hidden } = this.glass;
    this.glass.hidden = false;
    if (hidden) this.styleMirror();
    const height = /** @type {HTMLElement} */ (this.glass.firstElementChild).offsetHeight - this.field.scrollTop;
    if (hidden) this.drawMirror();
    return height + line;
  }

  fillMirror() {
    if (!isPlain(this.field)) return;
    const read = readText(this.field);
    const { value } = this.field;
    const sorted = [...this.spans].sort((a, b) => a.start - b.start);
    /** @type {Node[]} */
    const parts = [];
    let at = 0;
    for (const span of sorted) {
      const from = placeOf(read, span.start, "from")?.offset ?? 0;
      const to = placeOf(read, span.end, "to")?.offset ?? 0;
      if (from < at) continue;
      parts.push(document.createTextNode(value.slice(at, from)));
      const isNow = this.now?.start === span.start && this.now.end === span.end;
      parts.push(el("span", { class: isNow ? "now" : "" }, value.slice(from, to)));
      at = to;
    }
    this.glass.firstElementChild?.replaceChildren(...parts, document.createTextNode(`${value.slice(at)}\n`));
  }

  /** Keeps the glass over the field while pages scroll and fields grow. */
  place() {
    if (this.glass.hidden) return;
    const box = boxOnStage(this.field);
    const { clientLeft, clientTop, clientWidth, clientHeight, scrollLeft, scrollTop } = this.field;
    Object.assign(this.glass.style, {
      left: `${box.left + clientLeft}px`,
      top: `${box.top + clientTop}px`,
      width: `${clientWidth}px`,
      height: `${clientHeight}px`,
    });
    const inner = /** @type {HTMLElement} */ (this.glass.firstElementChild);
    inner.style.width = `${clientWidth}px`;
    inner.style.transform = `translate(${-scrollLeft}px, ${-scrollTop}px)`;
    this.uncover(box);
  }

  /** Nothing is drawn over a menu or a dialog that lies above the field. @param {Box} box */
  uncover(box) {
    const doc = this.field.ownerDocument;
    const own = this.field.getBoundingClientRect();
    const hit = doc.elementFromPoint(own.left + box.width / 2, own.top + Math.min(box.height / 2, 30));
    const free = !hit || hit === this.field || hit.contains(this.field) || hit.localName === "empathy-coach";
    this.glass.style.visibility = free ? "visible" : "hidden";
  }

  end() {
    this.spans = [];
    this.glass.remove();
    CSS.highlights?.delete("empathy-coach");
    CSS.highlights?.delete("empathy-coach-now");
    const root = /** @type {Document | ShadowRoot} */ (this.field.getRootNode());
    if (this.sheet && root.adoptedStyleSheets) {
      root.adoptedStyleSheets = root.adoptedStyleSheets.filter((sheet) => sheet !== this.sheet);
    }
  }
}
