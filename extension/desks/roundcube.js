"use strict";

/**
 * Roundcube: TinyMCE in a frame or a textarea; the draft starts with the quoted mail, which stands on its own page.
 * Written from the product's page structure; untested on the product itself.
 */
addDesk({
  name: "roundcube",
  match: { page: "#composebody, #messagebody, #composebody_ifr" },
  field: "#composebody, #tinymce",
  message: "#messagebody",
  author: (/** @type {Element} */ block) => block.ownerDocument.querySelector("#message-header .header-summary a.rcmContactAddress")?.textContent ?? "",
  role: () => "customer",
});
