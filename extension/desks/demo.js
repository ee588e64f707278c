"use strict";

/** The demo help desk that comes with the coach. */
addDesk({
  name: "demo",
  match: { page: "main[data-desk=empathy-demo]" },
  field: "#reply-text, #reply-rich",
  message: "article.message",
  body: ".body",
  author: "@data-author",
  customer: "[data-role=customer]",
  agent: "[data-role=agent]",
  kind: () => (document.querySelector(/** @type {"select"} */ ("#reply-kind"))?.value === "note" ? "note" : "reply"),
  send: "#send",
  agentName: "main@data-agent",
  customerName: "main@data-customer",
});
