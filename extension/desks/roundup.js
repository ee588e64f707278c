"use strict";

/** Roundup 2: a row with author and date, then a row with the words; newest first; nobody is marked as customer. */
addDesk({
  name: "roundup",
  match: { page: "textarea[name='@note'], table.messages" },
  field: "textarea[name='@note']",
  message: "table.messages td.content",
  body: "pre",
  author: (/** @type {Element} */ block) => {
    const heading = block.parentElement?.previousElementSibling?.textContent ?? "";
    return (heading.match(/Author:\s*([^\n]+?)\s*(\n|Date:|$)/)?.[1] ?? "").trim();
  },
  role: () => null, // the first to write is the customer
  newestFirst: true,
  send: "#submit_button, [name=submit_button]",
  agentName: "#user-menu, .sidebar .userblock b, .userblock b",
});
