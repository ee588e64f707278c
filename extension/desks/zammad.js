"use strict";

/** Zammad, the new desktop view. Written from the product's page structure; untested on the product itself. */
addDesk({
  name: "zammad",
  match: { page: "[data-test-id^=article-bubble-body-]" },
  field: "[data-test-id=field-editor] [contenteditable=true], [data-test-id=field-editor][contenteditable=true]",
  message: "[data-test-id^=article-bubble-body-]",
  body: ".inner-article-body",
  author: (/** @type {Element} */ block) => {
    const bubble = block.closest("[id^=article-]") ?? block;
    return bubble.querySelector("[aria-label^='Avatar (']")?.getAttribute("aria-label")?.match(/\((.*)\)/)?.[1] ?? "";
  },
  role: (block) => {
    /** @param {string} side */
    const is = (side) => block.closest(side) !== null || block.querySelector(side) !== null;
    if (is(".Content--customer")) return "customer";
    return is(".Content--agent") ? "agent" : null;
  },
  internal: ".is-internal, [class*=internal]",
  kind: (field) => (field.closest("form")?.querySelector("[data-test-id=article-visibility-internal][aria-pressed=true], [class*=internal]") ? "note" : "reply"),
  send: "[data-test-id=ticket-update], button[form][type=submit]",
});
