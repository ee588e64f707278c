"use strict";

/** What the coach has changed in one draft, on clicks: each change can be taken back, the last one first. */

const SLOT = /\[[^[\]\n]{3,80}\]/g;

class Changes {
  /** @param {HTMLElement} field */
  constructor(field) {
    this.field = field;
    /** @type {Applied[]} */
    this.applied = []; // the last one last
    /** @type {Set<string>} */
    this.gaps = new Set();
    this.stubborn = false; // an editor that did not take a change: then there is only Copy
  }

  get canUndo() {
    return this.applied.length > 0;
  }

  get canApply() {
    return canBeWritten(this.field) && editorFor(this.field) !== null && !this.stubborn;
  }

  /** Another ticket took the place. */
  anew() {
    this.applied = [];
    this.gaps.clear();
  }

  /** Gaps that a suggestion has put into the draft and that are still to be filled. @param {string} text */
  slots(text) {
    return (text.match(SLOT) ?? []).filter((slot) => this.gaps.has(slot));
  }

  /** Writes edits into the draft; false when the editor did not take them. @param {string} text @param {Contract.Edit[]} edits @param {number} typedAt */
  async apply(text, edits, typedAt) {
    const applied = await applyEdits(this.field, text, edits, typedAt);
    this.stubborn = !applied;
    if (!applied) return false;
    this.applied.push(applied);
    for (const gap of edits.flatMap((edit) => edit.text.match(SLOT) ?? [])) this.gaps.add(gap);
    return true;
  }

  /** Selects the first gap of the new text, so that typing fills it. @param {string} after */
  selectGap(after) {
    const slot = this.slots(after)[0];
    const read = readText(this.field);
    const at = slot ? read.text.indexOf(slot) : -1;
    if (slot && at >= 0) selectText(this.field, read, at, at + slot.length);
  }

  /** Takes the last change back; null when there is none, false when the editor did not let it go. */
  async undo() {
    const last = this.applied.at(-1);
    if (!last) return null;
    const back = await takeBack(this.field, last);
    if (back) this.applied.pop();
    return back;
  }

  /** One Ctrl+Z takes a change back that was made in several steps. @param {() => void} then */
  finishUndo(then) {
    const applied = this.applied.at(-1);
    if (!applied || !sameText(readText(this.field).text, applied.after)) return;
    this.applied.pop();
    setTimeout(() => void goBack(this.field, applied).then(then));
  }
}
