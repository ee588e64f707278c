"use strict";

/** Intercom's inbox. */
addDesk({
  name: "intercom",
  match: { page: ".embercom-prosemirror-composer-editor, [data-testid=conversation-stream-scroll-container]" },
  field: ".embercom-prosemirror-composer-editor",
  conversation: "[data-testid=conversation-stream-scroll-container]",
  message: "[data-part-group-id]",
});
