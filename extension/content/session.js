"use strict";

/** One field while it is coached. Everything it starts ends with its AbortSignal. */

const DEBOUNCE_MS = 150;
const PREPARE_MS = 75; // a pause in which there is time for what the next reading needs
const SLEEPY_MS = 20_000; // browsers stop a worker that was not asked anything for half a minute

/** @param {Ask} ask @returns {Promise<any>} null when the worker cannot be reached */
async function tellWorker(ask) {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    if (!stillInstalled()) return null;
    try {
      return await api.runtime.sendMessage(ask);
    } catch {
      // The worker was stopped in the middle of it; asking again starts it.
    }
  }
  return null;
}

class Session {
  /** @param {HTMLElement} field @param {Desk} desk */
  constructor(field, desk) {
    this.field = field;
    this.desk = desk;
    this.control = new AbortController();
    this.sequence = 0;
    this.typedAt = 0;
    this.timer = 0;
    this.early = 0;
    /** @type {Map<string, number>} */
    this.frames = new Map(); // what waits for the next picture
    /** @type {Contract.Report | null} */
    this.report = null;
    this.text = ""; // the draft that the report is about
    this.heard = readText(field).text; // the newest text known
    /** @type {Away | null} */
    this.away = null;
    this.ticket = new Ticket(desk, field);
    this.comfort = new Comfort(desk, field, () => this.draw());
    this.changes = new Changes(field);
    this.author = new SecondAuthor(() => this.tellAnew());
    this.note = "";
    this.example = "";
    this.ended = false;
    this.view = new View(field, this.actions(), () => this.toggle(), () => sendButton(desk, field));
    this.listen();
    this.changed();
  }

  /** @returns {PanelActions} */
  actions() {
    return {
      apply: (edits, finding) => void this.apply(edits, finding),
      copy: (text) => void this.copy(text),
      undo: () => void this.undo(),
      look: () => this.view.panel.look(),
      close: () => this.close(),
      putAside: (finding, verdict) => this.putAside(finding, verdict),
      hide: (finding, scope) => this.hideFor(finding, scope),
      point: (span) => this.view.marks.point(span),
      openOptions: () => void tellWorker({ type: "open-options" }),
      practise: () => void tellWorker({ type: "practice" }),
      // Firefox opens its sidebar from its own menus only.
      openSidePanel: api.runtime.getURL("").startsWith("moz-") ? null : () => void tellWorker({ type: "open-side-panel" }),
    };
  }

  listen() {
    const { signal } = this.control;
    const { field } = this;
    const doc = field.ownerDocument;
    const look = () => this.timer === 0 && this.soon("check", () => this.check()); // else it is read soon: no picture for nothing
    onWriting(field, signal, () => this.changed(), look);
    // Desks also set a draft without an event: macros, and the empty field after sending.
    for (const type of ["focusout", "keyup", "click"]) doc.addEventListener(type, look, { signal, passive: true, capture: true });
    field.addEventListener("keydown", (event) => this.key(event), { signal, capture: true });
    const move = () => this.soon("place", () => this.view.place());
    for (const place of new Set([doc, this.view.stage])) {
      place.addEventListener("scroll", move, { signal, capture: true, passive: true });
      place.defaultView?.addEventListener("resize", move, { signal, passive: true });
    }
    const sizes = new ResizeObserver(move);
    sizes.observe(field);
    sizes.observe(this.view.panel.scroll);
    signal.addEventListener("abort", () => sizes.disconnect());
    this.followLight(move);
    this.ticket.watchAround(signal, () => this.soon("late", () => this.late()));
    this.comfort.watchSend(signal, () => this.remind(), () => this.sent());
    window.addEventListener("focus", () => void this.comfort.load(), { signal }); // settings may have changed meanwhile
    this.view.host.addEventListener("retire", () => this.hide(), { signal });
    window.addEventListener("pagehide", () => this.end(), { signal });
  }

  /** Light and dark follow the page: its system's choice, its own switch, and the fading between. @param {() => void} move */
  followLight(move) {
    const { signal } = this.control;
    const { stage } = this.view;
    stage.defaultView?.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", move, { signal });
    const switches = new MutationObserver(move);
    for (const element of [stage.documentElement, stage.body]) switches.observe(element, { attributes: true });
    signal.addEventListener("abort", () => switches.disconnect());
    /** @param {Event} event */
    const faded = ({ target }) => target instanceof Node && target.contains(this.field) && move();
    stage.addEventListener("transitionend", faded, { signal, passive: true });
  }

  /** Once before the next picture, however often it is asked for by the same name. @param {string} name @param {() => void} what */
  soon(name, what) {
    cancelAnimationFrame(this.frames.get(name) ?? 0);
    const frame = requestAnimationFrame(() => {
      if (!this.ended) what();
    });
    this.frames.set(name, frame);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (!event.isTrusted) return;
    if (event.key === "Escape" && this.view.panel.isOpen) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    }
    const undoes = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "z";
    if (undoes) this.changes.finishUndo(() => this.changed());
  }

  /** After each key: as little as can be. */
  changed() {
    this.sequence += 1;
    if (performance.now() - this.typedAt > SLEEPY_MS) void tellWorker({ type: "wake" });
    this.typedAt = performance.now();
    this.view.host.removeAttribute("data-for"); // what is shown answers an older draft
    clearTimeout(this.timer);
    clearTimeout(this.early);
    this.timer = setTimeout(() => void this.read(), DEBOUNCE_MS);
    if (!this.ticket.read) this.early = setTimeout(() => void this.ticket.conversation(readText(this.field).text), PREPARE_MS);
    if (this.view.marks.mustFollow) this.soon("follow", () => this.view.marks.follow());
  }

  check() {
    if (!stillInstalled()) this.refresh();
    else if (this.timer === 0 && readText(this.field).text !== this.heard) this.changed(); // in this order: after each key
  }

  /** After messages came, went, or another ticket took the place: what was said about the old ones is void. */
  late() {
    if (!this.report || this.timer !== 0) return; // else the next reading sees them
    const before = JSON.stringify(this.ticket.asked);
    void this.ticket.conversation(this.heard).then(({ messages }) => {
      if (!this.ended && this.timer === 0 && JSON.stringify(messages) !== before) this.changed();
    });
  }

  /** Reads the draft and asks the backend; an answer that comes too late is dropped. */
  async read() {
    this.timer = 0;
    if (this.ended) return;
    if (!stillInstalled()) {
      this.refresh();
      return;
    }
    const mine = (this.sequence += 1);
    const { text } = readText(this.field);
    this.heard = text;
    if (text.trim() === "" && !this.view.panel.isOpen) {
      this.settle(text, null, null);
      return;
    }
    this.view.show("busy", 0, "");
    const { messages, agent, customer } = await this.ticket.conversation(text);
    if (this.ticket.turnedTo(messages)) {
      this.changes.anew();
      this.comfort.anew();
    }
    /** @type {CoachRequest} */
    const request = {
      draft: text.toWellFormed(),
      conversation: messages.map((message) => ({ ...message, text: message.text.toWellFormed() })), // same length
      kind: kindOf(this.desk, this.field),
      ...(agent ? { agent_name: agent } : {}),
      ...(customer ? { customer_name: customer } : {}),
    };
    /** @type {CoachAnswer} */
    const answer = (await tellWorker({ type: "coach", request })) ?? { away: "asleep" };
    if (this.ended || mine !== this.sequence || readText(this.field).text !== text) return;
    if (!stillInstalled()) this.refresh();
    else if ("report" in answer) this.settle(text, answer.report, null, request);
    else this.settle(text, null, answer.away);
  }

  /**
   * @param {string} text @param {Contract.Report | null} report @param {Away | null} away
   * @param {CoachRequest | null} [request]  what the report answers
   */
  settle(text, report, away, request = null) {
    if (text.trim() === "" && this.text.trim() !== "") this.comfort.anew(); // sent, or begun anew
    this.text = text;
    this.report = report;
    this.away = away;
    this.author.turnTo(text.trim() === "" ? null : request);
    this.draw();
    if (this.view.panel.isOpen) this.author.askSoon();
    this.view.host.dataset.for = String(text.length); // for tests: which draft this is about
  }

  /** What is shown of the findings: those that still point at the right words, and were not hidden. @param {boolean} [whole] */
  ideas(whole) {
    const standing = (this.report?.findings ?? []).filter((finding) => !finding.span || stands(this.text, finding.span));
    return this.comfort.shown(standing, whole);
  }

  draw() {
    const ideas = this.ideas();
    const slots = this.changes.slots(this.text);
    const count = ideas.length || (this.report?.rewording ? 1 : 0);
    this.view.marks.show(this.text, ideas.flatMap(({ span }) => (span ? [span] : [])));
    if (this.away) this.view.show("away", 0, WORDS.away);
    else if (slots.length > 0) this.view.show("ideas", Math.max(count, 1), WORDS.slot);
    else if (count > 0) this.view.show("ideas", count, WORDS.ideas(count));
    else this.view.show("ready", 0, WORDS.ready);
    this.tellAnew();
  }

  /** What the panels show is not what they showed. */
  tellAnew() {
    if (this.view.panel.isOpen) this.drawPanel();
    void tellWorker({ type: "read-anew" }); // the side panel, where it is open, asks for the rest
  }

  /** @returns {PanelState} */
  state() {
    return {
      report: this.report,
      model: this.author.words,
      text: this.text,
      ideas: this.ideas(),
      conversation: this.ticket.read?.messages ?? this.ticket.asked,
      away: this.away,
      slots: this.changes.slots(this.text),
      note: this.note,
      example: this.example,
      canUndo: this.changes.canUndo,
      canApply: this.changes.canApply,
    };
  }

  /** The same for the side panel. @returns {SideState} */
  sideState() {
    const findings = this.report?.findings ?? [];
    return { ...this.state(), ideas: this.ideas(true).map((finding) => findings.indexOf(finding)) };
  }

  /** A click in the side panel; returns what became of it. @param {SidePanelClick} click */
  async sideClick(click) {
    const finding = "finding" in click ? (this.report?.findings[click.finding] ?? null) : null;
    if (click.do === "apply") await this.apply(click.edits, finding);
    else if (click.do === "undo") await this.undo();
    else if (finding && click.do === "aside") this.putAside(finding, click.verdict);
    else if (finding && click.do === "hide") this.hideFor(finding, click.scope);
    return this.note;
  }

  drawPanel() {
    this.view.panel.render(this.state());
    this.view.place();
  }

  toggle() {
    if (!stillInstalled()) this.refresh();
    else if (this.view.panel.isOpen) this.close();
    else this.open();
  }

  open() {
    this.view.reveal(true);
    this.view.openPanel();
    this.drawPanel();
    this.view.panel.focus();
    for (const finding of this.ideas()) this.feedBack(finding, "shown");
    void this.author.ask();
    if (!this.report) void this.read(); // an empty draft is read for what the customer says; away is tried again
  }

  close() {
    this.view.closePanel();
    this.note = "";
    this.example = "";
    this.view.marks.point(null);
    this.field.focus({ preventScroll: true });
  }

  /** @param {string} note */
  tell(note) {
    this.note = note;
    this.view.say(note);
    if (!this.view.panel.isOpen) return;
    this.drawPanel();
    this.view.panel.scroll.scrollTop = 0; // the note stands first
  }

  /** @param {Contract.Edit[]} edits @param {Contract.Finding | null} finding  null for the whole rewording */
  async apply(edits, finding) {
    const { text } = this;
    if (readText(this.field).text !== text) {
      this.tell(WORDS.moved);
      this.changed();
      return;
    }
    const after = edited(text, edits);
    if (!(await this.changes.apply(text, edits, this.typedAt))) {
      this.tell(WORDS.notApplied);
      this.view.panel.focus();
      return;
    }
    this.tell(WORDS.applied);
    if (finding) this.feedBack(finding, "applied");
    this.changes.selectGap(after);
    this.changed();
  }

  async undo() {
    const back = await this.changes.undo();
    if (back === null) return;
    this.tell(back ? WORDS.undone : WORDS.notApplied);
    this.changed();
  }

  /** @param {string} text */
  async copy(text) {
    await navigator.clipboard.writeText(text).catch(() => copyByHand(text));
    this.tell(WORDS.copied);
  }

  /** @param {Contract.Finding} finding @param {"dismissed" | "wrong"} verdict */
  putAside(finding, verdict) {
    this.comfort.hideOnce(finding);
    this.feedBack(finding, verdict);
    this.example = verdict === "wrong" ? exampleFor(finding, this.text) : "";
    this.note = verdict === "wrong" ? WORDS.wrongNote : WORDS.hiddenNote;
    this.view.say(this.note);
    this.draw();
  }

  /** @param {Contract.Finding} finding @param {HideScope} scope */
  hideFor(finding, scope) {
    this.comfort.hide(finding, scope);
    this.feedBack(finding, "dismissed");
    this.note = WORDS.hidden[scope];
    this.view.say(this.note);
    this.draw();
  }

  /** Said beside the send button, once; nothing is held back. */
  remind() {
    const count = this.ideas().length;
    if (count > 0) this.view.show("ideas", count, WORDS.beforeSend(WORDS.ideas(count)));
  }

  /** The draft was sent as it stood: it counts for the agent's own weeks, and for a breather after several hard ones. */
  sent() {
    if (!this.report || this.text.trim() === "") return;
    const { elements, customer } = this.report;
    void tellWorker({ type: "sent", states: elements.map(({ element, state }) => [element, state]), upset: customer.upset });
  }

  /** @param {Contract.Finding} finding @param {Feedback["verdict"]} verdict */
  feedBack({ rule, element }, verdict) {
    void tellWorker({ type: "feedback", feedback: { rule, element, verdict, rule_set: this.report?.rule_set } });
  }

  /** The extension was updated or removed under this page: say so, and do nothing more. */
  refresh() {
    this.control.abort();
    clearTimeout(this.timer);
    clearTimeout(this.early);
    this.author.turnTo(null);
    this.ended = true;
    this.view.marks.show("", []);
    this.view.closePanel();
    this.view.show("refresh", 0, WORDS.refresh);
  }

  hide() {
    this.view.closePanel();
    this.view.reveal(false);
  }

  end() {
    this.ended = true;
    this.control.abort();
    clearTimeout(this.timer);
    clearTimeout(this.early);
    this.author.turnTo(null);
    this.view.end();
  }
}
