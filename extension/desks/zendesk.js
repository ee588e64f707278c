"use strict";

/** Zendesk Agent Workspace. Several tickets stay in the page; only messages that are shown count. Written from the product's page structure; untested on the product itself. */
addDesk({
  name: "zendesk",
  match: { page: "[data-test-id=omni-log-comment-item], [data-test-id^=omnicomposer]" },
  field: "[data-test-id=omnicomposer-rich-text-ckeditor]",
  message: "article[data-test-id=omni-log-comment-item]",
  body: "[data-test-id=omni-log-item-message]",
  author: "[data-test-id=omni-log-item-sender]",
  customer: "[data-test-id=omni-log-item-message][type=end-user]",
  agent: "[data-test-id=omni-log-item-message][type=agent]",
  internal: "[data-test-id=omni-log-internal-note-tag]",
  kind: (field) => {
    const buttons = field.ownerDocument.querySelectorAll("[data-test-id=omnichannel-channel-switcher-button]");
    const shown = [...buttons].find(isShown);
    return shown && /internal/i.test(shown.textContent ?? "") ? "note" : "reply";
  },
  send: "[data-test-id=submit_button-button]",
});
