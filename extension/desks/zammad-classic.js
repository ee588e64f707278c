"use strict";

/** Zammad, the older desktop view; several tickets stay in the page, and only what is shown counts. Written from the product's page structure; untested on the product itself. */
addDesk({
  name: "zammad-classic",
  match: { page: ".ticket-article-item, .articleNewEdit-body" },
  field: ".articleNewEdit-body",
  conversation: ".ticketZoom, .content.active",
  message: ".ticket-article-item.customer, .ticket-article-item.agent",
  body: ".richtext-content",
  author: ".article-meta-row .user-popover, .article-meta-value, [data-name=from]",
  customer: ".ticket-article-item.customer",
  agent: ".ticket-article-item.agent",
  internal: ".is-internal",
  note: "form.article-add.is-internal",
  send: ".js-submit",
});
