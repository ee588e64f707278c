"use strict";

/** Who wrote a message and when, and which side they are on, by what people and pages commonly say. */

const CUSTOMER_NAME =
  /(^|[^a-z])(customer|client|requester|requestor|end-?user|enduser|visitor|guest|contact|incoming|inbound|received|reporter|(?:msg|message|bubble|chat)[-_]+in|buyer|shopper|patient|student|theirs?|them|left)([^a-z]|$)/i;
const AGENT_NAME =
  /(^|[^a-z])(agent|staff|operator|support|admin|assignee|outgoing|outbound|sent|(?:msg|message|bubble|chat)[-_]+out|mine|own|self|me|is-me|from-me|team|helpdesk|moderator|response|ours|us|right|employee)([^a-z]|$)/i;
const INTERNAL_NAME = /(^|[^a-z])(internal|private|priv|whisper|system-?(event|message)?|audit)([^a-z]|$)|(^|\s)(\w+[-_]+)*note(\s|$)/i;
const AGENT_WORD = /(^|[\s([·|,–—-])(staff|agent|support( team)?|team|operator|admin(istrator)?|moderator|maintainer|collaborator|employee|outbound|outgoing|ausgang|mitarbeiter(in)?|agente|conseill(er|ère)|担当者?|スタッフ|客服|상담원)([\s)\]·|,:–—-]|$)/i;
const CUSTOMER_WORD = /(^|[\s([·|,–—-])(customer|client|requester|requestor|visitor|end[ -]?user|guest|reporter|inbound|incoming|eingang|kund(e|in)|client[ea]?|お客様|顧客|客户|고객)([\s)\]·|,:–—-]|$)/i;
const INTERNAL_WORD = /(internal|private|staff)[ -]?(note|comment|only|(users|team|staff) only)|(interne|private) (notiz|anmerkung)|note (interne|privée)|nota (interna|privada)|not visible to (the )?(customer|client|requester)|(only )?visible to (agents|staff|(your|the) team)( only)?/i;
/** What stands on its own beside a note's author. */
const INTERNAL_LABEL = /^((added|left) (a |an )?)?((private|internal)( (note|comment|message|reply))?|staff (note|comment)|note( (modified|added|created|left) by .{1,60})?|whisper|interne? notiz|notiz|note (interne|privée)|nota (interna|privada))$/i;
/** What a desk writes among the messages about itself. */
const EVENT =
  /\b((was |been )?(re)?assigned( (to|this|the)|$)|(changed|set|updated) (the )?(status|priority|assignee|group|type|subject)|(status|priority|assignee)( was)? (changed|set)|ticket( was)? (re)?(opened|closed|merged|created|solved|transferred|escalated|moved)|(added|removed) .{0,24}(tags?|labels?)|(chat|conversation|session)( was)? (started|ended|opened|closed)|is (on page|viewing|typing)|attached .{1,60} to (this|the)|(joined|left) the (chat|conversation)|marked as (solved|resolved|pending|open|read|spam|off-topic|outdated|a? ?duplicate))\b/i;
const AUTHOR_PLACE =
  "[class*=author], [class*=sender], [class*=user-name], [class*=username], [class*=from], [class*=person], [rel=author], [itemprop=author], [class*=name], [data-author], cite, address, h2, h3, h4, h5, h6, strong, b";
const TIME =
  /\d{1,2}[:.h]\d{2}\b|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\b(19|20)\d\d\b|\b(\d+|an?|few) ?(s|sec(ond)?s?|m|min(ute)?s?|h|hours?|d|days?|weeks?|months?|years?) ago\b|(^|[·|•,–—] ?)\d{1,3} ?(s|m|min|h|hrs?|d|w|mo|y)$|\b(yesterday|today|just now|ago|gestern|heute|ayer|aujourd'hui)\b|\b\d{1,2}\.? (jan|feb|mar|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)|\b(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?)\.? \d{1,2}\b/i;
const LEADING_TIME = new RegExp(`^\\W*((${TIME.source})[a-z]*[\\s,;|·(-]*(at |um |uhr|am\\b|pm\\b)?[\\s,;|·)-]*)+(?=\\p{L})`, "iu");
const DAY = /^(mon|tues|wednes|thurs|fri|satur|sun)day$/i;
/** Nothing but a day or an hour. @param {string} text */
function isTimeAlone(text) {
  if (DAY.test(text)) return true;
  if (text.length > 40 || !TIME.test(text)) return false;
  const rest = text.replace(new RegExp(TIME.source, "gi"), " ").replace(/\b(at|on|am|pm|um|uhr|mon|tue|wed|thu|fri|sat|sun|read|seen|sent|delivered|edited)[a-z]*\b/gi, " ");
  return (rest.match(/\p{L}/gu) ?? []).length < 4;
}

const VERB = /\s+(wrote|writes|said|says|replied|responded|commented|posted|asked|answered|added|created|reported|opened|sent|via|schrieb|antwortete|hat geantwortet|a (écrit|répondu|ajouté)|escribió|respondió)(?=\s|:|$).*$/iu;

const BETWEEN_NAMES = /^(van|von|vom|zu|zur|de|den|der|des|del|della|di|da|do|dos|du|la|le|las|los|bin|ibn|al|el|y|e|und|and|et|of|the|from|at|team|support|service|care|desk|staff)$/;

/** "Lindt, Mara", with a day or whatever behind it. */
const SURNAME_FIRST = /^(\p{Lu}[\p{L}'’-]+, \p{Lu}[\p{L}'’-]+)(?=$|,|\s*[·|•(–—]|\s+(-\s|\d))/u;
const LABELLED = /^\s*(from|sender|author|von|absender|de|name|(sent|written|posted) by)\s*:/i;

/** A person's name out of a line that also says when, how and from which address. @param {string} line */
function nameIn(line) {
  const [, surname = ""] = SURNAME_FIRST.exec(line.replace(LABELLED, "").trim()) ?? [];
  const given = surname.split(", ")[1] ?? "";
  if (given !== "" && !TIME.test(given) && !/^(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?$/i.test(given) && !GREETING.test(surname) && !AGENT_WORD.test(` ${given} `) && !CUSTOMER_WORD.test(` ${given} `)) return surname;
  const by = /\bby\s+(\p{Lu}.*)$/u.exec(line)?.[1]; // "Created: 2 days ago by Mara Lindt"
  const name = (by ?? line)
    .replace(LEADING_TIME, "") // "2 March 2026 09:12, Mara Lindt:"
    .replace(/^\s*(#\d+|[·|•,–—-])\s*/, "")
    .replace(/^@(?=\p{L})/u, "")
    .replace(/<[^>]*>|\([^)]*\)|\[[^\]]*\]/g, " ")
    .replace(/^\s*(message|reply|comment|mail|e-?mail|note)?\s*(from|by|author|name|von|de)\s*:?\s+/i, "")
    .replace(/^\s*(customer|client|cliente|kund(?:e|in)|agent|agente|staff|support|requester|reporter|author|from|sender|absender|(sent|written|posted) by)\s*:\s*/i, "")
    .replace(VERB, "")
    .replace(/(\s+at|\s+on|\s*[·|•,–—@]|\s+-)\s.*$/i, "")
    .replace(/^[\p{S}\s]+|[\p{S}\s:·|•,–—-]+$/gu, "")
    .trim();
  if (/^your (property|team|shop|store|company|business|hotel|host)$/i.test(name)) return name;
  const cut = TIME.exec(name);
  const kept = (cut ? name.slice(0, cut.index) : name).replace(/(\s+(le|el|il|am|um|on|at|op))?[\s:·|•,–—-]*$/i, "").trim();
  const plausible = kept.length > 1 && kept.length < 60 && /\p{L}/u.test(kept) && !/([^\p{Lu}]\.|[!?;。！？])$/u.test(kept) && kept.split(/\s+/).length <= 5;
  const words = kept.split(/\s+/);
  if (words.length > 1 && !LABELLED.test(line) && words.some((word) => /^\p{Ll}/u.test(word) && !BETWEEN_NAMES.test(word))) return ""; // "The wedding is"
  if (!plausible || EVENT.test(kept) || GREETING.test(kept) || /^\p{Lu}{1,3}$/u.test(kept)) return ""; // the last: initials in a round picture
  return /^((date|to|cc|sent|re|subject|status|priority|recipient|receiver|empfänger)\b.*|fwd?|at|on|um|uhr|am|pm|internal note|private note|note|message|comment|reply|today|yesterday|staff|agent|customer|support|from|sender|recipient|received|eingang|ausgang|eingehend|ausgehend|entrante?|sortant|saliente|read|seen|delivered|viewed|opened|edited|inbound|outbound|incoming|outgoing|description|created|updated|posted|added|quote|edit|delete|share|permalink|show more|more|details|contact|(comment|post|reply|message|note) #?\d+|(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?|on (mon|tue|wed|thu|fri|sat|sun).*)$/i.test(kept) ? "" : kept;
}

/** A line above a message that says who or when. @param {string} line @param {string} author */
function isHeading(line, author) {
  const words = line.trim();
  if (words === "" || words === author || /^(description|beschreibung)$|^(to|an|cc):? (me|mich|\S+@\S+)$/i.test(words) || /^\p{Lu}{1,3}$/u.test(words)) return true; // the last: initials in a round picture
  if (words.length < 24 && (AGENT_WORD.test(` ${words} `) || CUSTOMER_WORD.test(` ${words} `)) && !/[.!?]$/.test(words) && !GREETING.test(words)) return true;
  if (words.length >= 90 || /[!?;]$/.test(words)) return false;
  if (VERB.test(words) && /:$|\d$|\bthis( message| comment)?$/.test(words)) return true;
  return (TIME.test(words) && !/[.!?]$/.test(words) && words.length < 64) || (author !== "" && words.startsWith(author) && words.length < author.length + 40);
}

/** Who wrote a message, where the page says so. @param {Element} block @param {Element} body */
function authorIn(block, body) {
  const named = block.getAttribute("data-author") ?? block.getAttribute("data-sender-name");
  if (named) return named.trim();
  const opening = shownText(block);
  for (const place of partsOf(block, AUTHOR_PLACE)) {
    if ((body !== block && body.contains(place)) || place.closest(QUOTE)?.contains(body) === false) continue;
    if (body === block && /^(strong|b)$/.test(place.localName) && !opening.startsWith(shownText(place))) continue; // bold words of a message
    const name = nameIn(shownText(place).split("\n")[0] ?? "");
    if (name) return name;
  }
  const label = block.getAttribute("aria-label") ?? "";
  const told = /\b(?:from|by)\s+/i.test(label) || VERB.test(label) || (TIME.test(label) && label.length < 60) ? nameIn(label.replace(/^.*?\b(from|by)\s+/i, "")) : "";
  return told || authorAbove(block, body) || authorPictured(block) || sentBy(block);
}

/** The name that shows when one points at a tick or an hour. @param {Element} block */
function sentBy(block) {
  return partsOf(block, "[title]").map((part) => /^(?:sent|written|posted) by (.+)/i.exec(part.getAttribute("title") ?? "")?.[1]).find(Boolean) ?? "";
}

/** The name in front of a message's words, or in the line above it. @param {Element} block @param {Element} body */
function authorAbove(block, body) {
  const parts = headOf(block, body);
  const lines = parts.flatMap((part) => part.split("\n"));
  const label = lines.findIndex((line) => /^(from|author|by|von|de)\s*:?$/i.test(line));
  if (label >= 0 && nameIn(lines[label + 1] ?? "")) return nameIn(lines[label + 1] ?? "");
  for (const line of lines) {
    const told = /^from:/i.test(line) || ((VERB.test(line) || TIME.test(line)) && isHeading(line, ""));
    if (line.length < 90 && told && nameIn(line)) return nameIn(line);
  }
  const dated = lines.some((line) => TIME.test(line) && line.length < 64);
  const [first = ""] = lines;
  // A short line alone, then the words: "Mara Lindt" or "Mara Lindt (customer)".
  const alone = (body !== block || dated || lines.length > 1) && first.length < 40 && /^[\p{Lu}\p{Lo}]/u.test(first) && !/[.!?,;…]$/.test(first);
  if (alone && !/^(hi|hello|dear|hey|good|thanks|hallo|bonjour|hola)\b/i.test(first) && !TIME.test(first)) {
    const name = lines.slice(0, 3).map((line) => (/^\p{Lu}{1,3}$/u.test(line) ? "" : nameIn(line))).find(Boolean);
    if (name && name.split(/\s+/).length <= 4) return name;
  }
  return nameIn(lineAbove(block).split("\n")[0] ?? "");
}

/** A heading that stands before a block and belongs to it. @param {Element} block */
function lineAbove(block) {
  const before = block.previousElementSibling ?? (block.matches("p:not([class])") ? block.parentElement?.previousElementSibling : null);
  if (!before || (before.textContent ?? "").length > 400) return "";
  const above = shownText(before);
  const other = before.className !== block.className && !/^(p|li|tr)$/.test(before.localName);
  const heads = /^(dt|h[2-6]|header|th)$/.test(before.localName) || (other && TIME.test(above) && nameIn(above.split("\n")[0] ?? "") !== "");
  return heads && above.length < 90 ? above : "";
}

/** What a block says before its body, one entry for each element with words of its own; from the block alone, its first few. @param {Element} block @param {Element} body @returns {string[]} */
function headOf(block, body) {
  /** @type {string[]} */
  const parts = [];
  let over = false;
  /** @param {Element | ShadowRoot} from */
  const collect = (from) => {
    for (const child of from.children) {
      over ||= child === body;
      if (over || parts.length >= 6) return;
      if (child.matches(QUOTE)) continue;
      const own = [...child.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? "").trim() !== "");
      const text = own && !child.matches(NOT_WORDS.replace("time, ", "")) ? shownText(child) : "";
      if (text !== "" && text.length < 200) parts.push(text);
      if (text === "" && !own) collect(child.shadowRoot ?? child);
    }
  };
  collect(block.shadowRoot ?? block);
  if (body !== block) return parts;
  const first = shownText(block).split("\n").slice(0, 3);
  return parts.length > 1 ? parts.slice(0, -1) : first.length > 1 ? first : [];
}

/** The name under a picture. @param {Element} block */
function authorPictured(block) {
  for (const picture of partsOf(block, "img[alt], [role=img][aria-label], [class*=avatar][title], [class*=avatar][aria-label]")) {
    const words = picture.getAttribute("alt") || picture.getAttribute("aria-label") || picture.getAttribute("title") || "";
    const name = nameIn(words.replace(/\b(avatar|photo|picture|profile)( (picture|photo|image))?( (of|for))?\b|'s\b/gi, " ").replace(/\s+/g, " "));
    if (name && /^\p{Lu}/u.test(name)) return name;
  }
  return "";
}

/** @param {Element} block @param {Element} [body]  words in it are the writer's @returns {Role | null} */
function roleByMarkup(block, body = block) {
  const near = [block, block.firstElementChild, block.children.length === 1 ? block.firstElementChild?.firstElementChild : null];
  for (const element of near) {
    if (!element) continue;
    const name = markupName(element).replace(/aria-label/g, "");
    const customer = CUSTOMER_NAME.test(name);
    const agent = AGENT_NAME.test(name);
    if (customer !== agent) return customer ? "customer" : "agent";
  }
  /** @type {(words: string) => Role | null} */
  const byWord = (words) => {
    const agent = AGENT_WORD.test(` ${words} `);
    const customer = CUSTOMER_WORD.test(` ${words} `);
    return agent === customer ? null : agent ? "agent" : "customer";
  };
  for (const label of partsOf(block, "[class*=badge], [class*=label], [class*=role], [class*=tag], [class*=pill], [class*=rank], small, em, sup")) {
    if (body !== block && body.contains(label)) continue;
    const word = shownText(label);
    const role = word.length > 0 && word.length <= 24 ? byWord(word) : null;
    if (role) return role;
  }
  const head = headOf(block, body).flatMap((part) => part.split("\n")).filter((line) => !HEAD_LINE.test(line) && !/\b(viewed|seen|read|opened)\b/i.test(line)).filter((line) => body !== block || isHeading(line, ""));
  return head.map((line) => (line.length < 90 ? byWord(line) : null)).find(Boolean) ?? null;
}

const OWN_MENU =
  "body > header, nav, [role=banner], [role=navigation], [class*=user-menu], [class*=usermenu], [class*=current-user], [class*=account-menu], [class*=signed-in], [class*=logged-in], [id*=user-menu], [id*=account], [aria-label*=account i], [class*=header-user], [class*=user-info], [class*=userinfo], [class*=profile-menu]";

/** Which of some people is at work here: named in the page's own bar, or as "signed in". @param {Document} doc @param {string[]} people */
function ownName(doc, people) {
  const bars = [...doc.querySelectorAll(OWN_MENU)].filter((bar) => !bar.closest("article, main li, [role=article]"));
  const words = bars.map((bar) => (bar.textContent ?? "").slice(0, 2000)).join("\n");
  const there = people.filter((name) => name.length > 2 && words.includes(name));
  return there.length === 1 ? (there[0] ?? "") : "";
}

const ASKED_BY = /^(requester|requested by|customer|client|reporter|reported by|contact|raised by|submitted by|opened by|added by|created by|end user|kund(e|in)|cliente?|from)\b\s*:?\s*/i;

const OPENED_BY = /\b(?:created|opened|reported|submitted|asked|raised)\b.{0,30}? by (.+)/i;

/** Whom the page calls the customer, in a label beside their name: one of some people, or anybody where none are known. @param {Document} doc @param {string[]} people @param {Block[]} blocks  whose words tell nothing */
function askerName(doc, people, blocks) {
  for (const label of doc.querySelectorAll("dt, th, label, h2, h3, h4, h5, strong, b, span, div, td, p")) {
    if (label.childElementCount > 4) continue;
    const words = (label.textContent ?? "").trim().replace(/\s+/g, " ");
    if (words.length > 100) continue;
    const by = OPENED_BY.exec(words)?.[1];
    const opener = people.find((name) => by?.startsWith(name));
    if (opener) return opener;
    if (label.childElementCount > 2 || !ASKED_BY.test(words) || blocks.some(({ element }) => element.contains(label))) continue;
    const rest = words.replace(ASKED_BY, "").trim();
    const named = rest || (label.nextElementSibling?.textContent ?? "").trim();
    const found = people.length > 0 ? people.find((name) => name.length > 2 && named.startsWith(name) && named.length < 120) : nameIn(named.split("\n")[0] ?? "");
    if (found && (people.length > 0 || /^\p{Lu}\S* \p{Lu}/u.test(found))) return found;
  }
  return "";
}
