"use strict";

/** Chatwoot: bubbles on the left are not the agent's. Written from the product's page structure; untested on the product itself. */
addDesk({
  name: "chatwoot",
  match: { page: ".ProseMirror-woot-style" },
  field: ".ProseMirror-woot-style",
  message: "[data-message-id]",
  customer: ".left-bubble",
  note: ".is-note-mode",
});
