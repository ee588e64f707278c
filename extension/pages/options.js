"use strict";

/** The settings: which backend, paired or not, on which sites. The worker does the work; the token stays there. */

document.adoptedStyleSheets = [sheetFor(document, LOOK)];

/** @template {HTMLElement} T @param {string} id @returns {T} */
const byId = (id) => /** @type {T} */ (document.getElementById(id));
const backendInput = /** @type {HTMLInputElement} */ (byId("backend"));
const codeInput = /** @type {HTMLInputElement} */ (byId("code"));
const siteInput = /** @type {HTMLInputElement} */ (byId("site"));

/** @param {string} words */
function tell(words) {
  byId("status").textContent = words;
}

/** @param {Ask} ask @returns {Promise<Outcome>} */
async function askFor(ask) {
  return (await api.runtime.sendMessage(ask)) ?? { ok: false, why: say("noAnswer") };
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
    unreachable: say("pageUnreachable"),
    slow: say("pageSlow"),
    unwell: say("pageUnwell"),
    unreadable: say("pageUnreadable"),
    unpaired: say("pageUnpaired"),
    busy: say("pageBusy"),
  };
  return known[why] ?? why;
}

async function refreshPage() {
  /** @type {Status} */
  const status = await api.runtime.sendMessage({ type: "status" });
  const { backend, paired, sites, preset } = status;
  if (document.activeElement !== backendInput) backendInput.value = backend;
  backendInput.readOnly = preset.server !== undefined;
  byId("paired").replaceChildren(
    icon(paired ? SHAPES.dot : SHAPES.ring, { fill: paired }),
    el("span", {}, paired ? say("pairedWith", backend) : say("notPaired")),
  );
  byId("unpair").hidden = !paired;
  byId("test").hidden = !paired;
  const suggested = (preset.sites ?? []).filter((site) => !sites.includes(site));
  byId("sites").replaceChildren(...sites.map(siteRow), ...suggested.map(suggestedRow));
  drawComfort(status, change);
  document.documentElement.dataset.paired = String(paired);
}

/** @param {Ask} ask */
async function change(ask) {
  const outcome = await askFor(ask);
  tell(outcome.ok ? say("saved") : sentence(outcome.why));
  await refreshPage();
}

/** @param {string} origin */
function siteRow(origin) {
  const off = el("button", { type: "button", "aria-label": say("switchOffOn", origin), onclick: () => void switchOff(origin) }, say("switchOff"));
  return el("li", {}, icon(SHAPES.dot, { fill: true }), el("span", {}, origin), off);
}

/** @param {string} origin */
function suggestedRow(origin) {
  const on = async () => {
    if (await mayUse(origin)) await switchOn(origin);
  };
  return el("li", {}, icon(SHAPES.ring), el("span", {}, origin, el("small", {}, ` ${say("preset")}`)), el("button", { type: "button", onclick: () => void on() }, say("switchOn")));
}

/** @param {string} origin */
async function switchOff(origin) {
  const outcome = await askFor({ type: "site", origin, on: false });
  if (!isLoopback(origin)) await api.permissions.remove({ origins: [`${origin}/*`] }).catch(() => false);
  tell(outcome.ok ? say("pageOff", origin) : sentence(outcome.why));
  await refreshPage();
}

/** Asks the browser first; must run in the click itself. @param {string} address @returns {Promise<boolean>} */
async function mayUse(address) {
  return isLoopback(address) || api.permissions.request({ origins: [`${new URL(address).origin}/*`] });
}

/** @param {string} origin */
async function switchOn(origin) {
  const outcome = await askFor({ type: "site", origin, on: true });
  tell(outcome.ok ? say("pageOn", origin) : sentence(outcome.why));
  await refreshPage();
  return outcome.ok;
}

/** @param {string} backend @param {string} code */
async function pairWith(backend, code) {
  const outcome = await askFor({ type: "pair", backend, code });
  tell(outcome.ok ? say("pagePaired") : sentence(outcome.why));
  if (outcome.ok) codeInput.value = "";
  await refreshPage();
  return outcome.ok;
}

byId("pair").addEventListener("submit", async (event) => {
  event.preventDefault();
  const backend = backendInput.value.trim();
  if (await mayUse(backend)) await pairWith(backend, codeInput.value.trim());
  else tell(say("pageNoReach"));
});

byId("test").addEventListener("click", async () => {
  const outcome = await askFor({ type: "test" });
  tell(outcome.ok ? say("pageWorks", outcome.label || "?") : sentence(outcome.why));
});

byId("unpair").addEventListener("click", async () => {
  await askFor({ type: "unpair" });
  tell(say("pageForgotten"));
  await refreshPage();
});

byId("add").addEventListener("submit", async (event) => {
  event.preventDefault();
  const typed = siteInput.value.trim();
  const address = /^https?:\/\//.test(typed) ? typed : `https://${typed}`;
  if (!URL.canParse(address)) {
    tell(say("pageNoAddress", typed));
    return;
  }
  if (!(await mayUse(address))) {
    tell(say("pageStaysOff"));
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
      tell(say("pageNotHere", address));
      return;
    }
  }
  if (code && backend && !(await pairWith(backend, code))) return;
  if (site && !(await switchOn(new URL(site).origin))) return;
  if (next) location.replace(next);
}

void refreshPage().then(followFragment);
