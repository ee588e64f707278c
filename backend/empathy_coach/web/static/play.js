"use strict";

// Ctrl and Enter sends. After a turn, reading goes on at the customer's answer.
{
  const text = /** @type {HTMLTextAreaElement | null} */ (document.getElementById("text"));
  text?.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) text.form?.requestSubmit();
  });
}
