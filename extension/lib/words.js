"use strict";

/** Everything the coach says in the page, in one place. Coaching text itself comes from the backend. */
const WORDS = {
  name: "Empathy Coach",
  ready: "Ready",
  /** @param {number} count */
  ideas: (count) => (count === 1 ? "One idea" : `${count} ideas`),
  slot: "One gap to fill",
  away: "Coach is away",
  refresh: "Refresh this page",
  works: "What works",
  step: "One next step",
  nothing: "Nothing to change here.",
  empty: "Write your reply as you would. Ideas show up here while you type.",
  ideasTitle: "Ideas",
  why: "Why",
  more: "More",
  customer: "What the customer is telling you",
  answered: "answered",
  open: "still open",
  rewording: "A possible rewording",
  yours: "Yours",
  reworded: "Reworded",
  byModel: "Written by a language model on this machine or your team's server.",
  /** Names begin with the words that are seen, and go on with what will happen. */
  apply: "Use the rewording",
  /** @param {number} gaps */
  applyHelp: (gaps) => `Use the rewording: it takes the place of your draft${gaps > 0 ? `, with ${gapsIn(gaps)} left for you` : ""}. Nothing is sent.`,
  /** @param {number} gaps */
  gaps: (gaps) => `Leaves ${gapsIn(gaps)} for you to fill.`,
  look: "See it",
  lookHelp: "See it: scrolls to your words and the rewording",
  copy: "Copy the rewording",
  copyHelp: "Copy the rewording: your draft stays as it is",
  undo: "Undo",
  undoHelp: "Undo: brings your own draft back",
  close: "Close",
  small: "Small print",
  notNow: "Not now",
  wrong: "This is wrong",
  options: "Open the coach's settings",
  applied: "Applied. Undo brings your draft back.",
  undone: "Your draft is back.",
  copied: "Copied.",
  notApplied: "This editor did not take the change, so your draft is as it was. You can copy the text instead.",
  moved: "The draft has changed since. Here is the newest reading in a moment.",
  /** @param {string} slot */
  fill: (slot) => `Fill in ${slot} before you send.`,
  hiddenNote: "Hidden for this draft.",
  /** @param {number} score */
  score: (score) => `${score} of 100`,
  /** @type {Record<Contract.State, string>} */
  states: { given: "given", missing: "missing", not_needed: "not needed here" },
  /** @type {Record<Contract.Element, string>} */
  elements: {
    feeling: "Feeling",
    need: "Need",
    order: "Order",
    action: "Next step",
    rapport: "Rapport",
    tone: "Tone",
  },
  /** @type {Record<string, string>} */
  signals: {
    anger: "Angry",
    frustration: "Frustrated",
    worry: "Worried",
    sadness: "Sad",
    confusion: "Confused",
    disappointment: "Disappointed",
    gratitude: "Thankful",
    urgency: "In a hurry",
    repeat_contact: "Wrote before",
    churn_threat: "May leave",
    money_impact: "It costs them money",
    deadline: "Has a deadline",
    vulnerable: "Handle with care",
  },
  /** @type {Record<Away, string>} */
  reasons: {
    unpaired: "The coach is not paired with this browser yet.",
    unreachable: "The coach's backend is not running. Your draft and sending are not affected.",
    slow: "The coach takes too long to answer. Your draft and sending are not affected.",
    unwell: "The coach's backend has a problem of its own. Your draft and sending are not affected.",
    unreadable: "Something answered that is not the coach. Your draft and sending are not affected.",
    busy: "The coach is asked too much at the moment. It will be back shortly.",
    refused: "The coach could not take this draft. It may be very long.",
    asleep: "The coach did not wake up. It will try again with your next words.",
  },
};

/** @param {number} gaps */
function gapsIn(gaps) {
  return gaps === 1 ? "one gap" : `${gaps} gaps`;
}
