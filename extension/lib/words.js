"use strict";

/**
 * Everything the coach itself says, in the language of the browser (`_locales`). Coaching text comes from the
 * backend, in English.
 */

/** @param {string} name  of a message in `_locales` @param {...(string | number)} parts */
const say = (name, ...parts) => api.i18n.getMessage(name, parts.map(String)) || name;

/** @template {string} T @param {string} family @param {readonly T[]} names @returns {Record<T, string>} */
const family = (family, names) => /** @type {any} */ (Object.fromEntries(names.map((name) => [name, say(`${family}_${name}`)])));

/** @param {number} gaps */
const gapsIn = (gaps) => (gaps === 1 ? say("gapOne") : say("gapMany", gaps));

const WORDS = {
  name: "Empathy Coach",
  ready: say("ready"),
  /** @param {number} count */
  ideas: (count) => (count === 1 ? say("ideasOne") : say("ideasMany", count)),
  slot: say("slot"),
  away: say("away"),
  refresh: say("refresh"),
  works: say("works"),
  step: say("step"),
  nothing: say("nothing"),
  empty: say("empty"),
  ideasTitle: say("ideasTitle"),
  why: say("why"),
  more: say("more"),
  customer: say("customer"),
  answered: say("answered"),
  open: say("open"),
  rewording: say("rewording"),
  yours: say("yours"),
  reworded: say("reworded"),
  secondAuthor: say("secondAuthor"),
  byModel: say("byModel"),
  /** @param {string} who */
  modelTitle: (who) => say("modelTitle", who),
  /** Names begin with the words that are seen, and go on with what will happen. */
  apply: say("apply"),
  /** @param {number} gaps */
  applyHelp: (gaps) => (gaps > 0 ? say("applyHelpGaps", gapsIn(gaps)) : say("applyHelp")),
  /** @param {number} gaps */
  gaps: (gaps) => say("gaps", gapsIn(gaps)),
  look: say("look"),
  lookHelp: say("lookHelp"),
  copy: say("copy"),
  copyHelp: say("copyHelp"),
  copyPart: say("copyPart"),
  undo: say("undo"),
  undoHelp: say("undoHelp"),
  close: say("close"),
  small: say("small"),
  practise: say("practise"),
  notNow: say("notNow"),
  hide: say("hide"),
  /** @type {Record<HideScope, string>} */
  hideScopes: { ticket: say("hideTicket"), site: say("hideSite"), rule: say("hideRule") },
  /** @type {Record<HideScope, string>} */
  hidden: { ticket: say("hiddenTicket"), site: say("hiddenLonger"), rule: say("hiddenLonger") },
  hiddenNote: say("hiddenNote"),
  wrong: say("wrong"),
  wrongNote: say("wrongNote"),
  copyExample: say("copyExample"),
  options: say("options"),
  sidePanel: say("sidePanel"),
  applied: say("applied"),
  undone: say("undone"),
  copied: say("copied"),
  notApplied: say("notApplied"),
  moved: say("moved"),
  noDraft: say("noDraft"),
  /** @param {string} slot */
  fill: (slot) => say("fill", slot),
  /** @param {string} news */
  beforeSend: (news) => say("beforeSend", news),
  /** @param {number} score */
  score: (score) => say("score", score),
  states: family("state", /** @type {const} */ (["given", "missing", "not_needed"])),
  elements: family("element", /** @type {const} */ (["feeling", "need", "order", "action", "rapport", "tone"])),
  /** Feelings first: the panel keeps this order. @type {Record<string, string>} */
  signals: family("signal", [
    "anger", "frustration", "worry", "sadness", "confusion", "disappointment", "gratitude", "urgency",
    "repeat_contact", "churn_threat", "money_impact", "deadline", "vulnerable",
  ]),
  reasons: family("reason", /** @type {const} */ (["unpaired", "unreachable", "slow", "unwell", "unreadable", "busy", "refused", "asleep"])),
};
