"use strict";

/** The panel: opens beside the draft, reads from top to bottom, closes with Escape. Not modal: writing goes on. */
class Panel {
  /** @param {HTMLElement} layer @param {PanelActions} actions */
  constructor(layer, actions) {
    this.actions = actions;
    this.scroll = el("div", { class: "scroll" });
    const { openSidePanel } = actions;
    const beside = openSidePanel && el(
      "button",
      { type: "button", class: "plain", "aria-label": WORDS.sidePanel, title: WORDS.sidePanel, "data-key": "side panel", onclick: () => openSidePanel() },
      icon(SHAPES.side),
    );
    const close = el(
      "button",
      { type: "button", class: "plain", "aria-label": WORDS.close, "data-key": "close", onclick: () => actions.close() },
      icon(SHAPES.cross),
    );
    // First in the order of Tab, last to the eye: opening the panel, Tab and Enter is the whole way.
    this.bar = el("div", { class: "bar", role: "group", "aria-label": WORDS.rewording, hidden: true });
    this.element = el(
      "div",
      { class: "panel", popover: "manual", role: "dialog", "aria-label": WORDS.name, tabindex: "-1", onkeydown: (event) => this.key(event) },
      this.bar,
      el("header", {}, icon(SHAPES.bulb), el("strong", {}, WORDS.name), beside, close),
      this.scroll,
    );
    layer.append(this.element);
    /** @type {PanelState | null} */
    this.waiting = null; // what to draw once the pointer is up
    this.pressed = false;
    this.element.addEventListener("pointerdown", () => (this.pressed = true), { capture: true });
    for (const type of ["pointerup", "pointercancel", "pointerleave"]) this.element.addEventListener(type, () => setTimeout(() => this.release()), { capture: type !== "pointerleave" });
  }

  /** The pointer is up, and what it clicked has been told. */
  release() {
    this.pressed = false;
    const state = this.waiting;
    this.waiting = null;
    if (state && this.isOpen) this.render(state);
  }

  get isOpen() {
    return this.element.matches(":popover-open");
  }

  /** @param {Event} event */
  key(event) {
    if (/** @type {KeyboardEvent} */ (event).key !== "Escape") return;
    event.preventDefault();
    this.actions.close();
  }

  /** @param {PanelState} state */
  render(state) {
    if (this.pressed) {
      this.waiting = state; // a button that goes away under the pointer would lose its click
      return;
    }
    const root = /** @type {ShadowRoot} */ (this.element.getRootNode());
    const key = root.activeElement?.getAttribute("data-key");
    const open = new Set([...this.scroll.querySelectorAll("details[open]")].map((details) => details.getAttribute("data-key")));
    const parts = [
      notePart(state),
      examplePart(state, this.actions),
      worksPart(state),
      stepPart(state),
      ideasPart(state, this.actions),
      modelPart(state),
      customerPart(state),
      rewordingPart(state, this.actions),
      secondAuthorPart(state, this.actions),
      smallPrint(state, this.actions),
    ];
    if (state.away === "unpaired") {
      parts.push(el("section", {}, el("button", { type: "button", "data-key": "options", onclick: () => this.actions.openOptions() }, WORDS.options)));
    }
    const clicks = mainClicks(state, this.actions);
    this.bar.replaceChildren(...clicks);
    this.bar.hidden = clicks.length === 0;
    const top = this.scroll.scrollTop;
    this.scroll.replaceChildren(...parts.filter((part) => part !== null));
    for (const details of this.scroll.querySelectorAll("details")) details.open = open.has(details.getAttribute("data-key"));
    this.scroll.scrollTop = top;
    if (key && this.isOpen) this.focusAgain(root, key);
  }

  /** What had the focus may be gone with the idea it belonged to; then the panel itself has it. @param {ShadowRoot} root @param {string} key */
  focusAgain(root, key) {
    const same = /** @type {HTMLElement | null} */ (root.querySelector(`[data-key="${key}"]`));
    (same ?? this.element).focus({ preventScroll: true });
  }

  open() {
    if (!this.isOpen) this.element.showPopover();
  }

  close() {
    if (this.isOpen) this.element.hidePopover();
  }

  focus() {
    this.element.focus({ preventScroll: true });
  }

  /** Shows the rewording beside the agent's own words. */
  look() {
    const yours = /** @type {HTMLElement | null} */ (this.scroll.querySelector(".yours"));
    this.scroll.querySelector(".rewording")?.scrollIntoView({ block: "start" });
    yours?.focus({ preventScroll: true });
  }

  /** @param {Document} stage @param {Around} around */
  place(stage, around) {
    const { style, classList } = this.element;
    const high = stage.defaultView?.innerHeight ?? 600;
    const room = withoutBadge(high, panelRoom(stage, around), around.badge);
    classList.toggle("low", heightOf(room) < PANEL_LOW - PANEL_LEAST);
    style.width = `${room.width}px`;
    const at = panelPlace(stage, around.field, room, this.natural());
    style.maxHeight = `${at.height}px`;
    style.left = `${at.left}px`;
    style.top = `${at.top}px`;
  }

  /** The height that it would have with all room in the world. */
  natural() {
    const own = this.element.getBoundingClientRect().height;
    return own - this.scroll.clientHeight + this.scroll.scrollHeight;
  }
}
