"use strict";

/** Jira Service Management, the agent's issue view; the comments are guessed inside their list. Written from the product's page structure; untested on the product itself. */
addDesk({
  name: "jira-service-management",
  match: { page: "[data-testid='issue.activity.comments-list'], [data-test-id='issue.activity.comments-list']" },
  field: ".ak-editor-content-area .ProseMirror",
  internal: "[data-testid*=internal]",
  send: "[data-testid='comment-save-button'], [data-testid='issue-comment-base.ui.comment.save-button']",
});
