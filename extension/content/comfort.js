"use strict";

/** What the agent asked for: how much is said, what stays hidden, a reminder beside the send button. */

/** @type {Record<Strictness, {hints: boolean, most: number}>} */
const MEASURES = { gentle: { hints: false, most: 2 }, normal: { hints: true, most: 3 }, thorough: { hints: true, most: 3 } };

class Comfort {
  /** @param {Desk} desk @param {HTMLElement} field @param {() => void} changed */
  constructor(desk, field, changed) {
    this.desk = desk;
    this.field = field;
    this.changed = changed;
    /** @type {Choices} */
    this.choices = { strictness: "normal", reminder: false, hidden: [] };
    /** @type {Set<string>} */
    this.once = new Set(); // put aside for this draft
    this.reminded = false;
    void this.load();
  }

  async load() {
    const choices = /** @type {Choices | null} */ (await tellWorker({ type: "choices", ticket: addressOf(this.field) }));
    if (!choices || JSON.stringify(choices) === JSON.stringify(this.choices)) return;
    this.choices = choices;
    this.changed();
  }

  /** What is left of the findings, most useful first. @param {Contract.Finding[]} findings @param {boolean} [whole]  in the side panel */
  shown(findings, whole = false) {
    const { strictness, hidden } = this.choices;
    const { hints, most } = MEASURES[strictness];
    const left = findings.filter((finding) => !this.once.has(nameOf(finding)) && !hidden.includes(finding.rule) && (hints || finding.severity !== "hint"));
    return whole && strictness === "thorough" ? left : left.slice(0, most);
  }

  /** @param {Contract.Finding} finding */
  hideOnce(finding) {
    this.once.add(nameOf(finding));
  }

  /** @param {Contract.Finding} finding @param {HideScope} scope */
  hide({ rule }, scope) {
    this.choices = { ...this.choices, hidden: [...this.choices.hidden, rule] };
    void tellWorker({ type: "hide", rule, scope, ticket: addressOf(this.field) });
  }

  /** Another ticket took the place, or the draft was sent. */
  anew() {
    this.once.clear();
    this.reminded = false;
    void this.load();
  }

  /**
   * Watches the send button without touching it. @param {AbortSignal} signal
   * @param {() => void} near  the agent is about to send @param {() => void} sent
   */
  watchSend(signal, near, sent) {
    /** @param {Event} event */
    const isSend = (event) => {
      const button = event.target instanceof Element ? event.target.closest(BUTTON) : null;
      return button !== null && event.isTrusted && button === sendButton(this.desk, this.field);
    };
    for (const doc of documentsAround(this.field)) {
      for (const type of ["pointerover", "focusin"]) {
        const maybe = (/** @type {Event} */ event) => {
          if (!this.choices.reminder || this.reminded || !isSend(event)) return;
          this.reminded = true;
          near();
        };
        doc.addEventListener(type, maybe, { signal, capture: true, passive: true });
      }
      doc.addEventListener("click", (event) => isSend(event) && sent(), { signal, capture: true, passive: true });
    }
  }
}

/** The same observation on the same words. @param {Contract.Finding} finding */
function nameOf({ rule, span, place }) {
  return `${rule} ${span?.quote ?? place?.at ?? ""}`;
}

/**
 * What a team lead can put into a rule's file, for the agent to copy: it stays on this machine until then.
 * @param {Contract.Finding} finding @param {string} text  the draft
 */
function exampleFor({ rule, span }, text) {
  const from = span ? Math.max(0, ...[". ", "! ", "? ", "\n"].map((end) => text.lastIndexOf(end, Math.max(0, span.start - 1)) + end.length).filter((at) => at <= span.start && at > 1)) : 0;
  const after = span ? text.slice(span.end).search(/[.!?](\s|$)|\n/) : -1;
  const sentence = span ? text.slice(from, after < 0 ? text.length : span.end + after + 1) : text;
  const line = sentence.replace(/\s+/g, " ").trim();
  return `# ${rule}\nexamples:\n  silent:\n    - ${JSON.stringify(line)}\n`;
}
