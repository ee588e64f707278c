"use strict";

/**
 * Editors with a model of their own, which take a `beforeinput` event as a wish and change the page themselves:
 * CKEditor 5, Slate, Lexical, Trix. What `execCommand` does to them is lost or corrupts them.
 */
addEditor({
  name: "before-input",
  fits: (field) => field.matches(".ck-editor__editable, [data-slate-editor], [data-lexical-editor], trix-editor"),
  async replace(field, read, edit) {
    const { start, end, text } = withoutDeletion(read, edit);
    selectText(field, read, start, end);
    await settled(field);
    const range = rangeOf(field, readText(field), start, end); // selecting may have moved fillers about
    if (text.includes("\n") && !makesLines(field)) {
      pasteInto(field, text);
      return;
    }
    dispatchInPage(field, "InputEvent", "beforeinput", {
      inputType: "insertReplacementText",
      data: field.matches("[data-slate-editor], .ck-editor__editable") ? text : null,
      dataTransfer: dataOf(makesLines(field) ? breaksFor(field, text) : text),
      targetRanges: targetRanges(range),
    });
  },
});

/** Whether each line break of such an event makes a paragraph; the others make them of a paste only. @param {HTMLElement} field */
function makesLines(field) {
  return field.matches("[data-slate-editor], [data-lexical-editor]");
}

/** An empty replacement is not taken everywhere: take a neighbour along. @param {FieldText} read @param {Contract.Edit} edit @returns {Contract.Edit} */
function withoutDeletion({ text }, edit) {
  if (edit.text !== "" || edit.start === edit.end) return edit;
  const before = text[edit.start - 1] ?? "\n";
  if (before !== "\n") return { start: edit.start - 1, end: edit.end, text: before };
  const after = text[edit.end] ?? "\n";
  return after === "\n" ? edit : { start: edit.start, end: edit.end + 1, text: after };
}
