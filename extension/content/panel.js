"use strict";

/** The panel: opens beside the draft, reads from top to bottom, closes with Escape. Not modal: writing goes on. */
class Panel {
  /** @param {HTMLElement} layer @param {PanelActions} actions */
  constructor(layer, actions) {
    this.actions = actions;
    this.scroll = el("div", { class: "scroll" });
    const close = el(
      "button",
      { type: "button", class: "plain", "aria-label": WORDS.close, "data-key": "close", onclick: () => actions.close() },
      icon(SHAPES.cross),
    );
    this.element = el(
      "div",
      { class: "panel", popover: "manual", role: "dialog", "aria-label": WORDS.name, tabindex: "-1", onkeydown: (event) => this.key(event) },
      el("header", {}, icon(SHAPES.bulb), el("strong", {}, WORDS.name), close),
      this.scroll,
    );
    layer.append(this.element);
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
    const root = /** @type {ShadowRoot} */ (this.element.getRootNode());
    const key = root.activeElement?.getAttribute("data-key");
    const open = new Set([...this.scroll.querySelectorAll("details[open]")].map((details) => details.getAttribute("data-key")));
    const parts = [
      notePart(state),
      worksPart(state),
      stepPart(state),
      ideasPart(state, this.actions),
      customerPart(state),
      rewordingPart(state, this.actions),
      smallPrint(state),
    ];
    if (state.away === "unpaired") {
      parts.push(el("section", {}, el("button", { type: "button", "data-key": "options", onclick: () => this.actions.openOptions() }, WORDS.options)));
    }
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

  /** @param {Document} stage @param {Box} field */
  place(stage, field) {
    if (!this.isOpen) return;
    this.element.style.maxHeight = `${Math.max(200, (stage.defaultView?.innerHeight ?? 600) - 20)}px`;
    const { width, height } = this.element.getBoundingClientRect();
    const at = panelPlace(stage, field, { width, height });
    this.element.style.maxHeight = `${Math.floor(at.height)}px`;
    this.element.style.left = `${Math.round(at.left)}px`;
    this.element.style.top = `${Math.round(at.top)}px`;
  }
}
