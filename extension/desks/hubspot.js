"use strict";

/** HubSpot's inbox; the conversation is guessed. Written from the product's page structure; untested on the product itself. */
addDesk({
  name: "hubspot",
  match: { page: "[data-test-id=rte-content]" },
  field: "[data-test-id=rte-content] .ProseMirror, .ProseMirror[data-test-id=rte-content]",
});
