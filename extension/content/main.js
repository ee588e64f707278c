"use strict";

/** Starts a session when a reply field gets the focus, and ends it with the field. At most one in a frame. */

class Main {
  constructor() {
    /** @type {Session | null} */
    this.session = null;
    this.control = new AbortController();
    this.observer = new MutationObserver((records) => this.moved(records));
    this.frame = 0;
  }

  start() {
    this.control = new AbortController();
    const { signal } = this.control;
    document.addEventListener("focusin", (event) => this.focused(event.composedPath()[0]), { signal, capture: true });
    // "input" costs: see typing.js
    document.addEventListener("beforeinput", (event) => this.session || this.focused(event.composedPath()[0]), { signal, capture: true, passive: true });
    document.addEventListener("keydown", (event) => this.key(event), { signal, capture: true });
    window.addEventListener("blur", () => this.left(), { signal });
    window.addEventListener("focus", () => this.focused(deepFocus(document)), { signal });
    this.observer.observe(document, { childList: true, subtree: true });
    this.look();
  }

  stop() {
    this.control.abort();
    this.observer.disconnect();
    cancelAnimationFrame(this.frame);
    this.session?.end();
    this.session = null;
  }

  /** A field that a desk's description names, or the one that has the focus already. */
  look() {
    const named = namedField(deskOf(document), document);
    if (document.hasFocus() || window.parent === window) this.focused(deepFocus(document));
    if (!this.session && named && window.parent === window) this.focused(named);
  }

  /** @param {EventTarget | null | undefined} target @param {boolean} [asked]  the agent asked for the coach here */
  focused(target, asked = false) {
    if (!(target instanceof Node)) return;
    const field = editableAround(target);
    if (!field || !field.isConnected) return;
    if (this.session?.field === field) {
      this.session.view.reveal(true);
      return;
    }
    const desk = deskFor(field);
    const named = desk.field !== undefined && field.matches(desk.field);
    if (!(asked || named || isReplyField(field))) return;
    this.session?.end();
    for (const other of stageOf(field).querySelectorAll("empathy-coach")) other.dispatchEvent(new Event("retire"));
    this.session = new Session(field, desk);
  }

  /** @param {KeyboardEvent} event  Alt+Shift+E opens and closes the panel */
  key(event) {
    if (!event.isTrusted || event.code !== "KeyE" || !event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey) return;
    const field = editableAround(deepFocus(document));
    if (!this.session && field) this.focused(field, true);
    if (!this.session) return;
    event.preventDefault();
    event.stopPropagation();
    this.session.toggle();
  }

  /** The focus went to another frame: its badge is shown there. */
  left() {
    const inFrame = document.activeElement?.tagName === "IFRAME";
    const foreign = inFrame && !(/** @type {HTMLIFrameElement} */ (document.activeElement).contentDocument);
    const ownStage = this.session?.view.stage === document;
    if (foreign || (ownStage && window.parent !== window && !document.hasFocus())) this.session?.hide();
  }

  /** The page was changed, not by typing: fields come and go, messages arrive. @param {MutationRecord[]} records */
  moved(records) {
    if (records.some(({ target }) => target === document)) {
      // An editor that writes its frame anew (document.open) takes all listeners away with the old text.
      this.stop();
      this.start();
      return;
    }
    const field = this.session?.field;
    if (field && records.every(({ target }) => field.contains(target) || target === this.session?.view.host)) return;
    const { session } = this;
    if (session?.ticket.changedBy(records)) session.soon("late", () => session.late());
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.settle());
  }

  settle() {
    if (!stillInstalled()) {
      this.observer.disconnect();
      this.control.abort();
      this.session?.refresh();
      return;
    }
    if (this.session && !isShown(this.session.field)) {
      this.session.end();
      this.session = null;
    }
    if (this.session) {
      if (!this.session.view.host.isConnected) this.session.view.home().append(this.session.view.host);
      this.session.view.reveal(!this.session.view.root.hidden);
      this.session.check();
    } else {
      this.look();
    }
  }
}

const main = new Main();

/** What the worker tells this page. @param {Tell} tell @param {(answer: unknown) => void} answer */
function told(tell, answer) {
  if (tell.type === "stop") main.stop();
  if (tell.type === "start") {
    main.stop();
    main.start();
  }
  if (tell.type === "toggle") main.session?.toggle();
  if (tell.type === "reading" && main.session && !main.session.ended) answer(main.session.sideState());
  if (tell.type === "click" && main.session) {
    void main.session.sideClick(tell.click).then(answer);
    return true; // the answer comes later
  }
  if (tell.type === "read-conversation") {
    const anchor = /** @type {HTMLElement} */ (document.activeElement ?? document.body);
    answer({ ...readConversation(deskOf(document), anchor, document), place: null });
  }
  return false;
}

api.runtime.onMessage.addListener((tell, _sender, answer) => told(tell, answer));
main.start();
