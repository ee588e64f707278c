"use strict";

/**
 * What the side panel may offer besides the reading: a breather after a run of very upset customers, and the team's
 * time to practise. The worker's. What it remembers stays in this browser; nobody is told of either.
 *
 * @typedef {{every: string, minutes: number}} Rhythm  every week from this day on
 */

const VERY_UPSET = 0.75; // of 0..1, as the report has it
const IN_A_ROW = 3; // replies to very upset customers
const WITHIN_MS = 2 * 3600e3;
const ASKED_EVERY_MS = 10 * 60e3; // how often the team's rhythm is asked for
const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/** One reply was sent to somebody this upset. In memory, until the browser is closed. @param {number} upset */
async function noteUpset(upset) {
  const now = Date.now();
  const { hard = [] } = /** @type {{hard?: number[]}} */ (await api.storage.session.get("hard"));
  const run = upset >= VERY_UPSET ? [...hard.filter((at) => now - at < WITHIN_MS), now].slice(-IN_A_ROW) : [];
  await api.storage.session.set({ hard: run });
}

/** After an offer was taken or turned down, a new run has to come first. */
async function endRun() {
  await api.storage.session.set({ hard: [] });
}

/** The day as 2026-03-02, where this browser is. @param {Date} day */
function isoDay(day) {
  return new Date(Date.UTC(day.getFullYear(), day.getMonth(), day.getDate())).toISOString().slice(0, 10);
}

/** Puts the practice off until a day, or until next week once it is done. @param {"tomorrow" | "week"} until */
async function putPracticeOff(until) {
  const day = new Date();
  day.setDate(day.getDate() + (until === "tomorrow" ? 1 : 7 - ((day.getDay() + 6) % 7)));
  await api.storage.local.set({ practiceFrom: isoDay(day) });
}

/** @param {unknown} value @returns {Rhythm | null} */
function checkedRhythm(value) {
  const { every, minutes } = /** @type {any} */ (value ?? {});
  return DAYS.includes(every) && Number.isInteger(minutes) && minutes > 0 && minutes <= 60 ? { every, minutes } : null;
}

/** The team's rhythm, asked for now and then. @param {() => Promise<any>} askMe  who I am, as the backend says it */
async function rhythm(askMe) {
  const { rhythm: known } = /** @type {{rhythm?: {at: number, value: Rhythm | null}}} */ (await api.storage.session.get("rhythm"));
  if (known && Date.now() - known.at < ASKED_EVERY_MS) return known.value;
  const value = checkedRhythm((await askMe().catch(() => null))?.practise);
  await api.storage.session.set({ rhythm: { at: Date.now(), value } });
  return value;
}

/** What is to be offered now: the breather first, and one thing at a time. @param {() => Promise<any>} askMe @returns {Promise<Offer | null>} */
async function offerNow(askMe) {
  const { hard = [] } = /** @type {{hard?: number[]}} */ (await api.storage.session.get("hard"));
  if (hard.length >= IN_A_ROW) return { offer: "breather" };
  const when = await rhythm(askMe);
  const today = new Date();
  const { practiceFrom = "" } = /** @type {{practiceFrom?: string}} */ (await api.storage.local.get("practiceFrom"));
  if (!when || (today.getDay() + 6) % 7 < DAYS.indexOf(when.every) || isoDay(today) < practiceFrom) return null;
  return { offer: "practice", day: DAYS.indexOf(when.every), minutes: when.minutes };
}
