"use strict";

/** Zammad, the desktop view up to version 6. */
addDesk({
  name: "zammad-classic",
  match: { page: ".ticket-article-item, .articleNewEdit-body" },
  field: ".articleNewEdit-body",
  message: ".ticket-article-item:not(.system)",
  body: ".richtext-content",
  author: ".text-muted.user, .article-meta-value",
  customer: ".ticket-article-item.customer",
  agent: ".ticket-article-item.agent",
  internal: ".ticket-article-item.is-internal",
  note: "form.articleNewEdit.is-internal, form.article-add.is-internal",
  send: ".js-submit",
});
