"use strict";

/** What the side panel offers kindly: a breather, or the team's time to practise. Every answer is fine. */

const offers = /** @type {HTMLElement} */ (document.getElementById("offers"));
let breathing = false;

/** @param {string} word @param {string} key @param {() => Promise<unknown>} what @param {"main" | "plain"} weight */
function answerButton(word, key, what, weight) {
  const then = () => void what().then(showOffers);
  return el("button", { type: "button", class: weight, "data-key": key, onclick: then }, word);
}

/** @param {AnswerToOffer} answer */
const answerOffer = (answer) => api.runtime.sendMessage({ type: "offered", answer });

/** @param {string[]} lines @param {...Node} buttons */
function offerPart(lines, ...buttons) {
  const said = lines.map((line, n) => el("p", { class: n < lines.length - 1 || n === 0 ? "" : "hint" }, line));
  return el("section", { class: "offer" }, ...said, el("div", { class: "actions" }, ...buttons));
}

/** The Monday of some week, so that the day's name comes in the agent's language. @param {number} day  0 is Monday */
function dayName(day) {
  return new Date(2024, 0, 1 + day).toLocaleDateString(document.documentElement.lang, { weekday: "long" });
}

async function showOffers() {
  if (breathing) return;
  const offer = /** @type {Offer | null} */ (await api.runtime.sendMessage({ type: "offer" }).catch(() => null));
  offers.dataset.offer = offer?.offer ?? "none";
  if (offer?.offer === "breather") {
    const take = async () => {
      await answerOffer("no-breather"); // the run is over, whichever way
      breathe();
    };
    offers.replaceChildren(
      offerPart(
        [say("breatherOffer"), say("breatherOnlyHere")],
        answerButton(say("breatherTake"), "breathe", take, "main"),
        answerButton(WORDS.notNow, "no breather", () => answerOffer("no-breather"), "plain"),
      ),
    );
  } else if (offer?.offer === "practice") {
    offers.replaceChildren(
      offerPart(
        [say("practiceOffer", dayName(offer.day), offer.minutes), say("practiceOnlyHere")],
        answerButton(say("practiceNow"), "practise now", () => answerOffer("practise"), "main"),
        answerButton(say("practiceTomorrow"), "tomorrow", () => answerOffer("tomorrow"), "plain"),
        answerButton(say("practiceNotThisWeek"), "not this week", () => answerOffer("not-this-week"), "plain"),
      ),
    );
  } else offers.replaceChildren();
}

/** Nothing moves and nothing counts down: it is over when the agent says so. */
function breathe() {
  breathing = true;
  offers.dataset.offer = "breathing";
  const back = async () => void (breathing = false);
  const lines = [say("breatherLook"), say("breatherBreathe"), say("breatherWaits")];
  offers.replaceChildren(offerPart(lines, answerButton(say("breatherBack"), "back", back, "main")));
  /** @type {HTMLElement | null} */ (offers.querySelector("button"))?.focus({ preventScroll: true });
}

api.runtime.onMessage.addListener((/** @type {{type: string}} */ { type }) => {
  if (type === "read-anew") void showOffers();
});
void showOffers();
