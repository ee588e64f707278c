"use strict";

/** Request Tracker 5: the editor (CKEditor 4 in a frame) has a page of its own, without the conversation. Written from the product's page structure; untested on the product itself. */
addDesk({
  name: "request-tracker",
  match: { path: /\/Ticket\/(Display|Update)\.html$/ },
  field: ".cke_editable",
  message: ".transaction.message",
  body: ".messagebody",
  author: ".description .user",
  note: "#UpdateType option[value=private]:checked",
});
