"use strict";

/**
 * Checks that an answer has the shape of a report before any page sees it. What the page uses is checked, down to
 * every number; what is not known is left out, so that an unexpected field cannot travel further.
 */

/** @typedef {(value: any) => any} Shape  returns the clean value, or throws a TypeError */

/** @param {string} what @returns {never} */
function misshapen(what) {
  throw new TypeError(`The answer is not a report: ${what}`);
}

/** @type {Shape} */
const aText = (value) => (typeof value === "string" ? value : misshapen("text expected"));
/** @type {Shape} */
const aNumber = (value) => (Number.isFinite(value) ? value : misshapen("number expected"));
/** @type {Shape} */
const anOffset = (value) => (Number.isInteger(value) && value >= 0 ? value : misshapen("offset expected"));
/** @type {Shape} */
const aYesOrNo = (value) => (typeof value === "boolean" ? value : misshapen("true or false expected"));
/** @param {...string} words @returns {Shape} */
const oneOf = (...words) => (value) => (words.includes(value) ? value : misshapen(words.join(" or ")));
/** @param {Shape} shape @returns {Shape} */
const maybe = (shape) => (value) => (value === null || value === undefined ? null : shape(value));
/** @param {Shape} shape @returns {Shape} */
const listOf = (shape) => (value) => (Array.isArray(value) ? value.map(shape) : misshapen("list expected"));
/** @param {Record<string, Shape>} shapes @returns {Shape} */
const anObject = (shapes) => (value) => {
  if (value === null || typeof value !== "object" || Array.isArray(value)) misshapen("object expected");
  return Object.fromEntries(Object.entries(shapes).map(([key, shape]) => [key, shape(value[key])]));
};

const aSpan = anObject({ start: anOffset, end: anOffset, quote: aText });
const anEdit = anObject({ start: anOffset, end: anOffset, text: aText });
const anElement = oneOf("feeling", "need", "order", "action", "rapport", "tone");

const aRewording = anObject({ text: aText, edits: listOf(anEdit), slots: listOf(aSpan), author: oneOf("built-in", "model") });

const aReport = anObject({
  score: aNumber,
  next_step: maybe(aText),
  strengths: listOf(anObject({ text: aText, span: aSpan })),
  elements: listOf(
    anObject({
      element: anElement,
      state: oneOf("given", "missing", "not_needed"),
      value: aNumber,
      why: aText,
      evidence: listOf(aSpan),
    }),
  ),
  findings: listOf(
    anObject({
      element: anElement,
      rule: aText,
      fault: maybe(aText),
      severity: oneOf("hint", "warn", "stop"),
      why: aText,
      span: maybe(aSpan),
      place: maybe(anObject({ at: oneOf("start", "end", "before"), before: maybe(aSpan) })),
      suggestions: listOf(anObject({ label: aText, edits: listOf(anEdit) })),
    }),
  ),
  customer: anObject({
    upset: aNumber,
    signals: listOf(anObject({ kind: aText, message: anOffset, span: aSpan })),
    questions: listOf(anObject({ message: anOffset, span: aSpan, answered: aYesOrNo })),
  }),
  rewording: maybe(aRewording),
  model_reply: maybe(anObject({ by: aText, says: aText })),
  rule_set: aText,
  took_ms: aNumber,
});

/**
 * @param {unknown} value  what came over the wire
 * @returns {Contract.Report}
 * @throws {TypeError} when it is anything else
 */
function checkedReport(value) {
  return aReport(value);
}

/**
 * @param {unknown} value  what came over the wire
 * @returns {Contract.Rewording | null}
 * @throws {TypeError} when it is anything else
 */
function checkedRewording(value) {
  return maybe(aRewording)(value);
}
