"use strict";

/** Zammad, the older desktop view. Written from the product's page structure; untested on the product itself. */
addDesk({
  name: "zammad-classic",
  match: { page: ".ticket-article-item, .articleNewEdit-body" },
  field: ".articleNewEdit-body",
  message: ".ticket-article-item.customer, .ticket-article-item.agent",
  body: ".richtext-content",
  customer: ".ticket-article-item.customer",
  agent: ".ticket-article-item.agent",
  note: "form.article-add.is-internal",
});
