"use strict";

/** Plain editable elements, and the many editors that follow the browser's own editing. Stays last. */
addEditor({
  name: "exec-command",
  fits: (field) => field.isContentEditable || field.ownerDocument.designMode === "on",
  replace: replaceByCommand,
});

/** @param {HTMLElement} field @param {FieldText} read @param {Contract.Edit} edit */
function replaceByCommand(field, read, edit) {
  const { start, end, text } = edit;
  const doc = field.ownerDocument;
  const opensLine = start === 0 || read.text[start - 1] === "\n";
  if (text !== "" && start < end && (FIREFOX || (opensLine && read.text[end] === " "))) {
    // Chromium would eat the space after a line's first words, and Firefox that beside any formatting, and the bold
    // would spread: so the new words come first, then the old ones go.
    selectText(field, read, end, end);
    typeText(field, text);
    selectText(field, readText(field), start, end);
    doc.execCommand("delete");
    return;
  }
  selectText(field, read, start, end);
  if (text === "") doc.execCommand("delete");
  else typeText(field, text);
}

/** @param {HTMLElement} field @param {string} text */
function typeText(field, text) {
  const doc = field.ownerDocument;
  const put = breaksFor(field, text);
  // Chromium makes paragraphs of line breaks by itself, in one step of its history; Firefox has to be told.
  const lines = FIREFOX ? put.split("\n") : [put];
  for (const [index, line] of lines.entries()) {
    if (index > 0) doc.execCommand("insertParagraph");
    if (line !== "") doc.execCommand("insertText", false, line);
  }
}

/** Each line break typed makes a paragraph; where paragraphs stand apart, one is enough. @param {HTMLElement} field @param {string} text */
function breaksFor(field, text) {
  const paragraph = field.querySelector("p") ?? field.firstElementChild;
  const apart = paragraph !== null && blockBreaks(getComputedStyle(paragraph)) === 2;
  return apart ? text.replace(/\n\n+/g, "\n") : text;
}
