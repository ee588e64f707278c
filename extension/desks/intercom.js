"use strict";

/** Intercom's inbox. Written from the product's page structure; untested on the product itself. */
addDesk({
  name: "intercom",
  match: { page: ".embercom-prosemirror-composer-editor" },
  field: ".embercom-prosemirror-composer-editor",
  conversation: "[data-testid=conversation-stream-scroll-container]",
  message: "[data-part-group-id]",
});
