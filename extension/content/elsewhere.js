"use strict";

/**
 * Desks that show the conversation on another page than the reply: that page is read once for each draft, from the
 * desk itself, with the rights that the agent has there anyway. Nothing of it is kept.
 */

/** @param {Desk} desk @param {HTMLElement} field @returns {Promise<ConversationRead | null>} */
async function conversationElsewhere(desk, field) {
  const page = documentsAround(field).at(-1) ?? document;
  const address = desk.elsewhere?.(page);
  if (!address) return null;
  try {
    const answer = await fetch(new URL(address, page.URL), { mode: "same-origin", redirect: "error" });
    if (!answer.ok || !answer.headers.get("Content-Type")?.startsWith("text/html")) return null;
    const there = new DOMParser().parseFromString(await answer.text(), "text/html");
    return readConversation(desk, field, there);
  } catch {
    return null; // the coach then works on the draft alone
  }
}
