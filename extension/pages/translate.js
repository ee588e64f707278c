"use strict";

/** Puts the browser's language into a page: every element with `data-say` names its message. */
document.documentElement.lang = api.i18n.getMessage("@@ui_locale").replace("_", "-") || "en";
document.title = say(document.documentElement.dataset.title ?? "settingsTitle");
for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-say]"))) {
  element.prepend(say(element.dataset.say ?? ""));
}
