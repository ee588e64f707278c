"use strict";

/** Conversations that stand in one text, a line for each message: "[09:12] Mara Lindt: Hello". */

const LOG_LINE = new RegExp(`^\\s*(?:[\\[(]?(?:(?:${TIME.source})[\\d:., ]*(?:[ap]m)?)+[\\])]?\\s*[-–|·]?\\s*)?<?(?<who>\\p{Lu}[^:<>\\n]{0,39})[:>]+\\s+(?<words>.+)$`, "iu");
const LOG_EVENT = /^\s*(\[?[\d:. -]+\]?\s*)?(\*|-{2,}|={2,})/;

/** What is said in it, line by line; the block itself where it is no log. @param {Block} block @returns {Block[]} */
function linesOfLog(block) {
  /** @type {Block[]} */
  const said = [];
  for (const line of block.text.split("\n")) {
    const { who = "", words = "" } = LOG_LINE.exec(line)?.groups ?? {};
    const author = nameIn(who);
    const last = said.at(-1);
    if (author !== "") said.push({ ...block, author, role: null, text: words });
    else if (!last && block.author !== "" && line.trim() !== "") said.push({ ...block, text: line }); // his name stood before all
    else if (last && !LOG_EVENT.test(line) && line.trim() !== "") last.text += `\n${line.trim()}`;
  }
  const people = new Set(said.map(({ author }) => author));
  return people.size > 1 && said.length > people.size ? said : [block];
}

/** Whether people take turns in the lines of one text. @param {Element} element */
function isLog(element) {
  const text = shownText(element);
  return text.length < LONGEST_MESSAGE && linesOfLog({ element, text, author: "", role: null }).length > 1;
}
