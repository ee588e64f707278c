"use strict";

/** Jira Service Management, the agent's issue view. */
addDesk({
  name: "jira-service-management",
  match: { page: "[data-testid='issue.activity.comments-list'], [data-test-id='issue.activity.comments-list']" },
  field: ".ak-editor-content-area .ProseMirror",
  conversation: "[data-testid='issue.activity.comments-list'], [data-test-id='issue.activity.comments-list']",
  message: "[data-testid^='issue-comment-base'], [data-testid='issue.activity.comments-list'] > div, [data-test-id='issue.activity.comments-list'] > div",
});
