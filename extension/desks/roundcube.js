"use strict";

/** Roundcube: TinyMCE in a frame or a textarea; the mail that is answered stands quoted in the draft. */
addDesk({
  name: "roundcube",
  match: { page: "#composebody, #messagebody, #composebody_ifr" },
  field: "#composebody, #tinymce",
  message: "#messagebody",
  author: (/** @type {Element} */ block) => block.ownerDocument.querySelector("#message-header .header-summary a.rcmContactAddress")?.textContent ?? "",
  role: () => "customer",
  send: "#compose-content button.send, #toolbar-menu a.send",
  agentName: "#_from option:checked",
});
