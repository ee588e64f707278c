"use strict";

/**
 * Everything the coach draws for one field: badge, panel and marks in one closed shadow root, in the outermost
 * document that the field's frame may reach.
 *
 * @typedef {"off" | "ready" | "busy" | "ideas" | "away" | "refresh"} BadgeState
 */

class View {
  /** @param {HTMLElement} field @param {PanelActions} actions @param {() => void} toggle @param {() => HTMLElement | null} send  the button that sends */
  constructor(field, actions, toggle, send) {
    this.field = field;
    this.send = send;
    this.stage = stageOf(field);
    this.host = this.stage.createElement("empathy-coach");
    const shadow = this.host.attachShadow({ mode: "closed" });
    shadow.adoptedStyleSheets = [sheetFor(this.stage, LOOK), sheetFor(this.stage, PANEL_LOOK)];
    this.root = el("div", { class: "stage", dir: "ltr" }); // as all its languages are written
    // Two of them for screen readers: the badge's news must not wipe out "Applied" before it was read.
    this.notes = el("div", { class: "aloud notes", role: "status", "aria-live": "polite" });
    this.news = el("div", { class: "aloud news", role: "status", "aria-live": "polite" });
    this.label = el("span");
    this.shape = el("span", { style: "display: contents" });
    this.button = el("button", { type: "button", "aria-haspopup": "dialog", "aria-expanded": "false", onclick: toggle }, this.shape, this.label);
    this.badge = el("div", { class: "badge", popover: "manual" }, this.button);
    this.root.append(this.notes, this.news, this.badge);
    shadow.append(this.root);
    this.marks = new Marks(field, this.root);
    this.panel = new Panel(this.root, actions);
    // A desk's own shortcuts must not fire while someone uses the panel.
    for (const type of ["keydown", "keypress", "keyup"]) this.host.addEventListener(type, (event) => event.stopPropagation());
    this.home().append(this.host);
    this.badge.showPopover();
    this.show("ready", 0, WORDS.ready);
  }

  /** An open modal dialog makes the rest of the page inert: the coach then lives inside it. */
  home() {
    const dialog = this.stage === this.field.ownerDocument ? this.field.closest("dialog:modal") : null;
    return dialog ?? this.stage.documentElement;
  }

  /** @param {BadgeState} state @param {number} ideas @param {string} words */
  show(state, ideas, words) {
    this.host.dataset.state = state;
    this.host.dataset.ideas = String(ideas);
    if (state === "busy") return; // what was said before stays until there is something new
    this.badge.dataset.state = state;
    if (this.label.textContent === words) return;
    this.label.textContent = words;
    this.button.setAttribute("aria-label", `${WORDS.name}: ${words}`);
    const shapes = { off: SHAPES.ring, ready: SHAPES.tick, ideas: SHAPES.bulb, away: SHAPES.away, refresh: SHAPES.turn };
    this.shape.replaceChildren(icon(shapes[state]));
    this.news.textContent = words;
    this.place();
  }

  /** What became of a click, for screen readers. @param {string} words */
  say(words) {
    if (this.notes.textContent !== words) this.notes.textContent = words;
  }

  /** @param {boolean} shown */
  reveal(shown) {
    this.host.toggleAttribute("data-hidden", !shown);
    this.root.hidden = !shown;
    if (shown && !this.badge.matches(":popover-open")) this.badge.showPopover();
    if (shown) this.place();
  }

  place() {
    if (this.root.hidden || !this.host.isConnected) return;
    this.root.style.colorScheme = isDark(this.field) ? "dark" : "light";
    const box = boxOnStage(this.field);
    const view = this.stage.defaultView ?? window;
    const inSight = box.top < view.innerHeight && box.top + box.height > 0 && box.width > 0 && box.left < view.innerWidth;
    this.badge.style.visibility = inSight ? "visible" : "hidden";
    if (inSight) this.placeBadge(box, null);
    this.marks.place();
    if (this.panel.isOpen) this.placePanel(box, inSight);
  }

  /** @param {Box} field @param {boolean} inSight */
  placePanel(field, inSight) {
    const button = this.send();
    const send = button && boxOnStage(button);
    const words = () => ({ ...field, height: Math.min(field.height, this.marks.wordsHeight()) });
    this.panel.place(this.stage, { field, words, send, badge: this.badge.getBoundingClientRect() });
    if (inSight && overlap(this.panel.element, this.badge)) this.placeBadge(field, this.panel.element.getBoundingClientRect());
  }

  /** @param {Box} field @param {Box | null} panel  where it would be hidden */
  placeBadge(field, panel) {
    const { width, height } = this.badge.getBoundingClientRect();
    const at = badgePlace(this.stage, field, { width, height }, panel);
    this.badge.style.left = `${Math.round(at.left)}px`;
    this.badge.style.top = `${Math.round(at.top)}px`;
  }

  openPanel() {
    this.panel.open();
    this.button.setAttribute("aria-expanded", "true");
    this.place();
  }

  closePanel() {
    this.panel.close();
    this.place();
    this.button.setAttribute("aria-expanded", "false");
  }

  end() {
    this.marks.end();
    this.host.remove();
  }
}

/** @param {Element} a @param {Element} b */
function overlap(a, b) {
  return meet(a.getBoundingClientRect(), b.getBoundingClientRect());
}
