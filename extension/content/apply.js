"use strict";

/**
 * Changing the draft, and only ever by a click. The ladder: the text is still the one that was read; locate each
 * place again; replace; read back; compare with the exact text that was promised; on a mismatch bring the agent's
 * own draft back and offer Copy.
 *
 * @typedef {object} Applied  what an undo needs to know
 * @property {string} before
 * @property {string} after
 * @property {number} steps
 */

const SETTLED_MS = 400; // the longest that an editor may take to show a change

/** Waits until a field's text is the wanted one. @param {HTMLElement} field @param {string} wanted @param {number} patience */
async function comesOut(field, wanted, patience = SETTLED_MS) {
  const end = performance.now() + patience;
  for (;;) {
    if (sameText(readText(field).text, wanted)) return true;
    if (performance.now() > end) return false;
    await new Promise((done) => setTimeout(done, 15));
  }
}

/** Edits of one text as fewer, where nothing between them could lose its formatting. @param {HTMLElement} field @param {FieldText} read @param {Contract.Edit[]} edits @param {boolean} whole */
function plannedEdits(field, read, edits, whole) {
  const after = edited(read.text, edits);
  const single = singleEdit(read.text, after);
  if (whole || edits.length === 1) return [single];
  const range = rangeOf(field, read, single.start, single.end);
  return range.startContainer === range.endContainer ? [single] : edits;
}

/**
 * @param {HTMLElement} field @param {string} text  the draft that the edits were made for @param {Contract.Edit[]} edits
 * @returns {Promise<Applied | null>} null when nothing was changed
 */
async function applyEdits(field, text, edits) {
  const editor = editorFor(field);
  const read = readText(field);
  if (!editor || read.text !== text || edits.length === 0) return null;
  const after = edited(text, edits);
  if (after === text) return null;
  const steps = plannedEdits(field, read, edits, editor.whole ?? false).sort((a, b) => b.start - a.start);
  closeUndoStep(field);
  let now = text;
  let done = 0;
  for (const edit of steps) {
    const fresh = readText(field);
    if (!sameText(fresh.text, now)) break;
    now = edited(now, [edit]);
    await editor.replace(field, fresh, edit);
    done += 1;
    if (!(await comesOut(field, now))) break;
  }
  closeUndoStep(field);
  if (done === steps.length && sameText(readText(field).text, after)) return { before: text, after, steps: done };
  await bringBack(field, { before: text, after, steps: done });
  return null;
}

/**
 * Brings a draft back: by the browser's own undo first, since it keeps the formatting, then by writing.
 * @param {HTMLElement} field @param {Applied} applied @returns {Promise<boolean>}
 */
async function bringBack(field, { before, steps }) {
  field.focus({ preventScroll: true });
  for (let step = 0; step < steps && !sameText(readText(field).text, before); step += 1) {
    field.ownerDocument.execCommand("undo");
    await comesOut(field, before, 60);
  }
  const read = readText(field);
  if (sameText(read.text, before)) return true;
  const editor = editorFor(field);
  await editor?.replace(field, read, singleEdit(read.text, before));
  return comesOut(field, before);
}
