"use strict";

/** A textarea, with or without a framework around it: `execCommand` keeps its undo, `setRangeText` would lose it. */
addEditor({
  name: "textarea",
  fits: isPlain,
  whole: true, // there is no formatting to lose, and one change is one undo step
  replace(field, read, edit) {
    selectText(field, read, edit.start, edit.end);
    if (edit.text === "") document.execCommand("delete");
    else document.execCommand("insertText", false, edit.text);
  },
});
