"use strict";

/** Trac: the description is the first message; old comments may stand first or last. Written from the product's page structure; untested on the product itself. */
addDesk({
  name: "trac",
  match: { page: "#propertyform #comment, #ticket .description" },
  field: "#comment",
  message: "#ticket .description, #changelog > .change:has(.comment)",
  body: ".comment, .searchable",
  author: (/** @type {Element} */ block) => {
    const around = block.matches(".description") ? (block.closest("#ticket") ?? block) : block;
    return around.querySelector(".trac-author, .trac-author-user")?.textContent ?? "";
  },
  role: () => null, // the first to write is the customer
  newestFirst: false,
  send: "#propertyform input[name=submit]",
});
