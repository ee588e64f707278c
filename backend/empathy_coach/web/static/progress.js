"use strict";

// The agent's own progress. It is kept in this browser's storage and nowhere else; the backend only computes the day on
// which an exercise is due again.
{
  const STORE = "empathy-coach-practice";
  const here = /** @type {HTMLScriptElement} */ (document.currentScript);
  /** @typedef {{ day: string, exercise: string, title: string, rating: string, misses: string[] }} Done */
  /** @typedef {{ cards: Record<string, { card: string, title: string }>, done: Done[] }} Progress */

  /** @returns {Progress} */
  const load = () => {
    try {
      const found = JSON.parse(localStorage.getItem(STORE) ?? "{}");
      return { cards: found.cards ?? {}, done: found.done ?? [] };
    } catch {
      return { cards: {}, done: [] };
    }
  };
  /** @param {Progress} progress */
  const save = (progress) => localStorage.setItem(STORE, JSON.stringify({ ...progress, done: progress.done.slice(-500) }));

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
    const progress = load();
    const body = new URLSearchParams({ csrf: here.dataset.csrf ?? "", rating, card: progress.cards[result.exercise]?.card ?? "" });
    const answer = await fetch("/practice/schedule", { method: "POST", body });
    if (!answer.ok) return;
    const { card } = await answer.json();
    const now = load(); // another page may have written meanwhile
    now.cards[result.exercise] = { card, title: result.title };
    now.done.push({ day: new Date().toISOString().slice(0, 10), exercise: result.exercise, title: result.title, rating, misses: result.misses });
    save(now);
    document.documentElement.dataset.kept = "yes";
  };

  const showNext = () => {
    const box = document.getElementById("next");
    const text = document.getElementById("next-text");
    if (!box || !text) return;
    const due = Object.entries(load().cards)
      .map(([exercise, { card, title }]) => ({ exercise, title, due: new Date(JSON.parse(card).due) }))
      .filter(({ due: when }) => when <= new Date(Date.now() + 12 * 3600e3))
      .sort((a, b) => Number(a.due) - Number(b.due));
    if (!due.length) return;
    const link = Object.assign(document.createElement("a"), { href: `/practice/${due[0].exercise}`, textContent: due[0].title });
    text.replaceChildren(link, ` is due again${due.length > 1 ? `, and ${due.length - 1} more after it` : ""}. It sticks best just before it would fade.`);
    box.hidden = false;
  };

  const showWeeks = () => {
    const box = document.getElementById("mine");
    const weeks = document.getElementById("weeks");
    const progress = load();
    if (!box || !weeks || !progress.done.length) return;
    /** @type {Map<string, { all: number, good: number }>} */
    const table = new Map();
    for (const done of progress.done) {
      const day = new Date(done.day);
      day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
      const week = day.toISOString().slice(0, 10);
      const sum = table.get(week) ?? { all: 0, good: 0 };
      table.set(week, { all: sum.all + 1, good: sum.good + Number(done.rating === "good") });
    }
    const rows = [...table].slice(-8).map(([week, { all, good }]) => {
      const line = document.createElement("p");
      line.textContent = `Week of ${week}: ${all} ${all === 1 ? "exercise" : "exercises"}, ${good} that went well`;
      return line;
    });
    weeks.replaceChildren(...rows);
    box.hidden = false;
    document.getElementById("export")?.addEventListener("click", () => {
      const file = new Blob([JSON.stringify(load(), null, 2)], { type: "application/json" });
      const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: "my-practice.json" });
      link.click();
      URL.revokeObjectURL(link.href);
    });
    document.getElementById("forget")?.addEventListener("click", () => {
      localStorage.removeItem(STORE);
      box.hidden = true;
      document.getElementById("next")?.setAttribute("hidden", "");
    });
  };

  const drill = /** @type {HTMLAnchorElement | null} */ (document.querySelector("[data-drill]"));
  if (drill) drill.search = String(new URLSearchParams({ misses: misses(load()).slice(0, 12).join(","), turn: String(load().done.length) }));
  showNext();
  showWeeks();
  void keep();
}
