"use strict";

// Everything works without this file. It shows the verdicts while somebody types, and keeps a waiting page current.

/** How long after the last key the verdicts are asked for, in milliseconds. */
const PAUSE = 250;

/** Shows what the rule does, each time the writer pauses. @param {HTMLFormElement} form @param {HTMLElement} place */
function follow(form, place) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  /** @type {AbortController | undefined} */
  let asking;
  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    const address = form.dataset.verdicts ?? "";
    try {
      const answer = await fetch(address, { method: "POST", body: new FormData(form), signal: asking.signal });
      // The answer is our own page's HTML, in which everything a person wrote is escaped.
      if (answer.ok) place.innerHTML = await answer.text();
    } catch {
      // The backend is away, or a newer question is on its way; what stands there stays.
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  });
}

/** Reloads the part of a page that is still being worked on. @param {HTMLElement} place */
async function keepCurrent(place) {
  while (place.dataset.again) {
    await new Promise((done) => setTimeout(done, 400));
    try {
      const answer = await fetch(place.dataset.again, { headers: { "X-Part": "progress" } });
      if (!answer.ok) return;
      if (answer.headers.get("X-Finished")) return location.reload();
      place.innerHTML = await answer.text();
    } catch {
      return;
    }
  }
}

/** Puts << >> around the words that are selected in a field. @param {HTMLTextAreaElement} field */
function markSelection(field) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const words = value.slice(start, end).trim();
  if (!words) return;
  const from = value.indexOf(words, start);
  field.setRangeText(`<<${words}>>`, from, from + words.length, "end");
  field.focus();
}

{
  const form = document.querySelector("form[data-verdicts]");
  const place = document.getElementById("verdicts");
  if (form instanceof HTMLFormElement && place) follow(form, place);
  const working = document.querySelector("[data-again]");
  if (working instanceof HTMLElement) keepCurrent(working);
  for (const button of document.querySelectorAll("[data-mark]")) {
    const field = document.getElementById(button.getAttribute("data-mark") ?? "");
    if (field instanceof HTMLTextAreaElement) button.addEventListener("click", () => markSelection(field));
  }
  for (const shown of document.querySelectorAll("[data-needs-script]")) shown.removeAttribute("hidden");
}
