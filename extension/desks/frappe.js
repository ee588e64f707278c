"use strict";

/**
 * Frappe Helpdesk: mails stand in frames of their own, notes are comments, and reply and comment have a box each.
 * Written from the product's page structure; untested on the product itself.
 */
addDesk({
  name: "frappe",
  match: { page: "[id^=communication-], .comm-area" },
  field: ".comm-area [contenteditable=true]",
  message: "[id^=communication-]",
  body: "iframe[srcdoc], .email-content",
  author: (/** @type {Element} */ block) => (shownText(block).split("\n")[0] ?? "").replace(/\s*<.*/, ""),
  role: () => null, // the first to write is the customer
  kind: (field) => (/^comment/i.test(textOfSend(field)) ? "note" : "reply"),
  send: ".comm-area button[type=submit], .comm-area button.btn-solid",
});
