"use strict";

/** The ticket around a field: what was said so far, kept until the page changes it, and whether it is another one. */
class Ticket {
  /** @param {Desk} desk @param {HTMLElement} field */
  constructor(desk, field) {
    this.desk = desk;
    this.field = field;
    /** @type {ConversationRead | null} */
    this.read = null;
    /** @type {Promise<ConversationRead | null> | null} */
    this.elsewhere = null; // asked for once
    /** @type {Message[]} */
    this.asked = []; // the messages that the last report is about
    this.where = addressOf(field);
  }

  /** What the customer and the agent have said. @param {string} draft @returns {Promise<ConversationRead>} */
  async conversation(draft) {
    if (this.read) return this.read;
    let read = conversationAround(this.desk, this.field);
    if (read.messages.length === 0 && window.parent !== window) {
      read = (await tellWorker({ type: "conversation" })) ?? read;
    }
    if (read.messages.length === 0) {
      this.elsewhere ??= conversationElsewhere(this.desk, this.field);
      const told = await this.elsewhere;
      if (told) read = { ...told, agent: told.agent || read.agent };
    }
    if (read.messages.length === 0) read = { ...read, ...quotedConversation(draft), agent: read.agent };
    this.read = read;
    return read;
  }

  /** Forgets what was read when a change may be one of the conversation. @param {MutationRecord[]} records @returns {boolean} */
  changedBy(records) {
    const place = this.read?.place;
    if (place?.isConnected && !records.some(({ target }) => place.contains(target))) return false;
    this.read = null;
    return true;
  }

  /**
   * For editors in frames: messages come in the pages around them. @param {AbortSignal} signal @param {() => void} changed
   */
  watchAround(signal, changed) {
    const observer = new MutationObserver((records) => this.changedBy(records) && changed());
    for (const doc of documentsAround(this.field).slice(1)) observer.observe(doc, { childList: true, subtree: true });
    signal.addEventListener("abort", () => observer.disconnect());
  }

  /**
   * Some pages show another ticket around the same field: nothing of the last one holds there.
   * @param {Message[]} messages  those of the next report @returns {boolean} whether it is another one
   */
  turnedTo(messages) {
    const before = new Set(this.asked.map(({ text }) => text));
    const strangers = before.size > 0 && messages.length > 0 && !messages.some(({ text }) => before.has(text));
    const other = strangers || this.where !== addressOf(this.field);
    this.asked = messages;
    this.where = addressOf(this.field);
    if (other) this.elsewhere = null;
    return other;
  }
}

/** Which ticket a page shows: its address. @param {HTMLElement} field */
function addressOf(field) {
  const { origin, pathname, search, hash } = (documentsAround(field).at(-1) ?? document).location;
  return `${origin}${pathname}${search}${hash}`;
}
