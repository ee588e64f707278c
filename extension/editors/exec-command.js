"use strict";

/** Plain editable elements, and the many editors that follow the browser's own editing. Stays last. */
addEditor({
  name: "exec-command",
  fits: (field) => field.isContentEditable || field.ownerDocument.designMode === "on",
  replace(field, read, edit) {
    const doc = field.ownerDocument;
    selectText(field, read, edit.start, edit.end);
    if (edit.text === "") {
      doc.execCommand("delete");
      return;
    }
    doc.execCommand("insertText", false, breaksFor(field, edit.text));
  },
});

/** Each line break typed makes a paragraph; where paragraphs stand apart, one is enough. @param {HTMLElement} field @param {string} text */
function breaksFor(field, text) {
  const paragraph = field.querySelector("p") ?? field.firstElementChild;
  const apart = paragraph !== null && blockBreaks(getComputedStyle(paragraph)) === 2;
  return apart ? text.replace(/\n\n+/g, "\n") : text;
}
