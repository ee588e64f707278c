"use strict";

/** Freshdesk: one item a message; private notes are marked. Written from the product's page structure; untested on the product itself. */
addDesk({
  name: "freshdesk",
  match: { page: ".ticket-details__item" },
  field: ".fr-element.fr-view",
  message: ".ticket-details__item",
  body: ".ticket-details__item--content, [class*=content]",
  author: ".ticket-details__name, [class*=user-name], [class*=__name], strong",
  customer: ".ticket-details__requestor",
  internal: ".ticket-details__privatenote",
  note: ".ticket-editor--note, [data-test-id=note-editor]",
  send: "[data-test-id=send-reply], .ticket-editor button.btn-primary",
});
