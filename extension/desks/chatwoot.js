"use strict";

/** Chatwoot: bubbles on the left are not the agent's. */
addDesk({
  name: "chatwoot",
  match: { page: ".ProseMirror-woot-style, [data-message-id] [data-bubble-name]" },
  field: ".ProseMirror-woot-style",
  message: "[data-message-id]",
  body: "[data-bubble-name=email], [data-bubble-name]",
  customer: ".left-bubble",
  agent: ".right-bubble",
  internal: ".is-private, [data-bubble-name=private]",
  note: ".reply-box.is-private, .is-note-mode",
  send: ".bottom-box .right-wrap button",
});
