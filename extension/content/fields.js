"use strict";

/** Telling a field in which replies are written from all the other fields of a page. */

const OTHER_USE =
  /\b(search|query|filter|find|lookup|code|regexp?|json|ya?ml|css|html|xml|sql|script|snippet|password|captcha|tags?|url|e?-?mail address|address|bio|signature|about me|subject|title)\b/i;
/** Written down about somebody, or for another day: whatever else such a field is called. */
const FOR_OTHERS = /\b(customer|contact|client|user|visitor|lead) notes?\b|\bnotes? (about|on) (this|the|him|her|them)\b|\btake a note\b|\bnotes are private\b/i;
const CODE_EDITOR =
  ".CodeMirror, .cm-editor, .monaco-editor, .ace_editor, .view-lines, [role=code], [data-language], .jupyter, .cell";
const CHAT_NAME = /(chat|messenger|widget|launcher|assistant|(^|[-_ ])bot([-_ ]|$)|intercom-|drift|crisp|tawk)/i;

/** The outermost editable element around a node; the field itself for a textarea. @param {Node | null} node */
function editableAround(node) {
  let element = node instanceof Element ? node : node?.parentElement;
  if (!element) return null;
  if (element.tagName === "TEXTAREA" || element.tagName === "INPUT") return /** @type {HTMLElement} */ (element);
  if (element.ownerDocument.designMode === "on") return element.ownerDocument.body;
  if (!(element instanceof HTMLElement) || !element.isContentEditable) return null;
  while (element.parentElement?.isContentEditable) element = element.parentElement;
  return /** @type {HTMLElement} */ (element);
}

/** What a field is called by its attributes and its label. @param {HTMLElement} field */
function calledBy(field) {
  const labels = "labels" in field ? [.../** @type {HTMLTextAreaElement} */ (field).labels] : [];
  const attributes = ["name", "id", "aria-label", "placeholder", "data-placeholder", "title"];
  const names = attributes.map((name) => field.getAttribute(name) ?? "");
  return [...names, ...labels.map((label) => label.textContent ?? "")].join(" ").replace(/[_-]+/g, " ").replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2");
}

/** @param {HTMLElement} field */
function canBeWritten(field) {
  if (field.tagName === "TEXTAREA") {
    const area = /** @type {HTMLTextAreaElement} */ (field);
    return !area.disabled && !area.readOnly;
  }
  if (field.tagName === "INPUT") return /** @type {HTMLInputElement} */ (field).type === "text";
  return field.getAttribute("aria-readonly") !== "true" && field.getAttribute("aria-disabled") !== "true";
}

/** At least about three lines high. @param {HTMLElement} field */
function isRoomy(field) {
  const style = getComputedStyle(field);
  const line = parseFloat(style.lineHeight) || (parseFloat(style.fontSize) || 14) * 1.2;
  const padding = (parseFloat(style.paddingTop) || 0) + (parseFloat(style.paddingBottom) || 0);
  const { body, defaultView } = field.ownerDocument;
  const view = defaultView ?? window;
  // A page that is all editor, as in the frames of many editors, is as large as its window.
  const box = field === body ? { width: view.innerWidth, height: view.innerHeight } : roomOf(field).getBoundingClientRect();
  return box.width >= 180 && box.height - padding >= line * 2.4;
}

/** @param {HTMLElement} field */
function isCode(field) {
  if (field.closest(CODE_EDITOR)) return true;
  const monospace = /mono|courier|consolas|menlo/i.test(getComputedStyle(field).fontFamily);
  if (field.tagName === "TEXTAREA") return monospace && field.getAttribute("spellcheck") === "false";
  return monospace; // a browser's own font for a textarea is monospace; an editable element's is not
}

const LONGEST_PLACEHOLDER = 120; // characters

/** Editors that grow with their words stand in a box that leaves them room, and holds at most a placeholder beside them. @param {HTMLElement} field */
function roomOf(field) {
  let room = /** @type {Element} */ (field);
  for (let level = 0; level < 4 && !isPlain(field); level += 1) {
    const around = room.parentElement;
    if (!around || around === field.ownerDocument.body || around.querySelector("button, [role=button], a, input, select, textarea")) break;
    if (shownText(around).length > shownText(field).length + LONGEST_PLACEHOLDER) break;
    room = around;
  }
  return room;
}

/** Words for all customers, with gaps that a machine will fill: nobody's reply. @param {HTMLElement} field */
function isTemplate(field) {
  const named = /template$/i.test(`${field.getAttribute("name") ?? ""} ${field.id}`);
  return named || (readText(field).text.match(/\{\{[^{}]{2,60}\}\}/g) ?? []).length > 1;
}

/** In a form with a password, or in a part of the page that is for searching. @param {HTMLElement} field */
function isElsewhere(field) {
  if (field.closest("[role=search], search, [role=searchbox], nav, [role=navigation]")) return true;
  return field.closest("form")?.querySelector("input[type=password]") != null;
}

/** In a little window that floats in a corner, such as a site's own support chat. @param {HTMLElement} field */
function isChatWidget(field) {
  for (let around = parentOf(field); around; around = parentOf(around)) {
    if (getComputedStyle(around).position !== "fixed") continue;
    const box = around.getBoundingClientRect();
    const name = [around.id, around.className, around.getAttribute("aria-label"), around.getAttribute("title")].join(" ");
    const narrow = box.width <= 480 && box.width < innerWidth * 0.6;
    if (narrow && box.bottom > innerHeight - 160 && CHAT_NAME.test(name)) return true;
  }
  return false;
}

/**
 * Whether a field looks like one for replies.
 * @param {HTMLElement} field  a textarea or the root of an editable element
 */
function isReplyField(field) {
  if (field.tagName === "INPUT" || !canBeWritten(field) || !isShown(field)) return false;
  if (["searchbox", "combobox"].includes(field.getAttribute("role") ?? "")) return false;
  if (field.getAttribute("aria-multiline") === "false") return false;
  if (OTHER_USE.test(calledBy(field)) && !/\b(reply|response|message|comment|answer)\b/i.test(calledBy(field))) return false;
  if (isTemplate(field) || FOR_OTHERS.test(calledBy(field))) return false;
  return isRoomy(field) && !isCode(field) && !isElsewhere(field) && !isChatWidget(field);
}
