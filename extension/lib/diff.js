"use strict";

/**
 * @typedef {object} Change  a run of text that was kept, removed or added
 * @property {"same" | "gone" | "new"} kind
 * @property {string} text
 */

/** Words, runs of white space and single marks, none of them empty. @param {string} text */
function tokensOf(text) {
  return text.match(/[\p{L}\p{N}\p{M}'’_-]+|\s+|[^\s]/gu) ?? [];
}

/** Applies edits (offsets in `text`, none overlapping). @param {string} text @param {Contract.Edit[]} edits */
function edited(text, edits) {
  const lastFirst = [...edits].sort((a, b) => b.start - a.start || b.end - a.end);
  return lastFirst.reduce((now, edit) => now.slice(0, edit.start) + edit.text + now.slice(edit.end), text);
}

/**
 * The smallest single edit that leads from one text to another.
 * @param {string} before @param {string} after @returns {Contract.Edit}
 */
function singleEdit(before, after) {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let tail = 0;
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  if (start > 0 && /[\uD800-\uDBFF]/.test(before[start - 1] ?? "")) start -= 1; // keep surrogate pairs whole
  if (tail > 0 && /[\uDC00-\uDFFF]/.test(before[before.length - tail] ?? "")) tail -= 1;
  return { start, end: before.length - tail, text: after.slice(start, after.length - tail) };
}

/**
 * A difference word by word (longest common subsequence; above a million cells, the middle counts as changed).
 * @param {string} before @param {string} after @returns {Change[]}
 */
function wordDiff(before, after) {
  const a = tokensOf(before);
  const b = tokensOf(after);
  /** @type {Change[]} */
  const changes = [];
  /** @param {Change["kind"]} kind @param {string} text */
  const add = (kind, text) => {
    const last = changes.at(-1);
    if (last?.kind === kind) last.text += text;
    else changes.push({ kind, text });
  };
  const wide = b.length + 1;
  const small = (a.length + 1) * wide <= 1_000_000;
  const common = new Uint32Array(small ? (a.length + 1) * wide : 0);
  /** @param {number} i @param {number} j */
  const at = (i, j) => common[i * wide + j] ?? 0;
  if (small) {
    for (let i = a.length - 1; i >= 0; i -= 1) {
      for (let j = b.length - 1; j >= 0; j -= 1) {
        common[i * wide + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
      }
    }
  }
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      add("same", a[i] ?? "");
      i += 1;
      j += 1;
    } else if (i < a.length && (j === b.length || at(i + 1, j) >= at(i, j + 1))) {
      add("gone", a[i] ?? "");
      i += 1;
    } else {
      add("new", b[j] ?? "");
      j += 1;
    }
  }
  return inOnePiece(changes);
}

const CRUMB = /^[^\n]{0,6}$/; // a space, or a word as short as "the"

/** A crumb that happens to be the same in the midst of changed words counts as changed: marks are read in one piece. @param {Change[]} changes */
function inOnePiece(changes) {
  /** @type {Change[]} */
  const pieces = [];
  let gone = "";
  let put = "";
  const close = () => {
    if (gone !== "") pieces.push({ kind: "gone", text: gone });
    if (put !== "") pieces.push({ kind: "new", text: put });
    gone = put = "";
  };
  for (const [index, { kind, text }] of changes.entries()) {
    const amid = kind === "same" && index > 0 && index < changes.length - 1 && CRUMB.test(text);
    if (kind === "same" && !amid) {
      close();
      pieces.push({ kind, text });
      continue;
    }
    if (kind !== "new") gone += text;
    if (kind !== "gone") put += text;
  }
  close();
  return pieces;
}
