"use strict";

/** Freshdesk: one item a message; private notes are marked. Written from the product's page structure; untested on the product itself. */
addDesk({
  name: "freshdesk",
  match: { page: ".ticket-details__item" },
  field: ".fr-element.fr-view",
  message: ".ticket-details__item",
  customer: ".ticket-details__requestor",
  internal: ".ticket-details__privatenote",
});
