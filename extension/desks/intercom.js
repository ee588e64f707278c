"use strict";

/** Intercom's inbox: groups of parts, whose sides and names are guessed. Written from the product's page structure; untested on the product itself. */
addDesk({
  name: "intercom",
  match: { page: ".embercom-prosemirror-composer-editor" },
  field: ".embercom-prosemirror-composer-editor",
  conversation: "[data-testid=conversation-stream-scroll-container]",
  message: "[data-part-group-id]",
  send: "[data-testid=composer] button[class*=send], .inbox2__composer button[class*=primary]",
});
