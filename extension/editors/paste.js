"use strict";

const DRAFT_JS = ".public-DraftEditor-content, .DraftEditor-root [contenteditable]";

/** Editors that only take a paste: Draft.js, and CKEditor 4, which in Firefox follows the browser's own editing. */
addEditor({
  name: "paste",
  fits: (field) => field.matches(FIREFOX ? DRAFT_JS : `.cke_editable, ${DRAFT_JS}`),
  async replace(field, read, edit) {
    const { start, end, text } = withoutDeletion(read, edit);
    selectText(field, read, start, end);
    await settled(field);
    // A paste of several paragraphs to CKEditor 4 would leave what stands around it in paragraphs of their own.
    const lines = field.matches(".cke_editable") ? breaksFor(field, text).split("\n") : [text];
    for (const [index, line] of lines.entries()) {
      if (index > 0) press(field, { key: "Enter", code: "Enter", keyCode: 13 });
      if (line === "") continue;
      const before = readText(field).text; // with the new line in it: the paste may come out a little later
      pasteInto(field, line);
      if (index < lines.length - 1) await comesOut(field, (now) => now !== before);
    }
  },
});
