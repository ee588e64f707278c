"use strict";

/** osTicket, the staff panel: reply and internal note are two tabs. Written from the product's page structure; untested on the product itself. */
addDesk({
  name: "osticket",
  match: { page: ".thread-entry, #resp_sec" },
  field: "#reply .redactor-in, #note .redactor-in, textarea#response, textarea#internal_note",
  message: ".thread-entry.message, .thread-entry.response",
  body: ".thread-body",
  author: ".header b",
  customer: ".thread-entry.message",
  agent: ".thread-entry.response",
  kind: (field) => (field.closest("#reply, #resp_sec") ? "reply" : "note"),
  send: "form#reply input.save.pending",
  agentName: "#info strong",
});
