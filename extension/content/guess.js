"use strict";

/**
 * Finding the conversation on a page nobody described: the nearest blocks that repeat and read like messages.
 *
 * @typedef {object} Found  blocks that look like one conversation, in document order
 * @property {Element[]} blocks
 * @property {number} score
 */

const MESSAGE_NAME =
  /(message|comment|post|repl(y|ies)|article|entry|follow-?up|update|activity|bubble|communication|conversation|thread|event|mail|response|note|msg|chat|turn|utterance)/i;
const ELSEWHERE = "[class*=related], [class*=suggest], [class*=recommend]";
const NOT_A_MESSAGE = "nav, header, footer, aside, menu, form, [role=navigation], [role=menu], [role=toolbar], [role=tablist], [role=complementary], [role=search]";
const CANDIDATE = /^(article|li|div|section|tr|table|blockquote|dd|p|pre|details|fieldset)$/;
const NOT_ONE_MESSAGE = /(header|title|subject|footer|actions?|toolbar|list(?![-_]?item)|count|separator|divider|typing|input|composer|form|editor)/i;
const SIDE = /[-_]+(l|r|in|out|left|right|me|mine|own|them|theirs?|self|other|user|customer|agent|staff|incoming|outgoing|inbound|outbound|sent|received)$/i;
const LONGEST_MESSAGE = 20_000;
const MOST_LOOKED_AT = 6000; // elements; a page of this size has its messages near the field
const MOST_LEVELS = 16;
const MOST_BOXES = 5; // around a message
const MANY = 12; // of so many alike, the parts are not looked at one by one
const ENOUGH = 4; // what a group must score to be taken for a conversation

/** What an element is called in the markup. @param {Element} element */
function markupName(element) {
  const data = [...element.attributes].filter((a) => /^(data-|id$|class$|aria-label$|role$|itemtype$)/.test(a.name));
  return data.map((a) => (a.name.startsWith("data-") ? `${a.name.slice(5)}-${a.value}` : a.value)).join(" ").slice(0, 400);
}

/** The first class that names what a message is, or the element's name. @param {Element} e */
function patternOfElement(e) {
  const named = [...e.classList].find((name) => MESSAGE_NAME.test(name))?.replace(SIDE, "");
  return `${e.localName} ${named ?? (e.classList.length > 0 ? "*" : "")} ${e.getAttribute("role") ?? ""}`;
}

/** Elements of the tree below, through open shadow roots, without the coach's own. @param {Element | ShadowRoot} from @param {(element: Element) => boolean} visit  false to stay outside */
function walk(from, visit) {
  for (const child of from.children) {
    if (child.localName === "empathy-coach" || !visit(child)) continue;
    if (child.shadowRoot) walk(child.shadowRoot, visit);
    walk(child, visit);
  }
}

/** All its words, those in open shadow roots too, as they stand in the markup; parts are kept apart. @param {Element | ShadowRoot} element */
function rawText(element) {
  return onceARead("raw", element, readRaw);
}

/** @param {Element | ShadowRoot} element @returns {string} */
function readRaw(element) {
  if ((element.textContent ?? "").length > LONGEST_MESSAGE) return element.textContent ?? "";
  /** @type {string[]} */
  const words = [];
  /** @param {Node} node */
  const collect = (node) => {
    if (node.nodeType === Node.TEXT_NODE) words.push((node.textContent ?? "").trim());
    else if (node.nodeName === "TEXTAREA") words.push(/** @type {HTMLTextAreaElement} */ (node).value.trim());
    else if (node.nodeName !== "STYLE" && node.nodeName !== "SCRIPT") {
      if ("shadowRoot" in node && node.shadowRoot) collect(/** @type {ShadowRoot} */ (node.shadowRoot));
      node.childNodes.forEach(collect);
    }
  };
  collect(element);
  return words.filter(Boolean).join(" ");
}

/** @param {Element | undefined} element @param {Set<Element>} some @param {Node} top */
function isWithin(element, some, top) {
  for (let around = element?.parentElement; around && around !== top; around = around.parentElement) if (some.has(around)) return true;
  return false;
}

/** One search: what was looked at is not looked at again on the way up. */
class Search {
  /** @param {HTMLElement | null} field */
  constructor(field) {
    this.field = field;
    this.looked = 0;
  }

  /** @param {Element} element */
  couldBe(element) {
    if (this.field && (element.contains(this.field) || this.field.contains(element))) return false;
    if (element.parentElement?.closest(QUOTE) || (element.matches(QUOTE) && element.localName !== "blockquote")) return false;
    const text = rawText(element);
    if (text.length < 2 || text.length > LONGEST_MESSAGE) return false;
    if (this.isAside(element)) return false;
    return element.querySelector(FIELD) === null && isShown(element);
  }

  /** In a part of the page where nobody talks; a form around everything is none. @param {Element} element */
  isAside(element) {
    if (element.closest(ELSEWHERE)) return true;
    let aside = element.closest("article, [role=article], [role=log], [role=feed]") ? null : element.closest(NOT_A_MESSAGE);
    while (aside && aside.localName === "form" && this.field && aside.contains(this.field)) aside = aside.parentElement?.closest(NOT_A_MESSAGE) ?? null;
    return aside !== null;
  }

  /** @param {Element | ShadowRoot} around @param {Element | ShadowRoot | null} inner @param {number} distance */
  best(around, inner, distance) {
    const groups = this.groups(around, inner);
    const lists = groups.filter(areProperties);
    /** @param {Element[]} blocks */
    const isAll = ([block]) => lists.some((list) => block && list.every((row) => block.contains(row)) && list.map(rawText).join(" ").length * 2 > rawText(block).length);
    const talks = groups.filter((blocks) => !lists.includes(blocks) && !(blocks.length === 1 && isAll(blocks)));
    return bestOf(talks.map((blocks) => ({ blocks, score: scoreOf(blocks, distance) - this.besideness(blocks) })));
  }

  /** What counts against blocks in another column than the field: less, and much where each is by somebody else: those are other tickets. @param {Element[]} blocks */
  besideness(blocks) {
    if (blocks.length < 3 || !this.field || blocks[0]?.ownerDocument !== this.field.ownerDocument) return 0;
    const own = this.field.getBoundingClientRect();
    const apart = blocks.every((block) => {
      const { left, right } = block.getBoundingClientRect();
      return right <= own.left + 20 || left >= own.right - 20;
    });
    if (!apart) return 0;
    const names = writersOf(blocks);
    return new Set(names).size === names.length && !names.includes("") ? 6 : 1;
  }

  /**
   * Groups of like siblings below one element.
   * @param {Element | ShadowRoot} around @param {Element | ShadowRoot | null} inner  the branch that was looked at before
   * @returns {Element[][]}
   */
  groups(around, inner) {
    /** @type {Map<Node, Map<string, Element[]>>} */
    const byParent = new Map();
    /** @type {(element: Element) => boolean} */
    const visit = (element) => {
      if (element === inner || (this.looked += 1) > MOST_LOOKED_AT) return false;
      const component = element.localName.includes("-"); // a message may be a component of the page's own
      const parent = element.parentNode;
      if (parent && (component || CANDIDATE.test(element.localName))) {
        const groups = byParent.get(parent) ?? new Map();
        byParent.set(parent, groups);
        groups.set(element.localName, [...(groups.get(element.localName) ?? []), element]);
      }
      return !/^(script|style|svg|select|textarea)$/.test(element.localName);
    };
    walk(around, visit);
    const all = [...byParent.values()].flatMap((groups) => [...groups.values()]);
    const many = new Set(all.filter((blocks) => blocks.length >= MANY).flat());
    return all
      .filter((blocks) => blocks.length > 2 || !isWithin(blocks[0], many, around))
      .flatMap((blocks) => this.likeOnes(blocks.filter((block) => this.couldBe(block))))
      .filter((blocks) => blocks.some((block) => rawText(block).length >= 12) && (blocks.length > 1 || blocks[0]?.localName !== "table"));
  }

  /**
   * Siblings that are named as messages, those of one kind, and all of them. @param {Element[]} blocks
   * @returns {Element[][]}
   */
  likeOnes(blocks) {
    if (blocks.length < 2) return blocks.length > 0 ? [blocks] : [];
    /** @type {Map<string, Element[]>} */
    const kinds = new Map();
    for (const block of blocks) kinds.set(patternOfElement(block), [...(kinds.get(patternOfElement(block)) ?? []), block]);
    const numbered = blocks.filter((block) => [...block.attributes].some(({ name }) => /^data-(\w+-)*(message|comment|article|post|mail)-?id$/.test(name)));
    if (numbered.length > 1 && numbered.length < blocks.length) return [numbered, blocks];
    /** @type {Map<string, Element[]>} */
    const kin = new Map();
    for (const block of blocks) if (block.classList[0]) kin.set(block.classList[0], [...(kin.get(block.classList[0]) ?? []), block]);
    const kins = [...kin.values()].filter((some) => some.length > 1 && some.length < blocks.length && ![...kinds.values()].some((kind) => kind.length === some.length && kind[0] === some[0]));
    if (kinds.size === 1) return [...kins.filter((some) => areAllTalk(some, blocks)), blocks];
    for (const some of kins) kinds.set(`.${some[0]?.classList[0]}`, some);
    const named = blocks.filter((block) => block.getAttribute("role") === "article" || [...block.classList].some((name) => MESSAGE_NAME.test(name) && !NOT_ONE_MESSAGE.test(name)));
    const others = [...kinds.values()].filter((kind) => named.length < 2 || !kind.every((block) => named.includes(block)));
    const most = [...kinds.values()].filter((kind) => kind.length > 2 && kind.length < named.length && kind.length * 2 > named.length && !others.includes(kind));
    return [...(named.length > 1 ? [named] : []), ...most, ...others, ...(named.length === 0 || areKin(blocks) ? [blocks] : [])];
  }
}

/** Whether several people talk in some of the blocks, and nobody in the rest. @param {Element[]} some @param {Element[]} blocks */
function areAllTalk(some, blocks) {
  return new Set(writersOf(some.slice(0, 8))).size > 1 && !blocks.some((block) => !some.includes(block) && isSignedMessage(block));
}

/** How much of a text stands in links, 0 to 1: lists of links are menus. @param {Element} element */
function linkShare(element) {
  const all = (element.textContent ?? "").trim().length || 1;
  let linked = 0;
  for (const link of element.querySelectorAll("a, button, [role=button]")) linked += (link.textContent ?? "").trim().length;
  return linked / all;
}

const TALK = "[role=log], [role=feed], [aria-label*=conversation i], [aria-label*=messages i], [aria-label*=thread i], [class*=conversation], [class*=thread], [class*=messages], [class*=timeline], [id*=conversation], [id*=messages]";

/** @param {Element[]} blocks @param {number} distance  levels between them and the field */
function scoreOf(blocks, distance) {
  const sample = [...new Set([...blocks.slice(0, 4), ...blocks.slice(-4)])];
  const texts = new Map(sample.map((block) => [block, rawText(block)]));
  /** @param {Element} block */
  const textOf = (block) => texts.get(block) ?? "";
  // Rows in pairs, the first of each saying who and when: each row then has half of what a message has.
  const heads = sample.filter((block) => isHeading(textOf(block).replace(/\s+/g, " "), "")).length;
  const { turns, always } = turnsOf(sample);
  const messages = always ? turns : heads > 1 && Math.abs(heads * 2 - sample.length) <= 1 ? heads : sample.length;
  /** @param {(block: Element) => boolean} has */
  const share = (has) => Math.min(1, sample.filter(has).length / messages);
  const words = sample.map((block) => textOf(block).split(/\s+/).length);
  const length = Math.min(words.reduce((a, b) => a + b, 0) / words.length, 60);
  const named = share((block) => MESSAGE_NAME.test(`${markupName(block)} ${block.localName}`));
  const within = share((block) => partsOf(block, "[class*=message],[class*=comment],[class*=body],[class*=content]").length > 0);
  const timed = share((block) => partsOf(block, "time, [datetime], [class*=date], [class*=time]").length > 0 || isDated(block));
  const signed = share((block) => lineAbove(block) !== "" || partsOf(block, AUTHOR_PLACE).length > 0);
  const whole = always ? 1 : share((block) => !hasOwnWords(block) && isSignedMessage(block));
  const sentences = share((block) => /[.!?…。؟？！](\s|$)/.test(textOf(block)));
  const links = share((block) => linkShare(block) > 0.6);
  const talk = blocks[0]?.parentElement?.closest(TALK) ? 1.5 : 0;
  const bubbles = areStacked(sample) && sides(sample.map(edgesOf)).some((side) => side === "end") ? Math.min(3, blocks.length) : 0;
  const pictured = new Set(sample.map((block) => initialsOf(unitsOf(block))));
  const initials = pictured.size > 1 && pictured.size < sample.length && !pictured.has("") ? 2 : 0;
  const several = blocks.length > 1 ? 1 : 0;
  const log = blocks.length === 1 && blocks[0] !== undefined && isLog(blocks[0]) ? 2 : 0;
  const told = always || log > 0 || named + talk + bubbles + initials > 0 || timed >= 0.5 || sample.some((block) => roleByMarkup(block) !== null);
  return (told ? whole * 3 : -2) + several + log + talk + bubbles + initials + named * 4 + within + timed * 2 + signed + sentences * 2 + length / 20 - links * 6 - distance * 0.35;
}

/** Whether each block has a head that no other has, and no hour: what a page says of one thing, and not who talks. @param {Element[]} blocks */
function areProperties(blocks) {
  if (blocks.length < 3) return false;
  const sample = blocks.slice(0, 8);
  if (sample.some((block) => MESSAGE_NAME.test(markupName(block))) || sample.filter(isDated).length * 2 >= sample.length) return false;
  const writers = writersOf(sample);
  const heads = sample.map((block, index) => block.querySelector("th")?.textContent?.trim() || writers[index]).filter(Boolean);
  return heads.length * 3 >= sample.length * 2 && new Set(heads).size === heads.length;
}

/** Whether each block stands below the one before: bubbles do, cards side by side do not. @param {Element[]} blocks */
function areStacked(blocks) {
  const boxes = blocks.map((block) => block.getBoundingClientRect());
  return boxes.every(({ top }, index) => index === 0 || top >= (boxes[index - 1]?.bottom ?? 0) - 4);
}

/** Who wrote each of some blocks. @param {Element[]} blocks */
function writersOf(blocks) {
  return blocks.map((block) => authorIn(block, bodyByUnits(block, unitsOf(block), new Set()) ?? block));
}

/** Whether a block says when it was written, apart from its words. @param {Element} block */
function isDated(block) {
  const units = unitsOf(block);
  const head = units.length > 0 ? units.filter(({ words }) => !words).map(({ text }) => text) : shownText(block).split("\n").filter((line) => !isWords(line));
  return [lineAbove(block), ...head].some((line) => TIME.test(line));
}

/** Whether a group's blocks each say who wrote them, and when or what they are. @param {Element[]} blocks */
function areSigned(blocks) {
  if (blocks.length < 2) return false;
  const sample = [...new Set([...blocks.slice(0, 3), ...blocks.slice(-2)])];
  const signed = sample.filter((block) => {
    if (!hasOwnWords(block)) return isSignedMessage(block);
    const named = MESSAGE_NAME.test(`${block.localName} ${block.className} ${block.getAttribute("role") ?? ""} ${block.getAttribute("data-testid") ?? ""}`);
    return (named || TIME.test(rawText(block).slice(0, 160)) || roleByMarkup(block) !== null) && authorIn(block, bodyOf(block)) !== "";
  });
  return signed.length > 1 && signed.length * 2 >= sample.length;
}

/** Whether blocks are messages of their own, and not the parts of one: signed, or bubbles on two sides. @param {Element[]} blocks */
function areMessages(blocks) {
  const alike = blocks.length > 2 && blocks.every((block) => patternOfElement(block) === patternOfElement(/** @type {Element} */ (blocks[0])));
  return areSigned(blocks) || turnsOf(blocks.slice(0, 12)).always || (alike && sides(blocks.slice(-8).map(edgesOf)).some((side) => side === "end"));
}

/** Whether blocks have a class in common. @param {Element[]} blocks */
function areKin(blocks) {
  return [...(blocks[0]?.classList ?? [])].some((name) => blocks.every((block) => block.classList.contains(name)));
}

/** The best of some groups: none that holds a whole conversation in one of its blocks. @param {Found[]} groups */
function bestOf(groups) {
  const likely = groups.filter(({ score }) => score >= ENOUGH).sort((a, b) => b.score - a.score);
  const found = likely.find(({ blocks }) => {
    const inside = likely.filter((other) => other.blocks.length > 1 && blocks.some((block) => block !== other.blocks[0] && other.blocks.every((part) => block.contains(part))));
    return !inside.some((other) => areMessages(other.blocks));
  });
  // The first message, or the agents', may bear another name, and all of them a common one.
  const whole = found && likely.find(({ blocks }) => blocks.length > found.blocks.length && found.blocks.every((block) => blocks.includes(block)) && areKin(blocks) && areSigned(blocks));
  return whole ?? found;
}

/**
 * The best group of message-like blocks around a field: before it, or after it where replies are written on top.
 * @param {HTMLElement} field
 * @returns {Element[]} in document order; empty when nothing looks like a conversation
 */
function guessMessages(field) {
  const search = new Search(field);
  /** @type {Found | null} */
  let best = null;
  /** @type {Element | ShadowRoot} */
  let inner = field;
  for (let distance = 0; distance < MOST_LEVELS; distance += 1) {
    const around = /** @type {Element | ShadowRoot | null} */ (inner.parentNode ?? ("host" in inner ? inner.host : null));
    if (!around || around.nodeType === Node.DOCUMENT_NODE) break;
    const answered = answeredInside(inner);
    if (answered.length > 0) return best && areSigned(best.blocks) ? best.blocks : answered;
    const found = search.best(around, inner, distance);
    if (found && (!best || found.score > best.score + 0.01)) best = found;
    inner = around;
  }
  return best ? unnested(withCousins(best.blocks, search), search) : [];
}

/**
 * Where answers stand inside the message they answer, each is one: what is left of a message is its part without them.
 * And paragraphs alone are one message. @param {Element[]} blocks @param {Search} search
 */
function unnested(blocks, search) {
  const [first] = blocks;
  if (!first) return blocks;
  const box = first.parentElement;
  if (box && blocks.every((block) => block.matches("p:not([class])") && block.parentElement === box) && !(search.field && box.contains(search.field)) && box.localName !== "body" && !areSigned(blocks) && !turnsOf(blocks).always) return [box];
  /** @param {Element} block */
  const inside = (block) => [...block.getElementsByClassName(block.classList[0] ?? "")].filter((e) => e.localName === block.localName && e.classList[0] === block.classList[0] && isSignedMessage(e));
  const all = [...new Set(blocks.flatMap((block) => {
    const nested = inside(block);
    if (nested.length === 0) return [block];
    const own = unitsOf(block).some(({ words, element }) => words && !nested.some((one) => one.contains(element)));
    return own ? [block, ...nested] : [block];
  }))];
  if (all.length === blocks.length) return blocks;
  /** @param {Element} block */
  const alone = (block) => {
    const inner = all.filter((other) => other !== block && block.contains(other));
    return inner.length === 0 ? block : ([...block.children].find((part) => !inner.some((one) => part.contains(one)) && rawText(part) !== "") ?? block);
  };
  return all.map(alone);
}

/**
 * The messages of a field that stands in one of them: that one where each is by somebody else, as in a list of
 * reviews; else all of them. @param {Element | ShadowRoot} holder  of the field @returns {Element[]}
 */
function answeredInside(holder) {
  if (!("matches" in holder) || !holder.parentElement || holder.matches(FIELD)) return [];
  const pattern = patternOfElement(holder);
  const alike = [...holder.parentElement.children].filter((one) => patternOfElement(one) === pattern);
  if (alike.length < 2 || !isSignedMessage(holder) || !areSigned(alike)) return [];
  const names = writersOf(alike);
  return names.length > 2 && new Set(names).size === names.length ? [holder] : alike;
}

/** The conversation of a page that has no field. @param {Document} doc */
function guessMessagesIn(doc) {
  const search = new Search(null);
  const found = search.best(doc.body, null, 0);
  return found ? withCousins(found.blocks, search) : [];
}

/**
 * Messages of one conversation may stand in several boxes: one a day, one for each turn, or each in a box of its own.
 * @param {Element[]} blocks @param {Search} search
 */
function withCousins(blocks, search) {
  const [first] = blocks;
  if (!first) return blocks;
  const named = isArticle(first) ? alikeAround(blocks, search) : blocks; // what a page calls so needs no box
  if (named.length > blocks.length) return named;
  const like = new Set(blocks.map((block) => patternOfElement(block)));
  /** @param {Element} box */
  const within = (box) => (blocks.some((block) => box.contains(block)) ? blocks.filter((block) => box.contains(block)) : [...box.querySelectorAll(first.localName)].filter((e) => like.has(patternOfElement(e)) && search.couldBe(e)));
  let box = first.parentElement;
  for (let level = 0; box?.parentElement && level < MOST_BOXES; level += 1, box = box.parentElement) {
    if (search.field && box.parentElement.contains(search.field) && box.parentElement.localName === "body") break;
    const pattern = patternOfElement(box);
    const boxes = [...box.parentElement.children].filter((one) => patternOfElement(one) === pattern && !(search.field && one.contains(search.field)));
    const parts = boxes.map((one) => within(one).filter((e, _, all) => !all.some((other) => other !== e && other.contains(e))));
    const full = parts.filter((some) => some.length > 0);
    if (full.length < 2 || (blocks.length > 1 && box.classList.length === 0)) continue;
    // A box for each message has the name and the hour too.
    if (blocks.length === 1 && full.every((some) => some.length === 1)) return boxes.filter((one, index) => parts[index]?.length === 1 && search.couldBe(one));
    return parts.flat();
  }
  return alikeAround(blocks, search);
}

/** Whether nothing but its role tells what an element is. @param {Element} element */
function isArticle(element) {
  return element.classList.length === 0 && element.getAttribute("role") === "article";
}

/** Messages under another parent, as where each answer stands one step further in: those called exactly the same. @param {Element[]} blocks @param {Search} search */
function alikeAround(blocks, search) {
  const [first] = blocks;
  if (!first || !search.field || (first.classList.length === 0 && !isArticle(first))) return blocks;
  let place = first;
  while (place.parentElement && !place.parentElement.contains(search.field)) place = place.parentElement;
  const some = isArticle(first) ? place.querySelectorAll("[role=article]") : place.getElementsByClassName(first.className);
  const alike = [...some].filter((one) => one.localName === first.localName && one.className === first.className && search.couldBe(one));
  const apart = !alike.some((one) => alike.some((other) => other !== one && other.contains(one)));
  return alike.length > blocks.length && apart && areSigned(alike) ? alike : blocks;
}
