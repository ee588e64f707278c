"use strict";

/**
 * Request Tracker 5: the editor (CKEditor 4 in a frame) has a page of its own, without the conversation, which the
 * desk's own helper tells.
 */
addDesk({
  name: "request-tracker",
  match: { path: /\/Ticket\/(Display|Update)\.html$/ },
  field: ".cke_editable, textarea#UpdateContent",
  message: ".transaction.message",
  body: ".messagebody",
  author: ".description .user",
  role: () => null, // the first to write is the customer
  internal: (block) => /-\s*Comments? added/i.test(block.querySelector(".description")?.textContent ?? ""),
  newestFirst: false,
  elsewhere: (page) => {
    const ticket = page.querySelector("input[name=id]")?.getAttribute("value");
    return ticket && new URL(page.URL).pathname.endsWith("/Update.html") ? `../Helpers/TicketHistory?id=${ticket}` : null;
  },
  kind: (field) => {
    const choice = documentsAround(field).map((page) => page.querySelector(/** @type {"select"} */ ("#UpdateType"))).find(Boolean);
    return choice?.value === "private" ? "note" : "reply";
  },
  send: "input[name=SubmitTicket]",
});
