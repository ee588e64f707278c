"use strict";

/** UVdesk: reply and note have a field each; the conversation is guessed. Written from the product's page structure; untested on the product itself. */
addDesk({
  name: "uvdesk",
  match: { page: ".uv-ticket-strip, .thread-list" },
  field: "#reply-area, #note-area",
  kind: (field) => (field.id === "note-area" ? "note" : "reply"),
});
