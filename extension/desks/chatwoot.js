"use strict";

/** Chatwoot: bubbles on the left are not the agent's. Written from the product's page structure; untested on the product itself. */
addDesk({
  name: "chatwoot",
  match: { page: ".ProseMirror-woot-style" },
  field: ".ProseMirror-woot-style",
  message: "[data-message-id]:has(.left-bubble, .right-bubble)",
  body: "[data-bubble-name=email], .left-bubble, .right-bubble",
  author: "[data-bubble-name=email]@data-sender, .message-sender",
  customer: ".left-bubble",
  agent: ".right-bubble",
  internal: ".is-private, [role=note], [class*=amber]",
  note: ".is-note-mode, .reply-box.is-private",
  send: ".bottom-box .right-wrap button",
});
