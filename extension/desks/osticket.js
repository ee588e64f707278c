"use strict";

/** osTicket, the staff panel. Written from the product's page structure; untested on the product itself. */
addDesk({
  name: "osticket",
  match: { page: ".thread-entry, #resp_sec" },
  field: "#resp_sec .redactor-in, textarea#response, textarea#internal_note",
  message: ".thread-entry.message, .thread-entry.response",
  body: ".thread-body",
  author: ".header b",
  customer: ".thread-entry.message",
  agent: ".thread-entry.response",
  kind: (field) => (field.matches("#resp_sec *, #response") ? "reply" : "note"),
});
