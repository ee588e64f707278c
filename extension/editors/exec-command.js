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
  const opensLine = start < end && (start === 0 || read.text[start - 1] === "\n");
  if (text !== "" && opensLine && read.text[end] === " ") {
    // Chromium would eat the space before what is bold, and the bold would spread: new words first, then the old go.
    selectText(field, read, end, end);
    doc.execCommand("insertText", false, breaksFor(field, text));
    selectText(field, readText(field), start, end);
    doc.execCommand("delete");
    return;
  }
  selectText(field, read, start, end);
  if (text === "") doc.execCommand("delete");
  else doc.execCommand("insertText", false, breaksFor(field, text));
}

/** Each line break typed makes a paragraph; where paragraphs stand apart, one is enough. @param {HTMLElement} field @param {string} text */
function breaksFor(field, text) {
  const paragraph = field.querySelector("p") ?? field.firstElementChild;
  const apart = paragraph !== null && blockBreaks(getComputedStyle(paragraph)) === 2;
  return apart ? text.replace(/\n\n+/g, "\n") : text;
}
