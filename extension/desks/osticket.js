"use strict";

/** osTicket, the staff panel. */
addDesk({
  name: "osticket",
  match: { page: ".thread-entry, #resp_sec" },
  field: "#resp_sec .redactor-in, textarea#response, #note_sec .redactor-in, textarea#internal_note",
  message: ".thread-entry.message, .thread-entry.response",
  body: ".thread-body",
  author: ".header b",
  customer: ".thread-entry.message",
  agent: ".thread-entry.response",
  kind: (field) => (field.matches("#internal_note, #note_sec *") ? "note" : "reply"),
  send: "form#reply input.save.pending",
});
