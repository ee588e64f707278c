"use strict";

/** The button that sends a draft. The coach never presses it and never covers it. */

const SEND_WORD = /^\W*(send|reply|submit|respond|post|answer|update|comment|add (reply|comment|note)|share|save|publish|senden|antwort(en)?|absenden|abschicken|nachricht senden|envoyer|répondre|enviar|responder|invia|verzenden|skicka)\b|^(送信|返信|发送|發送|回复|보내기|отправить|ответить|wyślij|gönder|שלח|إرسال)/i;
const NOT_SEND = /\b(cancel|discard|draft|preview|template|macro|attach|delete|later|schedule|all$|to all|search)\b/i;
const BUTTON = "button, input[type=submit], input[type=button], [role=button]";

/** What a button says. @param {Element} button */
function buttonWords(button) {
  const label = button.getAttribute("aria-label") ?? button.getAttribute("title") ?? "";
  const own = button.localName === "input" ? (button.getAttribute("value") ?? "") : (button.textContent ?? "").trim();
  return /\p{L}/u.test(own) ? own : label || own;
}

/** @param {Desk} desk @param {HTMLElement} field @returns {HTMLElement | null} */
function sendButton(desk, field) {
  for (const doc of documentsAround(field)) {
    const named = desk.send ? [...doc.querySelectorAll(desk.send)].filter(isShown) : [];
    const own = named.find((button) => button.closest("form") === field.closest("form"));
    if (named.length > 0) return /** @type {HTMLElement} */ (own ?? named[0]);
  }
  return guessedSendButton(field);
}

/** The nearest button that says so. @param {HTMLElement} field */
function guessedSendButton(field) {
  /** @type {Element | ShadowRoot | null} */
  let around = frameOf(field) && field === field.ownerDocument.body ? frameOf(field) : field;
  for (let level = 0; around && level < 8; level += 1) {
    const form = "matches" in around && around.matches("form");
    const buttons = [...around.querySelectorAll(BUTTON)].filter((button) => isShown(button) && !button.matches("[aria-pressed], [aria-haspopup], [role=tab]") && !NOT_SEND.test(buttonWords(button)));
    const said = buttons.filter((button) => SEND_WORD.test(buttonWords(button)));
    const behind = said.find((button) => field.compareDocumentPosition(button) & Node.DOCUMENT_POSITION_FOLLOWING); // before it there are tabs: Reply, Note
    const found = behind ?? said[0] ?? (form ? buttons.find((button) => button.matches("[type=submit], button:not([type])")) : undefined);
    if (found) return /** @type {HTMLElement} */ (found);
    around = /** @type {Element | ShadowRoot | null} */ (around.parentNode?.nodeType === Node.DOCUMENT_NODE ? null : (around.parentNode ?? ("host" in around ? around.host : null)));
  }
  return null;
}

/** What the button that would send a draft says: some desks have one for replies and one for notes. @param {HTMLElement} field */
function textOfSend(field) {
  const button = guessedSendButton(field);
  return button ? buttonWords(button) : "";
}
