"use strict";

/** UVdesk: reply and note have a field each. */
addDesk({
  name: "uvdesk",
  match: { page: ".uv-ticket-strip, .thread-list" },
  field: "#reply-area, #note-area",
  message: ".thread-list .thread, .uv-ticket-strip",
  kind: (field) => (field.id === "note-area" ? "note" : "reply"),
});
