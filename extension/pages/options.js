"use strict";

/** The settings: which backend, paired or not, on which sites. The worker does the work; the token stays there. */

document.adoptedStyleSheets = [sheetFor(document, LOOK)];

/** @template {HTMLElement} T @param {string} id @returns {T} */
const byId = (id) => /** @type {T} */ (document.getElementById(id));
const backendInput = /** @type {HTMLInputElement} */ (byId("backend"));
const codeInput = /** @type {HTMLInputElement} */ (byId("code"));
const siteInput = /** @type {HTMLInputElement} */ (byId("site"));

/** @param {string} words */
function say(words) {
  byId("status").textContent = words;
}

/** @param {Ask} ask @returns {Promise<Outcome>} */
async function askFor(ask) {
  return (await api.runtime.sendMessage(ask)) ?? { ok: false, why: "The extension did not answer. Please try again." };
}

/** @param {string} address */
function isLoopback(address) {
  const { hostname, protocol } = new URL(address);
  return protocol === "http:" && (hostname === "127.0.0.1" || hostname === "localhost");
}

/** A sentence for a reason the worker gave as one word. @param {string} why */
function sentence(why) {
  /** @type {Record<string, string>} */
  const known = {
    unreachable: "Nothing answers at this address. Is the coach running there?",
    slow: "It takes too long to answer.",
    unwell: "It answers with an error of its own.",
    unreadable: "Something answers there, but it is not the coach.",
    unpaired: "Not paired yet, or the pairing was ended there. A new code pairs it again.",
    busy: "Too many tries. Please wait a minute.",
  };
  return known[why] ?? why;
}

async function refreshPage() {
  /** @type {Status} */
  const { backend, paired, sites } = await api.runtime.sendMessage({ type: "status" });
  if (document.activeElement !== backendInput) backendInput.value = backend;
  byId("paired").replaceChildren(
    icon(paired ? SHAPES.dot : SHAPES.ring, { fill: paired }),
    el("span", {}, paired ? `Paired with ${backend}` : "Not paired yet"),
  );
  byId("unpair").hidden = !paired;
  byId("test").hidden = !paired;
  byId("sites").replaceChildren(...sites.map(siteRow));
  document.documentElement.dataset.paired = String(paired);
}

/** @param {string} origin */
function siteRow(origin) {
  const off = el("button", { type: "button", "aria-label": `Switch off on ${origin}`, onclick: () => void switchOff(origin) }, "Switch off");
  return el("li", {}, icon(SHAPES.dot, { fill: true }), el("span", {}, origin), off);
}

/** @param {string} origin */
async function switchOff(origin) {
  const outcome = await askFor({ type: "site", origin, on: false });
  if (!isLoopback(origin)) await api.permissions.remove({ origins: [`${origin}/*`] }).catch(() => false);
  say(outcome.ok ? `Switched off on ${origin}.` : sentence(outcome.why));
  await refreshPage();
}

/** Asks the browser first; must run in the click itself. @param {string} address @returns {Promise<boolean>} */
async function mayUse(address) {
  return isLoopback(address) || api.permissions.request({ origins: [`${new URL(address).origin}/*`] });
}

/** @param {string} origin */
async function switchOn(origin) {
  const outcome = await askFor({ type: "site", origin, on: true });
  say(outcome.ok ? `Switched on for ${origin}.` : sentence(outcome.why));
  await refreshPage();
  return outcome.ok;
}

/** @param {string} backend @param {string} code */
async function pairWith(backend, code) {
  const outcome = await askFor({ type: "pair", backend, code });
  say(outcome.ok ? "Paired. The coach is ready." : sentence(outcome.why));
  if (outcome.ok) codeInput.value = "";
  await refreshPage();
  return outcome.ok;
}

byId("pair").addEventListener("submit", async (event) => {
  event.preventDefault();
  const backend = backendInput.value.trim();
  if (await mayUse(backend)) await pairWith(backend, codeInput.value.trim());
  else say("Without your permission the coach cannot reach that address.");
});

byId("test").addEventListener("click", async () => {
  const outcome = await askFor({ type: "test" });
  say(outcome.ok ? `It works. This browser is known there as “${outcome.label || "unnamed"}”.` : sentence(outcome.why));
});

byId("unpair").addEventListener("click", async () => {
  await askFor({ type: "unpair" });
  say("Forgotten. A new code pairs it again.");
  await refreshPage();
});

byId("add").addEventListener("submit", async (event) => {
  event.preventDefault();
  const typed = siteInput.value.trim();
  const address = /^https?:\/\//.test(typed) ? typed : `https://${typed}`;
  if (!URL.canParse(address)) {
    say(`“${typed}” is not an address. It should look like https://desk.example.com.`);
    return;
  }
  if (!(await mayUse(address))) {
    say("Without your permission the coach stays off there.");
    return;
  }
  if (await switchOn(new URL(address).origin)) siteInput.value = "";
});

/**
 * `#pair=CODE&backend=URL&site=ORIGIN&next=URL` sets everything up in one go, for this machine only;
 * `#ask=ORIGIN` comes from the toolbar button and only fills in the site.
 */
async function followFragment() {
  const wishes = new URLSearchParams(location.hash.slice(1));
  history.replaceState(null, "", location.pathname); // a code does not stay in the history
  const ask = wishes.get("ask");
  if (ask) siteInput.value = ask;
  const [code, backend, site, next] = ["pair", "backend", "site", "next"].map((name) => wishes.get(name));
  for (const address of [backend, site, next]) {
    if (address && !(URL.canParse(address) && isLoopback(address))) {
      say(`“${address}” is not on this machine, so please set it up by hand.`);
      return;
    }
  }
  if (code && backend && !(await pairWith(backend, code))) return;
  if (site && !(await switchOn(new URL(site).origin))) return;
  if (next) location.replace(next);
}

void refreshPage().then(followFragment);
