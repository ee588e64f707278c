"use strict";

/** Whether a draft is a reply or a note among colleagues. */

/** Whether the draft is a note that the customer will not see. @param {Desk} desk @param {HTMLElement} field @returns {DraftKind} */
function kindOf(desk, field) {
  if (desk.kind) {
    const kind = desk.kind(field);
    if (kind) return kind;
  }
  if (desk.note && documentsAround(field).some((doc) => doc.querySelector(desk.note ?? "") !== null)) return "note";
  if (desk.note || desk.kind) return "reply";
  return INTERNAL_WORD.test(calledBy(field)) || /\bnote to (self|team)/i.test(calledBy(field)) || chosenNote(field) ? "note" : "reply";
}

const NOTE_MODE = /(internal|private)[-_]?(note|comment|reply|mode)|(^|\s)(is|mode)[-_]+(internal|private|note)\b/i;
const CHOSEN =
  "[aria-haspopup=menu], [aria-haspopup=listbox], [role=tab][aria-selected=true], [aria-pressed=true], [role=radio][aria-checked=true], [role=switch][aria-checked=true], input:checked, option:checked, .active, .selected, .is-active";

/** Whether a tab, switch or choice near a field says "internal note". @param {HTMLElement} field */
function chosenNote(field) {
  /** @type {Element | null} */
  let around = frameOf(field) ?? field;
  for (let level = 0; around && level < 5; level += 1, around = parentOf(around)) {
    if (NOTE_MODE.test(around.getAttribute("class") ?? "")) return true;
    for (const chosen of around.querySelectorAll(CHOSEN)) {
      const label = "labels" in chosen ? [.../** @type {HTMLInputElement} */ (chosen).labels ?? []].map((one) => one.textContent).join(" ") : "";
      const words = `${label} ${chosen.matches("input") ? "" : (chosen.textContent ?? "")} ${chosen.getAttribute("aria-label") ?? ""}`.trim();
      if (words.length > 0 && words.length < 60 && (INTERNAL_WORD.test(words) || /^(add )?(internal|private|notes?|notiz(en)?|notas?)\b/i.test(words))) return true;
    }
    if (around.matches("form, article, main")) break;
  }
  return false;
}
