"use strict";

// The agent's own progress. It is kept in this browser's storage and nowhere else; the backend only computes the day on
// which an exercise is due again.

/** @typedef {{ day: string, exercise: string, title: string, rating: string, misses: string[], elements?: Record<string, [number, number]> }} Done */
/** @typedef {{ cards: Record<string, { card: string, title: string }>, done: Done[] }} Progress */

const PROGRESS = "empathy-coach-practice";

/** @returns {Progress} */
function loadProgress() {
  try {
    const found = JSON.parse(localStorage.getItem(PROGRESS) ?? "{}");
    return { cards: found.cards ?? {}, done: found.done ?? [] };
  } catch {
    return { cards: {}, done: [] };
  }
}

{
  const here = /** @type {HTMLScriptElement} */ (document.currentScript);
  /** @param {Progress} progress */
  const save = (progress) => localStorage.setItem(PROGRESS, JSON.stringify({ ...progress, done: progress.done.slice(-500) }));

  /** The misses met most often lately, most frequent first. @param {Progress} progress */
  const misses = (progress) => {
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const miss of progress.done.slice(-10).flatMap((done) => done.misses)) counts.set(miss, (counts.get(miss) ?? 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1]).map(([miss]) => miss);
  };

  const keep = async () => {
    const result = JSON.parse(document.getElementById("result")?.textContent ?? "null");
    if (!result) return;
    const rating = result.good ? "good" : result.ok ? "hard" : "again";
    const progress = loadProgress();
    const body = new URLSearchParams({ csrf: here.dataset.csrf ?? "", rating, card: progress.cards[result.exercise]?.card ?? "" });
    const answer = await fetch("/practice/schedule", { method: "POST", body });
    if (!answer.ok) return;
    const { card } = await answer.json();
    const now = loadProgress(); // another page may have written meanwhile
    const { exercise, title, misses: missed, elements } = result;
    /** @type {Done} */
    const done = { day: new Date().toISOString().slice(0, 10), exercise, title, rating, misses: missed, elements };
    const last = now.done.at(-1);
    if (last && last.exercise === exercise && last.day === done.day) now.done.pop(); // once more in one sitting counts once
    else now.cards[exercise] = { card, title };
    now.done.push(done);
    save(now);
    document.documentElement.dataset.kept = "yes";
  };

  const showNext = () => {
    const box = document.getElementById("next");
    const text = document.getElementById("next-text");
    if (!box || !text) return;
    const due = Object.entries(loadProgress().cards)
      .map(([exercise, { card, title }]) => ({ exercise, title, due: new Date(JSON.parse(card).due) }))
      .filter(({ due: when }) => when <= new Date(Date.now() + 12 * 3600e3))
      .sort((a, b) => Number(a.due) - Number(b.due));
    if (!due.length) return;
    const link = Object.assign(document.createElement("a"), { href: `/practice/${due[0].exercise}`, textContent: due[0].title });
    text.replaceChildren(link, ` is due again${due.length > 1 ? `, and ${due.length - 1} more after it` : ""}. It sticks best just before it would fade.`);
    box.hidden = false;
  };

  const drill = /** @type {HTMLAnchorElement | null} */ (document.querySelector("[data-drill]"));
  if (drill) drill.search = String(new URLSearchParams({ misses: misses(loadProgress()).slice(0, 12).join(","), turn: String(loadProgress().done.length) }));
  showNext();
  void keep();
}
