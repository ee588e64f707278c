"use strict";

/** Frappe Helpdesk: mails stand in frames of their own; notes are comments. Written from the product's page structure; untested on the product itself. */
addDesk({
  name: "frappe",
  match: { page: "[id^=communication-], .comm-area" },
  field: ".comm-area [contenteditable=true]",
  message: "[id^=communication-]",
});
