"use strict";

/** Zammad, the new desktop view. */
addDesk({
  name: "zammad",
  match: { page: "[data-test-id^=article-bubble-body-]" },
  field: "[data-test-id=field-editor] [contenteditable=true], [data-test-id=field-editor][contenteditable=true]",
  message: "article:has([data-test-id^=article-bubble-body-]), .Content--customer, .Content--agent",
  body: ".inner-article-body",
  customer: ".Content--customer",
  agent: ".Content--agent",
});
