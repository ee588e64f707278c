"use strict";

/**
 * The conversation as a page shows it: a desk's description where there is one, good guesses for what it leaves out.
 *
 * @typedef {object} Block  one message on the page, before anyone decided who is who
 * @property {string} text
 * @property {string} author
 * @property {Role | null} role  null where the page gives no hint
 * @property {number} left  where its words begin, in pixels: bubbles on the right are the agent's own
 * @property {string} [at]
 *
 * @typedef {object} ConversationRead
 * @property {Message[]} messages  oldest first
 * @property {string} agent
 * @property {string} customer
 */

const CUSTOMER_NAME =
  /(^|[^a-z])(customer|client|requester|requestor|end-?user|enduser|visitor|guest|contact|incoming|inbound|received|reporter|buyer|shopper|patient|student|theirs?|left)([^a-z]|$)/i;
const AGENT_NAME =
  /(^|[^a-z])(agent|staff|operator|support|admin|assignee|outgoing|outbound|sent|mine|own|self|is-me|team|helpdesk|moderator|response|ours|right)([^a-z]|$)/i;
const INTERNAL_NAME = /(^|[^a-z])(internal|private|note|whisper|system-?(event|message)?|audit)([^a-z]|$)/i;
const MAX_MESSAGES = 100;
const MAX_CHARACTERS = 200_000; // of the newest messages; the backend takes a body of 1 MB
const MAX_NAME = 200;

/** Reads what a selector of a desk points at; "selector@name" reads an attribute. @param {ParentNode} from @param {Where | undefined} pick */
function picked(from, pick) {
  if (!pick) return "";
  if (typeof pick === "function") return from instanceof Element ? pick(from) : "";
  const [selector = "", attribute] = pick.split("@");
  const self = from instanceof Element && (selector === "" || from.matches(selector)) ? from : null;
  const element = self ?? (selector === "" ? null : from.querySelector(selector));
  if (!element) return "";
  return (attribute ? (element.getAttribute(attribute) ?? "") : shownText(element)).trim();
}

/** A message's words, also where they stand in a frame of the same origin. @param {Element} body */
function textIn(body) {
  const frame = body.matches("iframe") ? body : body.querySelector("iframe");
  const inside = frame ? /** @type {HTMLIFrameElement} */ (frame).contentDocument?.body : null;
  return shownText(inside ?? body);
}

/** @param {Element} block @returns {Role | null} */
function roleByMarkup(block) {
  const near = [block, block.firstElementChild, block.children.length === 1 ? block.firstElementChild?.firstElementChild : null];
  for (const element of near) {
    if (!element) continue;
    const name = markupName(element);
    const customer = CUSTOMER_NAME.test(name);
    const agent = AGENT_NAME.test(name);
    if (customer !== agent) return customer ? "customer" : "agent";
  }
  for (const label of block.querySelectorAll("[class*=badge], [class*=label], [class*=role], [class*=tag], small, em")) {
    const word = shownText(label);
    if (word.length > 24) continue;
    if (/^\W*(staff|agent|support|team|operator|admin|moderator|employee|you|me)\b/i.test(word)) return "agent";
    if (/^\W*(customer|client|requester|visitor|user|guest|reporter)\b/i.test(word)) return "customer";
  }
  return null;
}

/** @param {Element} block @param {Desk} desk @returns {Block} */
function readBlock(block, desk) {
  const body = (desk.body ? block.querySelector(desk.body) : null) ?? (desk.body ? block : bodyOf(block));
  const author = desk.author ? picked(block, desk.author) : authorIn(block, body);
  /** @type {Role | null} */
  let role = null;
  if (desk.customer && holds(block, desk.customer)) role = "customer";
  else if (desk.agent && holds(block, desk.agent)) role = "agent";
  else if (desk.role) role = desk.role(block);
  else if (!desk.customer && !desk.agent) role = roleByMarkup(block);
  else role = desk.customer ? (desk.agent ? null : "agent") : "customer";
  const text = body.matches("iframe") || body.querySelector("iframe") ? textIn(body) : desk.body ? shownText(body) : wordsOf(block, body);
  const at = block.querySelector("time[datetime]")?.getAttribute("datetime") ?? undefined;
  return { text, author: author.slice(0, MAX_NAME), role, left: leftOf(body), at };
}

/**
 * Decides who is who where the page did not say: by names that are known, by the side on which bubbles stand, and
 * because the one who wrote first is the customer.
 * @param {Block[]} blocks  oldest first @param {string} agent  the agent's name, where known
 * @returns {Message[]}
 */
function withRoles(blocks, agent) {
  const mine = new Set([agent.toLowerCase(), "you", "me"].filter(Boolean));
  for (const block of blocks) if (mine.has(block.author.toLowerCase())) block.role ??= "agent";
  const byName = new Map(blocks.flatMap(({ author, role }) => (author && role ? [[author, role]] : [])));
  const opener = blocks[0];
  const edge = Math.min(...blocks.map(({ left }) => left));
  const bubbles = blocks.some(({ left }) => left - edge > BUBBLE_SHIFT);
  return blocks.map(({ text, author, role, left, at }) => {
    let who = role ?? /** @type {Role | undefined} */ (byName.get(author));
    if (!who && bubbles) who = left - edge > BUBBLE_SHIFT ? "agent" : "customer";
    if (!who && opener) who = author === opener.author ? (opener.role ?? "customer") : opener.role === "agent" ? "customer" : "agent";
    return { role: who ?? "customer", author, text, ...(at ? { at } : {}) };
  });
}

/** Whether blocks go from new to old. @param {Element[]} elements @param {Block[]} blocks @param {HTMLElement} field */
function newestFirst(elements, blocks, field) {
  const times = blocks.map(({ at }) => (at ? Date.parse(at) : NaN));
  const [first = NaN, last = NaN] = [times[0], times.at(-1)];
  if (first !== last && !Number.isNaN(first - last)) return first > last;
  const block = elements[0];
  if (!block || block.ownerDocument !== field.ownerDocument) return false;
  return Boolean(field.compareDocumentPosition(block) & Node.DOCUMENT_POSITION_FOLLOWING);
}

/** @param {Element} block @param {Desk} desk */
function isInternal(block, desk) {
  if (desk.internal) return holds(block, desk.internal);
  return desk.message === undefined && INTERNAL_NAME.test(`${block.className} ${block.id}`);
}

/**
 * @param {Desk} desk @param {HTMLElement} field @param {Document} doc  the field's own, or one around it
 * @returns {ConversationRead}
 */
function readConversation(desk, field, doc) {
  const scope = desk.conversation ? (field.closest(desk.conversation) ?? doc.querySelector(desk.conversation)) : doc;
  const elements = desk.message
    ? [...(scope ?? doc).querySelectorAll(desk.message)].filter((block) => desk.inTabs || isShown(block))
    : guessMessages(doc, doc === field.ownerDocument ? field : (frameOf(field) ?? field));
  const shown = elements.filter((block) => !isInternal(block, desk));
  let blocks = shown.map((block) => readBlock(block, desk));
  if (desk.newestFirst ?? (desk.message === undefined && newestFirst(shown, blocks, field))) blocks.reverse();
  blocks = newest(blocks.filter(({ text }) => text !== ""));
  const agent = picked(doc, desk.agentName).slice(0, MAX_NAME);
  const messages = withRoles(blocks, agent);
  const customer = picked(doc, desk.customerName) || (messages.findLast(({ role }) => role === "customer")?.author ?? "");
  return { messages, agent, customer: customer.slice(0, MAX_NAME) };
}

/** As many of the newest messages as one request may hold. @param {Block[]} blocks  oldest first */
function newest(blocks) {
  let used = 0;
  const kept = [];
  for (const block of blocks.slice(-MAX_MESSAGES).reverse()) {
    used += block.text.length;
    if (used > MAX_CHARACTERS) break;
    kept.unshift(block);
  }
  return kept;
}

/** The frame that a field lives in, as the page around it sees it. @param {HTMLElement} field */
function frameOf(field) {
  return /** @type {HTMLElement | null} */ (field.ownerDocument.defaultView?.frameElement ?? null);
}

/** The documents around a field that its frame may look into, from the inside out. @param {HTMLElement} field */
function documentsAround(field) {
  const documents = [field.ownerDocument];
  let view = field.ownerDocument.defaultView;
  while (view?.frameElement) {
    documents.push(view.frameElement.ownerDocument);
    view = view.parent === view ? null : /** @type {Window & typeof globalThis} */ (view.parent);
  }
  return documents;
}

/** Whether the draft is a note that the customer will not see. @param {Desk} desk @param {HTMLElement} field @returns {DraftKind} */
function kindOf(desk, field) {
  if (desk.kind) {
    const kind = desk.kind(field);
    if (kind) return kind;
  }
  if (desk.note && documentsAround(field).some((doc) => doc.querySelector(desk.note ?? "") !== null)) return "note";
  if (desk.note || desk.kind) return "reply";
  return /\b(internal|private|staff)\b.{0,12}\b(note|comment)|\bnote to (self|team)/i.test(calledBy(field)) ? "note" : "reply";
}
