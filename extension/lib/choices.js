"use strict";

/**
 * What the agent has chosen, and their own weeks: in this browser only, and never a word of a draft. The worker's.
 *
 * @typedef {object} Kept
 * @property {Strictness} strictness
 * @property {boolean} reminder
 * @property {string[]} rules  hidden everywhere
 * @property {Record<string, string[]>} siteRules  hidden on one site
 * @property {Record<string, Week>} weeks  by the Monday they begin with
 */

/** @type {Kept} */
const AT_FIRST = { strictness: "normal", reminder: false, rules: [], siteRules: {}, weeks: {} };
const MOST_WEEKS = 12;

/** @returns {Promise<Kept>} */
async function kept() {
  return /** @type {Kept} */ (/** @type {unknown} */ (await api.storage.local.get(/** @type {any} */ (AT_FIRST))));
}

/** What an administrator has set for this browser; nothing where there is none. @returns {Promise<Preset>} */
async function preset() {
  const set = await api.storage.managed?.get(["server", "sites", "strictness"]).catch(() => ({}));
  return /** @type {Preset} */ (set ?? {});
}

/** Tickets are remembered until the browser is closed, in memory. @param {string} ticket @returns {Promise<string[]>} */
async function hiddenInTicket(ticket) {
  const { [`ticket ${ticket}`]: rules = [] } = await api.storage.session.get(`ticket ${ticket}`);
  return /** @type {string[]} */ (rules);
}

/** What a field needs to know. @param {string} site @param {string} ticket @returns {Promise<Choices>} */
async function choicesFor(site, ticket) {
  const { strictness, reminder, rules, siteRules } = await kept();
  const fixed = (await preset()).strictness;
  return { strictness: fixed ?? strictness, reminder, hidden: [...rules, ...(siteRules[site] ?? []), ...(await hiddenInTicket(ticket))] };
}

/** @param {string} rule @param {HideScope} scope @param {string} site @param {string} ticket */
async function hideRule(rule, scope, site, ticket) {
  const { rules, siteRules } = await kept();
  if (scope === "rule") await api.storage.local.set({ rules: [...new Set([...rules, rule])] });
  if (scope === "site") await api.storage.local.set({ siteRules: { ...siteRules, [site]: [...new Set([...(siteRules[site] ?? []), rule])] } });
  if (scope === "ticket") await api.storage.session.set({ [`ticket ${ticket}`]: [...new Set([...(await hiddenInTicket(ticket)), rule])] });
}

/** @param {string} rule @param {string | null} site  null for everywhere */
async function showRuleAgain(rule, site) {
  const { rules, siteRules } = await kept();
  if (site === null) await api.storage.local.set({ rules: rules.filter((one) => one !== rule) });
  else await api.storage.local.set({ siteRules: { ...siteRules, [site]: (siteRules[site] ?? []).filter((one) => one !== rule) } });
}

/** The Monday of a day, as 2026-03-02. @param {Date} day */
function mondayOf(day) {
  const monday = new Date(Date.UTC(day.getFullYear(), day.getMonth(), day.getDate() - ((day.getDay() + 6) % 7)));
  return monday.toISOString().slice(0, 10);
}

/** One reply was sent: which parts were there, of those that were needed. @param {[Contract.Element, Contract.State][]} states */
async function countReply(states) {
  const { weeks } = await kept();
  const monday = mondayOf(new Date());
  const week = weeks[monday] ?? {};
  for (const [element, state] of states) {
    if (state === "not_needed") continue;
    const [given = 0, needed = 0] = week[element] ?? [];
    week[element] = [given + Number(state === "given"), needed + 1];
  }
  const last = Object.entries({ ...weeks, [monday]: week }).sort(([a], [b]) => (a < b ? 1 : -1)).slice(0, MOST_WEEKS);
  await api.storage.local.set({ weeks: Object.fromEntries(last) });
}
