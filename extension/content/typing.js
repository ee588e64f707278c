"use strict";

/**
 * Hears that a field is written in, at the least price for a key. A rich editor reads what the browser has put into it
 * right behind the first listener to "input", in the middle of the browser's own change: the page is then laid out
 * twice a key, 1.2 ms in ProseMirror even for a listener that does nothing. So there only what comes before a change
 * is listened for, and what is seen of one.
 * @param {HTMLElement} field @param {AbortSignal} signal
 * @param {() => void} writing  the draft changes now, or in a moment
 * @param {() => void} look  it may have changed
 */
function onWriting(field, signal, writing, look) {
  field.addEventListener(isPlain(field) ? "input" : "beforeinput", writing, { signal, capture: true, passive: true });
  if (isPlain(field)) return;
  const written = new MutationObserver(look);
  written.observe(field, { childList: true, characterData: true, subtree: true });
  signal.addEventListener("abort", () => written.disconnect());
}
