"use strict";

/** Freshdesk: one item a message; private notes are marked. */
addDesk({
  name: "freshdesk",
  match: { page: ".ticket-details__item" },
  field: ".fr-element.fr-view",
  message: ".ticket-details__item",
  author: ".ticket-details__requestor, [class*=user-name]",
  customer: ".ticket-details__requestor",
  internal: ".ticket-details__privatenote",
});
