"use strict";

/**
 * Ways of writing into a field, each in its own file. An editor only carries out one replacement; whether it
 * worked is judged by reading back, in `content/apply.js`.
 *
 * @typedef {object} Editor
 * @property {string} name
 * @property {(field: HTMLElement) => boolean} fits
 * @property {(field: HTMLElement, read: FieldText, edit: Contract.Edit) => void | Promise<void>} replace  may take effect a little later
 * @property {(field: HTMLElement, typedAt: number) => void | Promise<void>} [closeStep]  ends its undo step, where a movement of the caret does not; `typedAt` as of performance.now()
 * @property {boolean} [whole]  takes one replacement for a whole change better than several
 */

const FIREFOX = api.runtime.getURL("").startsWith("moz-");

/** @type {Editor[]} */
const EDITORS = [];

/** @param {Editor} editor */
function addEditor(editor) {
  EDITORS.push(editor);
}

/** The way of writing into a field: the first that fits, if any. @param {HTMLElement} field @returns {Editor | null} */
function editorFor(field) {
  return EDITORS.find(({ fits }) => fits(field)) ?? null;
}

/** Sets the selection of an editable element to a stretch of its text. @param {HTMLElement} field @param {FieldText} read @param {number} start @param {number} end */
function selectText(field, read, start, end) {
  field.focus({ preventScroll: true });
  if (isPlain(field)) {
    field.setSelectionRange(placeOf(read, start, "from")?.offset ?? 0, placeOf(read, end, "to")?.offset ?? 0);
    return;
  }
  const range = rangeOf(field, read, start, end);
  const selection = field.ownerDocument.getSelection();
  selection?.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
}

/** Tells an editor that the caret moved, so that it closes its undo step. @param {HTMLElement} field */
function closeUndoStep(field) {
  press(field, { key: "ArrowRight", code: "ArrowRight", keyCode: 39 });
}

const COMMAND = /Mac/.test(navigator.platform) ? "metaKey" : "ctrlKey";
const Z = { key: "z", code: "KeyZ", keyCode: 90, [COMMAND]: true };

/** The keys by which editors step in their history. @type {Record<"undo" | "redo", KeyboardEventInit[]>} */
const HISTORY_KEYS = {
  undo: [Z],
  redo: [{ ...Z, key: "Z", shiftKey: true }, { ...Z, key: "y", code: "KeyY", keyCode: 89 }],
};

/** @param {HTMLElement} field @param {KeyboardEventInit} key @returns {boolean} whether the editor took it as its own */
function press(field, key) {
  // Slate looks at `which`, that Firefox does not make of the code of a key by itself.
  const init = { ...key, which: key.keyCode ?? 0, bubbles: true, cancelable: true, composed: true };
  const [down, up] = ["keydown", "keyup"].map((type) => new KeyboardEvent(type, init));
  const taken = down !== undefined && !field.dispatchEvent(down);
  if (up) field.dispatchEvent(up);
  return taken;
}

/**
 * Lets an editor take notice of a new selection: on a busy machine its event may come after the next picture, and there
 * is none where the selection was there already.
 * @param {HTMLElement} field
 * @returns {Promise<void>}
 */
function settled(field) {
  return new Promise((done) => {
    const page = field.ownerDocument;
    const heard = () => {
      page.removeEventListener("selectionchange", heard);
      clearTimeout(unchanged);
      const hidden = setTimeout(done, 200); // where nothing is drawn
      requestAnimationFrame(() => {
        clearTimeout(hidden);
        setTimeout(done, 20);
      });
    };
    page.addEventListener("selectionchange", heard);
    const unchanged = setTimeout(heard, 100);
  });
}

/** Firefox keeps the data of an extension's events from a page: there they are made of the page's own parts. */
const PAGE = /** @type {any} */ (FIREFOX ? /** @type {any} */ (window).wrappedJSObject : window);

/** @param {string} text @returns {DataTransfer} */
function dataOf(text) {
  const data = new PAGE.DataTransfer();
  data.setData("text/plain", text);
  return data;
}

/** @param {Range} range */
function targetRanges({ startContainer, startOffset, endContainer, endOffset }) {
  const ranges = new PAGE.Array();
  ranges.push(new PAGE.StaticRange(Object.assign(new PAGE.Object(), { startContainer, startOffset, endContainer, endOffset })));
  return ranges;
}

/** @param {HTMLElement} field @param {"InputEvent" | "ClipboardEvent"} kind @param {string} type @param {object} traits */
function dispatchInPage(field, kind, type, traits) {
  const init = Object.assign(new PAGE.Object(), { bubbles: true, cancelable: true, composed: true }, traits);
  (FIREFOX ? /** @type {any} */ (field).wrappedJSObject : field).dispatchEvent(new PAGE[kind](type, init));
}

/** @param {HTMLElement} field @param {string} text */
function pasteInto(field, text) {
  const how = FIREFOX ? { data: text, dataType: "text/plain" } : { clipboardData: dataOf(text) };
  dispatchInPage(field, "ClipboardEvent", "paste", how);
}
