"use strict";

// The agent's own weeks: which elements got stronger, from what progress.js keeps in this browser. Nothing is sent.
{
  /** @typedef {Map<string, [number, number]>} Counts  element to [given, needed] */
  const ELEMENTS = ["feeling", "need", "order", "action", "rapport", "tone"];
  const SHOWN = 6; // weeks
  const ENOUGH = 3; // replies that needed an element, before weeks are compared
  const STRONGER = 0.2; // of the replies that needed it
  const SVG = "http://www.w3.org/2000/svg";

  /** The Monday of a day, as 2026-03-02. @param {string} iso */
  const monday = (iso) => {
    const day = new Date(iso);
    day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
    return day.toISOString().slice(0, 10);
  };

  /** @param {Done[]} done */
  const byWeek = (done) => {
    /** @type {Map<string, { all: number, good: number, counts: Counts }>} */
    const weeks = new Map();
    for (const one of done) {
      const week = weeks.get(monday(one.day)) ?? { all: 0, good: 0, counts: new Map() };
      weeks.set(monday(one.day), { all: week.all + 1, good: week.good + Number(one.rating === "good"), counts: added(week.counts, one.elements ?? {}) });
    }
    return [...weeks].sort(([a], [b]) => (a < b ? -1 : 1)).slice(-SHOWN);
  };

  /** @param {Counts} counts @param {Record<string, [number, number]>} more @returns {Counts} */
  const added = (counts, more) => {
    const sum = new Map(counts);
    for (const [element, [given, needed]] of Object.entries(more)) {
      const [g, n] = sum.get(element) ?? [0, 0];
      sum.set(element, [g + given, n + needed]);
    }
    return sum;
  };

  /** What was given more often in the last week than in all the weeks before. @param {Counts[]} weeks */
  const stronger = (weeks) => {
    const before = weeks.slice(0, -1).reduce((sum, week) => added(sum, Object.fromEntries(week)), new Map());
    const now = weeks.at(-1) ?? new Map();
    return ELEMENTS.filter((element) => {
      const [[g, n], [was, of]] = [now.get(element) ?? [0, 0], before.get(element) ?? [0, 0]];
      return n >= ENOUGH && of >= ENOUGH && g / n - was / of >= STRONGER;
    });
  };

  /** A small picture of the shares; the table beside it holds the numbers. @param {([number, number] | undefined)[]} cells */
  const line = (cells) => {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", "0 0 96 26");
    svg.setAttribute("aria-hidden", "true");
    svg.setAttribute("class", "spark");
    const points = cells.flatMap((cell, n) => (cell && cell[1] > 0 ? [[6 + n * (84 / Math.max(1, cells.length - 1)), 22 - (18 * cell[0]) / cell[1]]] : []));
    const path = document.createElementNS(SVG, "polyline");
    path.setAttribute("points", points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" "));
    svg.append(path);
    for (const [x, y] of points) {
      const dot = document.createElementNS(SVG, "circle");
      for (const [name, value] of Object.entries({ cx: x, cy: y, r: 2.5 })) dot.setAttribute(name, value.toFixed(1));
      svg.append(dot);
    }
    return svg;
  };

  /** @param {string} tag @param {Record<string, string>} traits @param {...(string | Node)} inside */
  const make = (tag, traits, ...inside) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(traits)) element.setAttribute(name, value);
    element.append(...inside);
    return element;
  };

  /** @param {string} week */
  const short = (week) => new Date(week).toLocaleDateString(document.documentElement.lang, { day: "numeric", month: "short", timeZone: "UTC" });

  /** @param {Done[]} done */
  const picture = (done) => {
    const weeks = byWeek(done);
    const better = stronger(weeks.map(([, { counts }]) => counts));
    const said = better.length > 0 ? `Stronger this week than before: ${better.join(", ")}.` : "What got stronger shows here after some exercises in more than one week.";
    const head = make("tr", {}, make("th", { scope: "col" }, "Given where needed"), ...weeks.map(([week]) => make("th", { scope: "col" }, short(week))), make("td", {}));
    const rows = ELEMENTS.map((element) => {
      const cells = weeks.map(([, { counts }]) => counts.get(element));
      return make("tr", {}, make("th", { scope: "row" }, element), ...cells.map((cell) => make("td", {}, cell ? `${cell[0]} of ${cell[1]}` : "–")), make("td", {}, line(cells)));
    });
    const went = weeks.map(([, { all, good }]) => make("td", {}, `${good} of ${all}`));
    const all = make("tr", {}, make("th", { scope: "row" }, "exercises that went well"), ...went, make("td", {}));
    return [make("p", {}, said), make("div", { class: "wide", tabindex: "0", role: "group", "aria-label": "Your weeks" }, make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows, all)))];
  };

  const box = document.getElementById("mine");
  const { done } = loadProgress();
  if (box && done.length > 0) {
    document.getElementById("weeks")?.replaceChildren(...picture(done));
    box.hidden = false;
    document.getElementById("export")?.addEventListener("click", () => {
      const file = new Blob([JSON.stringify(loadProgress(), null, 2)], { type: "application/json" });
      const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: "my-practice.json" });
      link.click();
      URL.revokeObjectURL(link.href);
    });
    document.getElementById("forget")?.addEventListener("click", () => {
      localStorage.removeItem(PROGRESS);
      box.hidden = true;
      document.getElementById("next")?.setAttribute("hidden", "");
    });
  }
}
