"use strict";

/**
 * The conversation as a page shows it: a desk's description where there is one, good guesses for what it leaves out.
 *
 * @typedef {object} Block  one message on the page, before anyone decided who is who
 * @property {Element} element
 * @property {string} text
 * @property {string} author
 * @property {Role | null} role  null where the page gives no hint
 * @property {string} [at]
 * @property {string} [initials]  in the writer's round picture
 * @property {boolean} [opening]  stands apart from the others, as what the ticket is about
 *
 * @typedef {object} ConversationRead
 * @property {Message[]} messages  oldest first
 * @property {string} agent
 * @property {string} customer
 * @property {Element | null} [place]  what holds them all; a change outside it changes nothing here
 */

const MAX_MESSAGES = 100;
const MAX_CHARACTERS = 200_000; // of the newest messages; the backend takes a body of 1 MB
const MAX_NAME = 200;

/** Reads what a selector of a desk points at; "selector@name" reads an attribute. @param {ParentNode} from @param {Where | undefined} pick */
function picked(from, pick) {
  if (!pick) return "";
  if (typeof pick === "function") return from instanceof Element ? pick(from).trim() : "";
  const [selector = "", attribute] = pick.split("@");
  const self = from instanceof Element && (selector === "" || from.matches(selector)) ? from : null;
  const element = self ?? (selector === "" ? null : from.querySelector(selector));
  if (!element) return "";
  return (attribute ? (element.getAttribute(attribute) ?? "") : shownText(element)).trim();
}

/** A name without the address behind it. @param {string} name */
function bareName(name) {
  const bare = name.split("\n")[0]?.replace(/\s*<[^>]*>\s*/g, " ").replace(/^[\s"']+|[\s"',:;]+$/g, "") ?? "";
  return (/\s\p{Lu}\.$/u.test(bare) ? bare : bare.replace(/[\s"'.,:;]+$/, "")).slice(0, MAX_NAME); // "Omar S." keeps its dot
}

/** @type {WeakMap<Element, {as: string, read: Block}>} */
const readBefore = new WeakMap(); // a late message costs one message, not all

/** @param {Element} block @param {Desk} desk @param {Set<string>} shared  what other messages say in the same words @returns {Block} */
function readBlock(block, desk, shared) {
  const frames = block.querySelector("iframe") !== null; // whose words may change unseen
  const as = `${desk.name} ${block.className} ${lineAbove(block)} ${rawText(block)} ${[...shared].join(" ")}`;
  const before = readBefore.get(block);
  if (before?.as === as && !frames) return { ...before.read };
  const read = readBlockAnew(block, desk, shared);
  readBefore.set(block, { as, read: { ...read } });
  return read;
}

/** @param {Element} block @param {Desk} desk @param {Set<string>} shared @returns {Block} */
function readBlockAnew(block, desk, shared) {
  const units = desk.body && desk.author ? [] : unitsOf(block);
  const initials = initialsOf(units);
  const body = (desk.body ? block.querySelector(desk.body) : null) ?? (desk.body ? block : (bodyByUnits(block, units, shared) ?? bodyOf(block)));
  const author = bareName(desk.author ? picked(block, desk.author) : (block.getAttribute("data-author") ?? (authorByUnits(body, units, shared) || authorIn(block, body))));
  /** @type {Role | null} */
  let role = null;
  if (desk.customer && holds(block, desk.customer)) role = "customer";
  else if (desk.agent && holds(block, desk.agent)) role = "agent";
  else if (desk.role) role = desk.role(block);
  else if (!desk.customer && !desk.agent) role = roleByMarkup(block, body);
  else role = desk.customer ? (desk.agent ? null : "agent") : "customer";
  const text = desk.body ? textIn(body) : wordsOf(block, body, author);
  const at = block.querySelector("time[datetime]")?.getAttribute("datetime") ?? undefined;
  return { element: block, text, author, role, at, ...(initials ? { initials } : {}) };
}

/**
 * Decides who is who where the page did not say: by names that are known, by the side on which bubbles stand, and
 * because the one who wrote first is the customer.
 * @param {Block[]} blocks  oldest first @param {string} agent  the agent's name, where known @param {Document} doc
 * @returns {Message[]}
 */
function withRoles(blocks, agent, doc) {
  const people = [...new Set(blocks.map(({ author }) => author).filter(Boolean))];
  const told = blocks.some(({ role }) => role === "agent"); // then a stranger is none of them
  const unsure = blocks.some(({ role }) => role === null);
  const own = agent || (unsure && people.length > 1 ? ownName(doc, people) : "");
  const asker = unsure && people.length > 1 ? askerName(doc, people.filter((name) => name !== own), blocks) : "";
  const mine = new Set([own.toLowerCase(), "you", "me", "us"].filter(Boolean));
  for (const block of blocks) {
    if (mine.has(block.author.toLowerCase()) || /^your /i.test(block.author)) block.role ??= "agent";
    else if (asker !== "" && block.author === asker) block.role ??= "customer";
  }
  const byName = new Map(blocks.flatMap(({ author, role }) => (author && role ? [[author, role]] : [])));
  /** @param {Role} side */
  const known = (side) => new Set([...byName].filter(([, role]) => role === side).map(([name]) => name));
  const [customers, agents] = [known("customer"), known("agent")];
  const opener = blocks[0];
  if (opener?.opening && opener.author === "") opener.author = people.find((name) => opener.text.endsWith(name)) ?? ""; // signed
  if (asker !== "" && opener?.opening && opener.author === "") Object.assign(opener, { author: asker, role: "customer" });
  // Sides count only where names do not tell people apart.
  const where = people.length > 1 && blocks.every(({ author }) => author !== "") ? blocks.map(() => null) : sides(blocks.map(({ element }) => edgesOf(element)));
  /** @param {Block} block */
  const mark = ({ author, initials }) => author || initials || "";
  return blocks.map((block, index) => {
    const { text, author, role, at } = block;
    let who = role ?? /** @type {Role | undefined} */ (byName.get(author));
    if (!who && where[index]) who = where[index] === "end" ? "agent" : "customer";
    if (!who && author !== "" && customers.size > 0) who = told ? "customer" : "agent"; // one customer, any number of agents
    if (!who && author !== "" && agents.size > 0) who = "customer";
    if (!who && opener) who = mark(block) === mark(opener) ? (opener.role ?? "customer") : opener.role === "agent" ? "customer" : "agent";
    return { role: who ?? "customer", author: ADDRESS.test(author) ? "" : author, text, ...(at ? { at } : {}) };
  });
}

/** @param {Element} block @param {Desk} desk */
function isInternal(block, desk) {
  if (typeof desk.internal === "function") return desk.internal(block);
  if (desk.internal) return holds(block, desk.internal);
  if (desk.message !== undefined) return false;
  const label = `${block.className} ${block.id} ${block.getAttribute("data-type") ?? ""} ${block.getAttribute("aria-label") ?? ""}`;
  return INTERNAL_NAME.test(label) || isLabelledInternal(block);
}

/** What a page's style writes before an element's words. @param {Element} element */
function wordsByStyle(element) {
  const content = element.ownerDocument.defaultView?.getComputedStyle(element, "::before").content ?? "";
  return content.startsWith('"') ? content.slice(1, -1).trim() : "";
}

/** Whether a message bears a mark that says so to the agent. @param {Element} block */
function isLabelledInternal(block) {
  const above = block.previousElementSibling;
  if (above && above.className !== block.className && INTERNAL_WORD.test(above.textContent ?? "") && isHeading(shownText(above).replace(/\s+/g, " "), "")) return true;
  if (partsOf(block, "[title], [aria-label]").some((part) => INTERNAL_LABEL.test(part.getAttribute("title") ?? part.getAttribute("aria-label") ?? "") && !part.matches(CONTROL))) return true;
  if (unitsOf(block).some(({ text, control }) => !control && INTERNAL_LABEL.test(text))) return true;
  if ([block, ...block.children].slice(0, 4).some((part) => INTERNAL_LABEL.test(wordsByStyle(part)))) return true;
  return INTERNAL_WORD.test(rawText(block)) && partsOf(block, "*").some((part) => part.childElementCount === 0 && (part.textContent ?? "").length < 60 && INTERNAL_WORD.test(part.textContent ?? ""));
}

const FILE_ALONE = /^(voice message|voice note|photo|image|video|sticker)(\s*·.{0,20})?$|^\S?\s*[^\n]{1,80}\.[a-z]{2,4}\s*\(?\d[\d.,]*\s?[KMG]i?B\)?$/i;

/** What a desk says about itself: "Sam assigned this ticket". @param {Block} block @param {string[]} people  who write here */
function isEvent({ text, element, author }, people) {
  if (FILE_ALONE.test(text) || /^auto-?post\b/i.test(text) || /^(the )?(system|automation|workflow)\b/i.test(author)) return true;
  if (text.length >= 140 || text.includes("\n") || /[!?]$/.test(text)) return false;
  const does = author === "" && !/[.]$/.test(text) && people.some((name) => text.startsWith(`${name} `) && /^\p{Ll}/u.test(text.slice(name.length + 1)));
  return does || EVENT.test(shownText(element));
}

/** Where messages are made of parts, a line that is none and bears no name is the page's own. @param {Block[]} blocks */
function withoutLines(blocks) {
  const made = blocks.filter(({ element }) => !hasOwnWords(element));
  return made.length < 2 || made.length * 2 < blocks.length ? blocks : blocks.filter((block) => made.includes(block) || block.author !== "" || block.text.includes("\n"));
}

/** Where messages bear an hour, what has neither an hour nor words is a title or a button. @param {Block[]} blocks */
function withoutLabels(blocks) {
  const dated = blocks.filter(({ element }) => isDated(element));
  return dated.length * 3 < blocks.length * 2 ? blocks : blocks.filter((block) => dated.includes(block) || isWords(block.text));
}

/** A heading on its own, whose words follow in the next block: rows in pairs. @param {Block[]} blocks  in the page's order */
function paired(blocks) {
  const byElement = new Map(blocks.map((block) => [block.element, block]));
  const { rows, always } = turnsOf(blocks.map(({ element }) => element));
  /** @type {Block[]} */
  const out = [];
  let head = /** @type {Block | null} */ (null);
  for (const { element, name, whole } of rows) {
    const block = byElement.get(element);
    if (!block) continue;
    const bare = whole.includes(block.text.replace(/\s+/g, " ")) && !isWords(block.text); // nothing in a frame of its own
    if (bare && name !== "" && (always || (nameIn(whole) !== "" && isHeading(whole, ""))) && rows.length > 1) {
      head = { ...block, author: name };
      continue;
    }
    out.push(head ? { ...block, author: block.author || head.author, role: block.role ?? head.role, at: block.at ?? head.at } : block);
    head = null;
  }
  return out;
}

/**
 * Where most messages bear a name, one without goes on from the one before; in front of them all it is a headline.
 * @param {Block[]} blocks  in the page's order
 */
function continued(blocks) {
  const signed = blocks.filter(({ author }) => author !== "").length;
  if (signed === blocks.length) return blocks;
  const most = signed * 3 >= blocks.length * 2;
  const where = sides(blocks.map(({ element }) => edgesOf(element)));
  /** @type {Block[]} */
  const out = [];
  for (const [index, block] of blocks.entries()) {
    const before = out.at(-1);
    const side = where[index];
    if (block.author === "" && before && side && side === where[index - 1]) out.push({ ...block, author: before.author, role: block.role ?? before.role });
    else if (!most || block.author !== "" || block.role || side) out.push(block);
    else if (before) out.push({ ...block, author: before.author, role: before.role });
  }
  return out;
}

/** The newest of many, and a few more, since some will turn out to be notes. @param {Element[]} elements @param {boolean} reversed */
function nearest(elements, reversed) {
  const most = MAX_MESSAGES + 40;
  return reversed ? elements.slice(0, most) : elements.slice(-most);
}

/**
 * @param {Desk} desk @param {HTMLElement} field @param {Document} doc  the field's own, or one around it
 * @returns {ConversationRead}
 */
function readConversation(desk, field, doc) {
  lookAnew();
  const scope = desk.conversation ? (field.closest(desk.conversation) ?? doc.querySelector(desk.conversation)) : doc;
  const around = scope ?? doc;
  const elements = desk.message
    ? [...around.querySelectorAll(desk.message)].filter((block) => desk.inTabs || isShown(block))
    : guessFor(field, doc);
  const opening = desk.message === undefined ? openingOf(elements, doc, field) : null;
  const near = nearest(elements, desk.newestFirst ?? false);
  const open = near.filter((block) => !isInternal(block, desk));
  // Where a page calls all that is said a note, the name tells nothing.
  const shown = open.length > 0 || desk.message !== undefined ? open : near.filter((block) => !isLabelledInternal(block));
  const shared = desk.body && desk.author ? new Set() : sharedTexts(shown);
  let blocks = shown.map((block) => readBlock(block, desk, shared));
  const people = [...new Set(blocks.map(({ author }) => author).filter(Boolean))];
  if (desk.message === undefined) blocks = continued(withoutLines(paired(withoutLabels(blocks.filter((block) => !isEvent(block, people))))));
  if (desk.message === undefined && blocks[0] && blocks.length === 1) blocks = linesOfLog(blocks[0]);
  if (desk.newestFirst ?? newestFirst(shown, blocks, field)) blocks.reverse();
  const about = opening ? shownText(opening).replace(/[\s.…]+$/, "") : "";
  if (opening && blocks[0]?.element !== opening && !blocks[0]?.text.startsWith(about)) blocks.unshift({ ...readBlock(opening, desk, shared), opening: true });
  blocks = newest(blocks.filter(({ text }) => text !== ""));
  const agent = bareName(picked(doc, desk.agentName));
  const messages = withRoles(blocks, agent, doc);
  const told = bareName(picked(doc, desk.customerName)) || (messages.findLast(({ role, author }) => role === "customer" && author !== "")?.author ?? "");
  const customer = told || (messages.length > 0 && !messages.some(({ author }) => author !== "") ? askerName(doc, [], blocks) : "");
  return { messages, agent, customer, place: placeOfAll(blocks) };
}

const OPENING = "[class*=description], [id*=description], [class*=issue-body], [class*=ticket-body], [class*=request-body]";

const OPENING_WORD = /^\s*(description|details|question|request|problem|message|beschreibung|anfrage|descripción)\s*:?\s*$/i;

/** Many trackers tell the first message apart from the comments, as the ticket's description. @param {Element[]} blocks @param {Document} doc @param {HTMLElement} field @returns {Element | null} */
function openingOf(blocks, doc, field) {
  const [first] = blocks;
  if (!first) return null;
  const below = [...doc.querySelectorAll("h1, h2, h3, h4, h5, h6, dt, th, label, strong")].filter((one) => OPENING_WORD.test(one.textContent ?? "")).map((one) => one.nextElementSibling);
  return [...doc.querySelectorAll(OPENING), ...below].find((one) => {
    if (!one) return false;
    const apart = !blocks.some((block) => block.contains(one) || one.contains(block)) && !one.contains(field) && !holds(one, `input, ${FIELD}`);
    return apart && isShown(one) && /[.!?]/.test(shownText(one)) && Boolean(one.compareDocumentPosition(first) & Node.DOCUMENT_POSITION_FOLLOWING);
  }) ?? null;
}

/** @param {HTMLElement} field @param {Document} doc  its own, one around it, or one beside it */
function guessFor(field, doc) {
  const inside = seenFrom(field, doc);
  return inside ? guessMessages(inside) : guessMessagesIn(doc);
}

/** What holds all messages, and those that are still to come. @param {Block[]} blocks */
function placeOfAll(blocks) {
  const [first, last] = [blocks[0]?.element, blocks.at(-1)?.element];
  let place = first ? parentOf(first) : null;
  while (place && last && !place.contains(last)) place = parentOf(place);
  return (place && parentOf(place)) ?? place;
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

/** The frames of a page that may be looked into and that are large enough for a conversation. @param {Document} doc */
function framesIn(doc) {
  const frames = /** @type {HTMLIFrameElement[]} */ ([...doc.querySelectorAll("iframe, frame")]);
  return frames.flatMap((frame) => (frame.clientHeight > 120 && frame.contentDocument?.body ? [frame.contentDocument] : []));
}

/** The conversation in a field's own page, in those around it, or in a frame beside it. @param {Desk} desk @param {HTMLElement} field @returns {ConversationRead} */
function conversationAround(desk, field) {
  const around = documentsAround(field);
  const beside = around.flatMap(framesIn).filter((doc) => !around.includes(doc));
  for (const doc of around) {
    const read = readConversation(desk, field, doc);
    if (read.messages.length > 0) return read;
  }
  for (const doc of beside) {
    const read = readConversation(desk, field, doc);
    if (read.messages.length > 0) return read;
  }
  return readConversation(desk, field, field.ownerDocument);
}

/**
 * The mail that a draft answers, where it stands quoted in the draft and nowhere else.
 * @param {string} draft @returns {ConversationRead}
 */
function quotedConversation(draft) {
  const lines = draft.split("\n");
  const at = lines.findIndex((line) => /^\s*>/.test(line));
  if (at < 0) return { messages: [], agent: "", customer: "" };
  const quoted = lines.slice(at).filter((line) => /^\s*>/.test(line)).map((line) => line.replace(/^\s*> ?/, ""));
  const text = tidy(quoted.filter((line) => !/^\s*>/.test(line)).join("\n").replace(WROTE, ""));
  const lead = lines.slice(Math.max(0, at - 3), at).reverse().find((line) => /:\s*$/.test(line)) ?? "";
  const author = leadName(lead);
  return { messages: text === "" ? [] : [{ role: "customer", author, text }], agent: "", customer: author };
}

/** The name in "On 3 March 2026 at 09:12, Mara Lindt <mara@example.org> wrote:". @param {string} lead */
function leadName(lead) {
  const bare = lead.replace(/<[^>]*>/g, " ").replace(/\s+(wrote|schrieb|a écrit|escribió)?\s*:\s*$/i, "").trim();
  const parts = bare.split(/,\s+|\b\d{1,2}:\d{2}(:\d{2})?\s*([ap]m)?\b/i).map((part) => (part ?? "").trim());
  return nameIn(parts.findLast((part) => /\p{L}{2}/u.test(part)) ?? "");
}
