"use strict";

/** The second author: what the team's own model makes of a draft. Nobody waits for it; the coach's own words stay. */

const QUIET_MS = 800; // a draft that has rested so long may be shown to it

class SecondAuthor {
  /** @param {() => void} heard  it has answered */
  constructor(heard) {
    this.heard = heard;
    /** @type {CoachRequest | null} */
    this.request = null; // the draft that it may be asked about
    /** @type {Contract.Rewording | null} */
    this.words = null; // what it made of that
    this.timer = 0;
  }

  /** Another draft: what was said of the last one is void. @param {CoachRequest | null} request  null where there is nothing to reword */
  turnTo(request) {
    clearTimeout(this.timer);
    this.request = request;
    this.words = null;
  }

  askSoon() {
    this.timer = setTimeout(() => void this.ask(), QUIET_MS);
  }

  async ask() {
    clearTimeout(this.timer);
    const { request } = this;
    if (!request || this.words) return;
    const words = await tellWorker({ type: "rewrite", request });
    if (this.request !== request || !words) return;
    this.words = words;
    this.heard();
  }
}
