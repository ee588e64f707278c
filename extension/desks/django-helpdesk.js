"use strict";

/** django-helpdesk 2: conversation and reply field are two tabs, so one of them is always hidden. */
addDesk({
  name: "django-helpdesk",
  match: { page: "#followup-list, #ticket-respond-form, #commentBox" },
  field: "#commentBox",
  message: "#followup-list > li",
  body: "div.mt-3",
  inTabs: true,
  internal: ".fa-lock",
  author: (/** @type {Element} */ block) => {
    const mailed = block.querySelector("h6, h5")?.textContent?.match(/E-Mail Received from\s+(.+)/i)?.[1];
    return mailed ?? block.querySelector("small")?.textContent?.match(/·\s*([^·\n]+)\s*$/)?.[1] ?? "";
  },
  role: (block) => {
    if (/E-Mail Received from/i.test(block.querySelector("h6, h5")?.textContent ?? "")) return "customer";
    return /·\s*\S/.test(block.querySelector("small")?.textContent ?? "") ? "agent" : "customer";
  },
  kind: () => (document.querySelector(/** @type {"input"} */ ("#id_public"))?.checked === false ? "note" : "reply"),
  send: "#ticket-respond-form [type=submit]",
});
