"use strict";

const QUILL_STEP_MS = 1000; // what happens within this time is one step of its history

/** Quill follows the browser's own editing; its undo steps end by time alone. */
addEditor({
  name: "quill",
  fits: (field) => field.matches(".ql-editor"),
  closeStep: (_, typedAt) => new Promise((done) => setTimeout(done, typedAt + QUILL_STEP_MS - performance.now())),
  replace: (field, read, edit) => replaceByCommand(field, read, edit),
});
