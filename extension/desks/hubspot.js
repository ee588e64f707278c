"use strict";

/** HubSpot's inbox; the conversation is guessed. */
addDesk({
  name: "hubspot",
  match: { host: /(^|\.)hubspot\.com$/ },
  field: "[data-test-id=rte-content] .ProseMirror, .ProseMirror[data-test-id=rte-content]",
});
