"use strict";

/** ServiceNow: the classic form lives in a frame; the conversation is guessed. */
addDesk({
  name: "servicenow",
  match: { page: "#activity-stream-textarea" },
  field: "#activity-stream-textarea",
  kind: (field) => (/work notes/i.test(calledBy(field)) ? "note" : null),
});
