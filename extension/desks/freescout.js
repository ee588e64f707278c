"use strict";

/** FreeScout: Summernote above the messages, newest first; drafts and notes stand among them. Written from the product's page structure; untested on the product itself. */
addDesk({
  name: "freescout",
  match: { page: "#conv-layout-main, .conv-reply-block" },
  field: ".conv-reply-block .note-editable, .conv-reply-block textarea#body",
  message: "#conv-layout-main .thread.thread-type-customer, #conv-layout-main .thread.thread-type-message",
  body: ".thread-content",
  author: ".thread-person strong",
  customer: ".thread-type-customer",
  agent: ".thread-type-message",
  newestFirst: true,
  note: ".conv-note-block:not(.hidden)",
  send: ".conv-reply-block .btn-reply-submit, .conv-reply-block .btn-send-text",
  agentName: ".nav-user",
});
