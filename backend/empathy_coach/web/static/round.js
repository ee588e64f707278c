"use strict";

// Asks how many have answered, and shows the answers when the lead does. A page in the background asks nothing.
{
  const address = /** @type {HTMLScriptElement} */ (document.currentScript).dataset.state ?? "";
  const count = /** @type {HTMLElement} */ (document.getElementById("count"));
  const ask = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(address);
      if (!answer.ok) return;
      const state = await answer.json();
      if (state.shown) location.replace(location.pathname);
      const words = `${state.count} ${state.count === 1 ? "has" : "have"} answered`;
      if (count.textContent !== words) count.textContent = words;
    } catch {
      // The backend is away for a moment; the next question may find it again.
    }
  };
  setInterval(ask, 2000);
}
