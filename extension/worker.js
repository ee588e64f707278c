"use strict";

/**
 * The worker: the only part that fetches and the only one that knows the token. It may be stopped at any moment, so
 * what must last is in storage.local, which content scripts cannot read.
 */

if ("importScripts" in globalThis) {
  // @ts-expect-error in Firefox the manifest loads these, and there is no importScripts
  importScripts("lib/api.js", "lib/scripts.js", "lib/report.js", "lib/sites.js", "lib/choices.js", "lib/offers.js");
}

const DEFAULT_BACKEND = "http://127.0.0.1:8737";
const PATIENCE_MS = 5000; // for a whole answer, however slowly it drips
const LONGEST_ANSWER = 4_000_000; // bytes; a report on the longest draft stays far below

/** Not in Firefox, where storage.local of an extension is out of a content script's reach only by our own care. */
api.storage.local.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" });

/** @returns {Promise<{backend: string, token: string | null, sites: string[]}>} */
async function settings() {
  const kept = /** @type {any} */ (await api.storage.local.get({ backend: DEFAULT_BACKEND, token: null, sites: [] }));
  const { server } = await preset();
  if (!server || server === kept.backend) return kept;
  return { ...kept, backend: backendOrigin(server), token: null }; // a token belongs to the coach that gave it
}

class AwayError extends Error {
  /** @param {Away} reason @param {string} [detail]  a sentence from the backend's problem document */
  constructor(reason, detail) {
    super(detail ?? reason);
    this.reason = reason;
    this.detail = detail;
  }
}

/** @param {number} status @returns {Away} */
function reasonFor(status) {
  if (status === 401) return "unpaired";
  if (status === 429) return "busy";
  return status >= 500 ? "unwell" : "refused";
}

/** The answer's text, given up when it grows past any report. @param {Response} response */
async function textOf(response) {
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const part = await reader?.read();
    if (!part || part.done) return text + decoder.decode();
    size += part.value.byteLength;
    if (size > LONGEST_ANSWER) throw new AwayError("unreadable");
    text += decoder.decode(part.value, { stream: true });
  }
}

/**
 * One request to the backend.
 * @param {string} backend @param {string} path @param {string | null} token @param {unknown} [body]
 * @returns {Promise<any>} the JSON of a 2xx answer, null when it is empty
 * @throws {AwayError}
 */
async function call(backend, path, token, body) {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), PATIENCE_MS);
  try {
    const response = await fetch(backend + path, {
      method: body === undefined ? "GET" : "POST",
      headers: {
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: control.signal,
      redirect: "error", // the token goes to no other address
      credentials: "omit",
      cache: "no-store",
      referrerPolicy: "no-referrer",
    });
    const text = await textOf(response);
    const json = text === "" ? null : JSON.parse(text);
    if (!response.ok) throw new AwayError(reasonFor(response.status), String(json?.detail ?? ""));
    return json;
  } catch (error) {
    if (error instanceof AwayError) throw error;
    if (control.signal.aborted) throw new AwayError("slow");
    throw new AwayError(error instanceof SyntaxError ? "unreadable" : "unreachable");
  } finally {
    clearTimeout(timer);
  }
}

/** @type {ReturnType<typeof settings> | null} */
let known = null; // until they change: no draft waits for them
/** @type {ReturnType<typeof settings> | null} */
let without = null; // the settings under which the coach said that the team has no model of its own
api.storage.onChanged.addListener(({ backend, token, server }) => {
  if (backend || token || server) known = null;
});

/** @param {CoachRequest} request @returns {Promise<CoachAnswer>} */
async function coach(request) {
  const { backend, token } = await (known ??= settings());
  if (!token) return { away: "unpaired" };
  try {
    return { report: checkedReport(await call(backend, "/v1/coach", token, request)) };
  } catch (error) {
    without = null; // it may come back with a model
    return { away: error instanceof AwayError ? error.reason : "unreadable" };
  }
}

/** What the team's own model makes of the draft, where it has one; null else. Nobody waits for it. @param {CoachRequest} request */
async function secondAuthor(request) {
  const now = (known ??= settings());
  const { backend, token } = await now;
  if (!token || without === now) return null;
  const made = await call(backend, "/v1/rewrite", token, request);
  if (made?.reason === "off") without = now;
  return checkedRewording(made?.rewording);
}

/** Counts for the team lead; nobody waits for it. @param {Feedback} feedback */
async function feedBack(feedback) {
  const { backend, token } = await settings();
  if (token) await call(backend, "/v1/feedback", token, feedback).catch(() => undefined);
}

/** An address the token may be sent to: this machine, or a server over TLS. @param {string} address */
function backendOrigin(address) {
  let url;
  try {
    url = new URL(address);
  } catch {
    throw new AwayError("refused", `“${address}” is not an address. It should look like ${DEFAULT_BACKEND}.`);
  }
  const here = url.hostname === "127.0.0.1" || url.hostname === "localhost";
  if (url.protocol === "https:" || (url.protocol === "http:" && here)) return url.origin;
  throw new AwayError("refused", "A coach on another machine needs an https address.");
}

/** @param {string} backend @param {string} code @returns {Promise<Outcome>} */
async function pair(backend, code) {
  const origin = backendOrigin(backend);
  const answer = await call(origin, "/v1/pair", null, { code, label: "Browser extension" });
  if (typeof answer?.token !== "string") throw new AwayError("unreadable");
  await api.storage.local.set({ backend: origin, token: answer.token });
  return { ok: true };
}

/** Opens the practice pages in a tab of their own, by a link that works once. */
async function practise() {
  const { backend, token } = await settings();
  const link = await call(backend, "/v1/practice", token, {});
  if (!String(link?.path).startsWith("/practice/")) throw new AwayError("unreadable");
  await api.tabs.create({ url: backend + link.path });
  await putPracticeOff("week");
  return { ok: true };
}

/** Asks the backend who this is. */
async function whoAmI() {
  const { backend, token } = await settings();
  return token ? call(backend, "/v1/me", token) : null;
}

/** What became of an offer in the side panel. @param {AnswerToOffer} answer */
async function answered(answer) {
  if (answer === "no-breather") await endRun();
  else if (answer === "practise") return practise();
  else await putPracticeOff(answer === "tomorrow" ? "tomorrow" : "week");
  return { ok: true };
}

/** @returns {Promise<Outcome>} */
async function test() {
  const { backend, token } = await settings();
  if (!token) throw new AwayError("unpaired");
  const me = await call(backend, "/v1/me", token);
  return { ok: true, label: typeof me?.label === "string" ? me.label : "" };
}

/** @param {string} origin @param {boolean} on @returns {Promise<Outcome>} */
async function switchSite(origin, on) {
  const { sites } = await settings();
  const others = sites.filter((site) => site !== origin);
  const next = on ? [...others, origin].sort() : others;
  await registerSites(next);
  await api.storage.local.set({ sites: next });
  await (on ? startInOpenTabs(origin) : stopInOpenTabs(origin));
  return { ok: true };
}

/** @returns {Promise<Status>} */
async function currentStatus() {
  const { backend, token, sites } = await settings();
  const { strictness, reminder, rules, siteRules, weeks } = await kept();
  return { backend, paired: Boolean(token), sites, preset: await preset(), strictness, reminder, rules, siteRules, weeks };
}

/** The conversation as the page around a frame shows it. @param {chrome.runtime.MessageSender} sender */
async function conversationAround(sender) {
  if (sender.tab?.id === undefined) return null;
  return api.tabs.sendMessage(sender.tab.id, { type: "read-conversation" }, { frameId: 0 }).catch(() => null);
}

/** Asks the page in the active tab for the side panel. @param {Tell} tell */
async function activeTab(tell) {
  const [tab] = await api.tabs.query({ active: true, lastFocusedWindow: true });
  return tab?.id === undefined ? null : api.tabs.sendMessage(tab.id, tell).catch(() => null);
}

/** Must run at once: browsers open it for a click only. @param {chrome.runtime.MessageSender} sender */
async function openSidePanel(sender) {
  if (sender.tab?.id !== undefined) await api.sidePanel?.open({ tabId: sender.tab.id });
}

/** Asks that a content script may make. @param {Ask} ask @param {chrome.runtime.MessageSender} sender */
async function answerPage(ask, sender) {
  switch (ask.type) {
    case "coach":
      return coach(ask.request);
    case "wake":
      return void (known ??= settings());
    case "rewrite":
      return secondAuthor(ask.request);
    case "feedback":
      return feedBack(ask.feedback);
    case "conversation":
      return conversationAround(sender);
    case "open-options":
      return api.runtime.openOptionsPage();
    case "open-side-panel":
      return openSidePanel(sender);
    case "practice":
      return practise();
    case "choices":
      return choicesFor(sender.origin ?? "", ask.ticket);
    case "hide":
      return hideRule(ask.rule, ask.scope, sender.origin ?? "", ask.ticket);
    case "sent":
      return Promise.all([countReply(ask.states), noteUpset(ask.upset)]);
    default:
      return undefined;
  }
}

/** Asks that only our own pages may make. @param {Ask} ask @returns {Promise<unknown>} */
async function answerOwnPage(ask) {
  try {
    switch (ask.type) {
      case "status":
        return await currentStatus();
      case "pair":
        return await pair(ask.backend, ask.code);
      case "unpair":
        await api.storage.local.remove("token");
        return { ok: true };
      case "test":
        return await test();
      case "practice":
        return await practise();
      case "offer":
        return await offerNow(whoAmI);
      case "offered":
        return await answered(ask.answer);
      case "site":
        return await switchSite(ask.origin, ask.on);
      case "reading":
        return await activeTab({ type: "reading" });
      case "click":
        return await activeTab({ type: "click", click: ask.click });
      case "choose":
        if (ask.strictness !== undefined) await api.storage.local.set({ strictness: ask.strictness });
        if (ask.reminder !== undefined) await api.storage.local.set({ reminder: ask.reminder });
        return { ok: true };
      case "show-again":
        await showRuleAgain(ask.rule, ask.site);
        return { ok: true };
      case "forget-weeks":
        await api.storage.local.remove("weeks");
        return { ok: true };
      default:
        return undefined;
    }
  } catch (error) {
    if (error instanceof AwayError) return { ok: false, why: error.detail || error.reason };
    return { ok: false, why: error instanceof Error ? error.message : String(error) };
  }
}

api.runtime.onMessage.addListener((/** @type {Ask} */ ask, sender, answer) => {
  if (sender.id !== api.runtime.id) return false;
  const own = sender.url?.startsWith(api.runtime.getURL("pages/")) ?? false;
  const reply = own ? answerOwnPage(ask) : answerPage(ask, sender);
  reply.then(
    (value) => answer(value ?? null),
    () => answer(null),
  );
  return true; // the answer comes later
});

api.runtime.onInstalled.addListener(async () => registerSites((await settings()).sites));
api.runtime.onStartup.addListener(async () => registerSites((await settings()).sites));

api.action.onClicked.addListener(async (tab) => {
  const origin = tab.url && /^https?:/.test(tab.url) ? new URL(tab.url).origin : "";
  const { sites } = await settings();
  if (tab.id !== undefined && sites.includes(origin)) {
    const told = await api.tabs.sendMessage(tab.id, { type: "toggle" }).then(() => true, () => false);
    if (told) return;
  }
  const fragment = origin ? `#ask=${encodeURIComponent(origin)}` : "";
  await api.tabs.create({ url: api.runtime.getURL("pages/options.html") + fragment });
});
