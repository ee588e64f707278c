"use strict";

/**
 * Help desks, each described in its own file. A desk says what its pages look like; reading them is
 * `content/conversation.js`. Whatever a description leaves out is guessed.
 *
 * @typedef {string | ((block: Element) => string)} Where  a selector, "selector@attribute", or a function
 *
 * @typedef {object} Desk
 * @property {string} name
 * @property {{host?: RegExp, path?: RegExp, page?: string}} match  all that are given must hold; `page` is a selector
 * @property {string} [field]  where replies are written, notes included
 * @property {string} [conversation]  the part of the page with one ticket: around the field, or the first one
 * @property {string} [message]  one message; without it the conversation is guessed
 * @property {string} [body]  a message's words, inside it
 * @property {Where} [author]
 * @property {string} [customer]  holds for a message of the customer's (or for something inside it)
 * @property {string} [agent]  the same for the agent's side
 * @property {(block: Element) => Role | null} [role]  where a selector is not enough
 * @property {string | ((block: Element) => boolean)} [internal]  messages that the customer never saw
 * @property {boolean} [inTabs]  messages count although they stand in a tab that is not open
 * @property {boolean} [newestFirst]
 * @property {string} [note]  something on the page that is there only while a note is written
 * @property {(field: HTMLElement) => DraftKind | null} [kind]
 * @property {(page: Document) => string | null} [elsewhere]  where the desk itself tells the conversation that its reply page leaves out
 * @property {string} [send]  the button that sends
 * @property {string} [agentName]
 * @property {string} [customerName]
 */

/** @type {Desk[]} */
const DESKS = [];

/** @param {Desk} desk */
function addDesk(desk) {
  DESKS.push(desk);
}

/** The desk that a page belongs to: the first that matches; the generic one always does. @param {Document} doc */
function deskOf(doc) {
  const { host = "", pathname = "" } = doc.location ?? {};
  const found = DESKS.find(({ match }) => {
    if (match.host && !match.host.test(host)) return false;
    if (match.path && !match.path.test(pathname)) return false;
    return !match.page || doc.querySelector(match.page) !== null;
  });
  if (!found) throw new Error("desks/generic.js is missing");
  return found;
}

/** The desk for a field, looked for from its own frame outwards. @param {HTMLElement} field */
function deskFor(field) {
  const desks = documentsAround(field).map(deskOf);
  return desks.find((desk) => desk.name !== "generic") ?? /** @type {Desk} */ (desks[0]);
}

/** The field that a desk's description names, in a page or in a frame of it. @param {Desk} desk @param {Document} doc @returns {HTMLElement | null} */
function namedField(desk, doc) {
  if (!desk.field) return null;
  return /** @type {HTMLElement | null} */ ([...doc.querySelectorAll(desk.field)].find(isShown) ?? null);
}
