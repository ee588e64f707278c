"use strict";

/** Summernote follows the browser's own editing, but writes its history down only when someone steps in it. */
addEditor({
  name: "summernote",
  fits: (field) => field.matches(".note-editable"),
  closeStep(field) {
    const text = readText(field).text;
    const [back] = HISTORY_KEYS.undo;
    if (!back || !press(field, back) || readText(field).text === text) return;
    HISTORY_KEYS.redo.some((forward) => press(field, forward));
  },
  replace: (field, read, edit) => replaceByCommand(field, read, edit),
});
