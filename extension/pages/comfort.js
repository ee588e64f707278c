"use strict";

/** The part of the settings that is about how the coach helps: how much it says, what is hidden, the agent's weeks. */

const WEEKS_SHOWN = 4;

/** @param {Status} status @param {(ask: Ask) => Promise<void>} change */
function drawComfort(status, change) {
  const fixed = status.preset.strictness;
  for (const radio of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("[name=strictness]"))) {
    radio.checked = radio.value === (fixed ?? status.strictness);
    radio.disabled = fixed !== undefined;
    radio.onchange = () => void change({ type: "choose", strictness: /** @type {Strictness} */ (radio.value) });
  }
  /** @type {HTMLElement} */ (document.getElementById("strictness-fixed")).hidden = fixed === undefined;
  const reminder = /** @type {HTMLInputElement} */ (document.getElementById("reminder"));
  reminder.checked = status.reminder;
  reminder.onchange = () => void change({ type: "choose", reminder: reminder.checked });
  drawHidden(status, change);
  drawWeeks(status.weeks);
  const forget = /** @type {HTMLButtonElement} */ (document.getElementById("forget-weeks"));
  forget.hidden = Object.keys(status.weeks).length === 0;
  forget.onclick = () => void change({ type: "forget-weeks" });
}

/** @param {Status} status @param {(ask: Ask) => Promise<void>} change */
function drawHidden({ rules, siteRules }, change) {
  /** @type {[string, string | null][]} */
  const all = [...rules.map((rule) => /** @type {[string, null]} */ ([rule, null])), ...Object.entries(siteRules).flatMap(([site, some]) => some.map((rule) => /** @type {[string, string]} */ ([rule, site])))];
  const rows = all.map(([rule, site]) => {
    const where = site ?? say("everywhere");
    const again = el("button", { type: "button", "aria-label": `${say("showAgain")}: ${rule}, ${where}`, onclick: () => void change({ type: "show-again", rule, site }) }, say("showAgain"));
    return el("li", {}, el("span", {}, el("code", {}, rule), ` ${where}`), again);
  });
  const none = el("li", { class: "hint" }, say("hiddenNone"));
  /** @type {HTMLElement} */ (document.getElementById("hidden")).replaceChildren(...(rows.length > 0 ? rows : [none]));
}

/** A table of the last weeks: parts down, weeks across. @param {Record<string, Week>} weeks */
function drawWeeks(weeks) {
  const last = Object.keys(weeks).sort().slice(-WEEKS_SHOWN);
  const place = /** @type {HTMLElement} */ (document.getElementById("weeks"));
  if (last.length === 0) {
    place.replaceChildren(el("p", { class: "hint" }, say("progressNone")));
    return;
  }
  const day = (/** @type {string} */ monday) => new Date(`${monday}T00:00:00`).toLocaleDateString(document.documentElement.lang, { day: "numeric", month: "short" });
  const head = el("tr", {}, el("td", {}), ...last.map((monday) => el("th", { scope: "col" }, say("week", day(monday)))));
  const elements = /** @type {Contract.Element[]} */ (Object.keys(WORDS.elements));
  const rows = elements.map((element) => {
    const cells = last.map((monday) => {
      const [given, needed] = weeks[monday]?.[element] ?? [0, 0];
      return el("td", {}, needed > 0 ? say("ofNeeded", given, needed) : "–");
    });
    return el("tr", {}, el("th", { scope: "row" }, WORDS.elements[element]), ...cells);
  });
  place.replaceChildren(el("table", {}, el("thead", {}, head), el("tbody", {}, ...rows)));
}
