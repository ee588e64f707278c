"use strict";

/**
 * The content scripts, in the order in which they load. A new desk or a new way of writing back is its own small
 * file and one line here; the first that matches wins, so the general ones stay last.
 */
const CONTENT_SCRIPTS = [
  "lib/api.js",
  "lib/words.js",
  "lib/diff.js",
  "lib/look.js",
  "content/dom.js",
  "content/text.js",
  "content/fields.js",
  "content/guess.js",
  "content/conversation.js",
  "desks/index.js",
  "desks/demo.js",
  "desks/django-helpdesk.js",
  "desks/roundup.js",
  "desks/generic.js",
  "editors/index.js",
  "editors/textarea.js",
  "editors/before-input.js",
  "editors/paste.js",
  "editors/exec-command.js",
  "content/apply.js",
  "content/place.js",
  "content/marks.js",
  "content/panel-look.js",
  "content/panel-parts.js",
  "content/panel.js",
  "content/view.js",
  "content/session.js",
  "content/main.js",
];
