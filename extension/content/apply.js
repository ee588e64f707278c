"use strict";

/**
 * Changing the draft, and only ever by a click. The ladder: the text is still the one that was read; locate each
 * place again; replace; read back; compare with the exact text that was promised; on a mismatch bring the agent's
 * own draft back and offer Copy.
 *
 * @typedef {object} Applied  what an undo needs to know
 * @property {string} before
 * @property {string} after
 * @property {Contract.Edit[]} edits  that led from one to the other, first to last
 */

const SETTLED_MS = 2500; // the longest that an editor may take to show a change on a machine that is busy with other things
const STEP_MS = 400; // the longest for a step back in an editor's history: too short, and a slow page loses its formatting
const OWN_STEP_MS = 80; // the same in the browser's, which is there at once

/** Waits until a field's text is as wanted. @param {HTMLElement} field @param {(text: string) => boolean} wanted @param {number} [patience] */
async function comesOut(field, wanted, patience = SETTLED_MS) {
  const end = performance.now() + patience;
  for (;;) {
    if (wanted(readText(field).text)) return true;
    if (performance.now() > end) return false;
    await new Promise((done) => setTimeout(done, 10));
  }
}

/** An edit without the whole lines that it leaves as they are: what is not touched cannot be harmed. @param {string} text @param {Contract.Edit} edit */
function withoutSameLines(text, { start, end, text: put }) {
  const old = text.slice(start, end);
  let head = 0;
  while (head < Math.min(old.length, put.length) && old[head] === put[head]) head += 1;
  head = head === 0 ? 0 : old.lastIndexOf("\n", head - 1) + 1;
  let tail = 0;
  while (tail < Math.min(old.length, put.length) - head && old.at(-1 - tail) === put.at(-1 - tail)) tail += 1;
  const line = old.slice(old.length - tail).indexOf("\n");
  tail = line < 0 ? 0 : tail - line;
  return { start: start + head, end: end - tail, text: put.slice(head, put.length - tail) };
}

/** The edits as they are made: one, where nothing between them could lose its formatting. @param {HTMLElement} field @param {FieldText} read @param {Contract.Edit[]} edits @param {boolean} whole */
function plannedEdits(field, read, edits, whole) {
  const single = singleEdit(read.text, edited(read.text, edits));
  if (whole) return [single];
  const range = rangeOf(field, read, single.start, single.end);
  if (edits.length > 1 && range.startContainer === range.endContainer) return [single];
  return edits.map((edit) => withoutSameLines(read.text, edit)).sort((a, b) => a.start - b.start);
}

/**
 * Makes edits from the last to the first, so that the places of the others stay as they are.
 * @param {HTMLElement} field @param {string} text  as it must be at first @param {Contract.Edit[]} edits  first to last
 * @returns {Promise<boolean>} whether the text came out exactly as promised after each of them
 */
async function write(field, text, edits) {
  const editor = editorFor(field);
  if (!editor) return false;
  let now = text;
  for (const edit of edits.toReversed()) {
    const read = readText(field);
    if (!sameText(read.text, now)) return false;
    now = edited(now, [edit]);
    await editor.replace(field, read, edit);
    if (!(await comesOut(field, (found) => sameText(found, now)))) return false;
  }
  return true;
}

/**
 * @param {HTMLElement} field @param {string} text  the draft that the edits were made for @param {Contract.Edit[]} edits
 * @param {number} typedAt  when the agent last typed, as of performance.now()
 * @returns {Promise<Applied | null>} null when nothing was changed
 */
async function applyEdits(field, text, edits, typedAt) {
  const editor = editorFor(field);
  await editor?.closeStep?.(field, typedAt);
  const read = readText(field);
  const after = edited(text, edits);
  if (!editor || read.text !== text || after === text) return null;
  const plan = plannedEdits(field, read, edits, editor.whole ?? false);
  closeUndoStep(field);
  const done = await write(field, text, plan);
  closeUndoStep(field);
  if (done) return { before: text, after, edits: plan };
  await goBack(field, { before: text, after, edits: plan });
  return null;
}

/**
 * Takes a change back: by the history of the editor first, since that keeps the formatting; by writing where the
 * agent has typed since, so that only the change goes.
 * @param {HTMLElement} field @param {Applied} applied @returns {Promise<boolean>}
 */
async function takeBack(field, applied) {
  const { before, after, edits } = applied;
  const { text } = readText(field);
  if (sameText(text, before)) return true;
  if (sameText(text, after)) return goBack(field, applied);
  const typed = singleEdit(after, text);
  const back = inverse(before, edits);
  const moved = typed.text.length - (typed.end - typed.start);
  if (back.some(({ start, end }) => start < typed.end && end > typed.start)) return false;
  const rest = back.map((edit) => (edit.start >= typed.end ? { ...edit, start: edit.start + moved, end: edit.end + moved } : edit));
  closeUndoStep(field);
  return write(field, text, rest);
}

/** The edits that lead back. @param {string} before @param {Contract.Edit[]} edits  first to last @returns {Contract.Edit[]} */
function inverse(before, edits) {
  let moved = 0;
  return edits.map(({ start, end, text }) => {
    const at = start + moved;
    moved += text.length - (end - start);
    return { start: at, end: at + text.length, text: before.slice(start, end) };
  });
}

/**
 * Goes back in the editor's history until the text from before stands there again. Where the history goes past it,
 * because it holds the change and the agent's last words in one step: forward again, and the change is written back.
 * @param {HTMLElement} field @param {Applied} applied
 */
async function goBack(field, { before, after, edits }) {
  field.focus({ preventScroll: true });
  const most = edits.reduce((steps, { text }) => steps + 2 + text.split("\n").length, 0);
  if (await stepTo(field, "undo", before, most)) return true;
  if (await stepTo(field, "redo", after, most + 1)) return write(field, readText(field).text, inverse(before, edits));
  const { text } = readText(field);
  return write(field, text, [withoutSameLines(text, { start: 0, end: text.length, text: before })]);
}

/** @param {HTMLElement} field @param {"undo" | "redo"} way @param {string} wanted @param {number} most  steps */
async function stepTo(field, way, wanted, most) {
  for (let step = 0; step < most && !sameText(readText(field).text, wanted); step += 1) {
    if (!(await stepInHistory(field, way))) break;
  }
  return sameText(readText(field).text, wanted);
}

/** One step: an editor with a history of its own takes the key, the browser's is asked for by name. @param {HTMLElement} field @param {"undo" | "redo"} way */
async function stepInHistory(field, way) {
  const { text } = readText(field);
  /** @param {string} found */
  const changed = (found) => found !== text;
  let taken = false;
  for (const keys of HISTORY_KEYS[way]) {
    taken = press(field, keys);
    if (await comesOut(field, changed, taken ? STEP_MS : 0)) return true;
    if (taken) break;
  }
  if (!taken) field.ownerDocument.execCommand(way);
  return !taken && comesOut(field, changed, OWN_STEP_MS);
}
