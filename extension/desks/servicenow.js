"use strict";

/** ServiceNow: the classic form lives in a frame; the activity stream is guessed. Written from the product's page structure; untested on the product itself. */
addDesk({
  name: "servicenow",
  match: { page: "#activity-stream-textarea" },
  field: "#activity-stream-textarea",
  internal: ".sn-card-component_work-note, [class*=work_notes]",
  kind: (field) => (/work note/i.test(calledBy(field)) ? "note" : "reply"),
  send: ".activity-submit",
});
