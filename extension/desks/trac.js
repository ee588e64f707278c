"use strict";

/** Trac: the description is the first message. */
addDesk({
  name: "trac",
  match: { page: "#propertyform #comment, #ticket .description" },
  field: "#comment",
  message: "#ticket .description, #changelog > .change",
  body: ".searchable, .comment",
  author: ".trac-author, .trac-author-user",
  role: () => null,
  newestFirst: false,
  send: "#propertyform input[name=submit]",
});
