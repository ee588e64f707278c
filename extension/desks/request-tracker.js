"use strict";

/** Request Tracker 5: the editor (CKEditor 4 in a frame) has a page of its own, without the conversation. */
addDesk({
  name: "request-tracker",
  match: { path: /\/Ticket\/(Display|Update|Create|Forward)\.html$/ },
  field: ".cke_editable, textarea.messagebox",
  message: ".transaction.message",
  body: ".messagebody",
  author: ".description .user",
  note: "#UpdateType option[value=private]:checked",
  send: "input[name=SubmitTicket]",
});
