"use strict";

/** UVdesk: reply, forward and note have a field each. Written from the product's page structure; untested on the product itself. */
addDesk({
  name: "uvdesk",
  match: { page: ".uv-ticket-strip" },
  field: "#reply-area, #note-area, .mce-content-body",
  message: ".thread-list .thread, .uv-ticket-main",
  body: ".thread-body .thread-info, .message, .uv-ticket-main-rt p:last-child",
  author: ".thread-fullname, .uv-ticket-member-name, .name",
  customer: ".customer, [data-user-type=customer]",
  internal: ".note, .thread-note",
  kind: (field) => (field.closest("#note, .note-form") || field.id === "note-area" ? "note" : "reply"),
  send: "#reply button[type=submit], .reply-form button[type=submit]",
});
