"use strict";

/** Trac: the description is the first message. Written from the product's page structure; untested on the product itself. */
addDesk({
  name: "trac",
  match: { page: "#propertyform #comment, #ticket .description" },
  field: "#comment",
  message: "#ticket .description, #changelog > .change",
  author: ".trac-author",
  role: () => null,
  newestFirst: false,
});
