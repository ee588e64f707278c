"use strict";

/** Editors that only take a paste: CKEditor 4 and Draft.js. */
addEditor({
  name: "paste",
  fits: (field) => field.matches(".cke_editable, .public-DraftEditor-content, .DraftEditor-root [contenteditable]"),
  async replace(field, read, edit) {
    const { start, end, text } = withoutDeletion(read, edit);
    selectText(field, read, start, end);
    await settled();
    const data = new DataTransfer();
    data.setData("text/plain", text);
    pasteInto(field, data);
  },
});
