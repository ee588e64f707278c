"use strict";

/** What is told of a page's elements is told once: a page with hundreds of messages is read between two keys. */

/** @type {Map<string, WeakMap<Node, any>>} */
const seen = new Map();

/** Before a page is read: it may have changed. */
function lookAnew() {
  seen.clear();
}

/**
 * What is asked many times of one element while a page is read, and cannot change meanwhile.
 * @template {Node} T @template R
 * @param {string} what @param {T} node @param {(node: T) => R} look @returns {R}
 */
function onceARead(what, node, look) {
  const known = seen.get(what) ?? new WeakMap();
  seen.set(what, known);
  if (!known.has(node)) known.set(node, look(node));
  return known.get(node);
}

const LONGEST_FACE = 60_000; // characters; a message with pictures in its markup is read anew

/** What an element is made of and how high it stands: while that stays the same, what was read of it holds. @param {Element} element */
function faceOf(element) {
  return onceARead("face", element, () => `${element.getBoundingClientRect().height} ${element.outerHTML} ${element.shadowRoot ? rawText(element) : ""}`);
}

/** @type {Map<string, WeakMap<Element, {face: string, told: any}>>} */
const faces = new Map();

/**
 * What is told of an element until it changes: a late message then costs one message, not all.
 * @template R
 * @param {string} what @param {Element} element @param {(element: Element) => R} look @param {(told: R) => boolean} [holds]
 * @returns {R}
 */
function onceAFace(what, element, look, holds = () => true) {
  const face = faceOf(element);
  const before = faces.get(what) ?? new WeakMap();
  faces.set(what, before);
  const known = before.get(element);
  if (known && known.face === face && face.length < LONGEST_FACE && holds(known.told)) return known.told;
  const told = look(element);
  if (face.length < LONGEST_FACE) before.set(element, { face, told });
  return told;
}
