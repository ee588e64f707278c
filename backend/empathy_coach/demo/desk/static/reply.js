// The reply form of Harbour Desk: formatting, the hurried draft, and what a rich reply sends.
"use strict";

const form = /** @type {HTMLFormElement} */ (document.querySelector("#reply"));
const rich = /** @type {HTMLElement | null} */ (document.querySelector("#reply-rich"));
const editor = rich ?? /** @type {HTMLElement} */ (document.querySelector("#reply-text"));

if (rich) document.execCommand("defaultParagraphSeparator", false, "p");

for (const button of form.querySelectorAll("[data-command]")) {
  // Keeps the selection in the editor while the mouse is on the button.
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", () => document.execCommand(/** @type {HTMLElement} */ (button).dataset.command ?? ""));
}

form.querySelector("#hurried")?.addEventListener("click", (event) => {
  editor.focus();
  document.execCommand("selectAll");
  document.execCommand("insertText", false, /** @type {HTMLElement} */ (event.currentTarget).dataset.draft ?? "");
});

form.addEventListener("submit", () => {
  if (!rich) return;
  /** @type {HTMLInputElement} */ (form.querySelector("#reply-rich-text")).value = rich.innerText;
  /** @type {HTMLInputElement} */ (form.querySelector("#reply-rich-html")).value = rich.innerHTML;
});
