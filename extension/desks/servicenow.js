"use strict";

/** ServiceNow: the classic form lives in a frame; the conversation is guessed. Written from the product's page structure; untested on the product itself. */
addDesk({
  name: "servicenow",
  match: { page: "#activity-stream-textarea" },
  field: "#activity-stream-textarea",
});
