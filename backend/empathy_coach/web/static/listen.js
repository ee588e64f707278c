"use strict";

// Marking a message: a pen (radio buttons), and the pieces of the message as buttons. A piece may carry several marks.
{
  const form = /** @type {HTMLFormElement} */ (document.getElementById("listening"));
  const pens = [.../** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("[name=pen]"))];
  const pieces = [.../** @type {NodeListOf<HTMLButtonElement>} */ (form.querySelectorAll(".piece"))];
  const said = /** @type {HTMLElement} */ (document.getElementById("said"));
  const kept = /** @type {HTMLElement} */ (document.getElementById("marks"));

  /** @param {string} mark */
  const word = (mark) => form.querySelector(`.pen.${mark} b`)?.textContent ?? mark;
  /** @param {HTMLElement} piece */
  const marksOf = (piece) => (piece.dataset.marks ?? "").split(" ").filter(Boolean);

  /** @param {HTMLButtonElement} piece @param {string} mark */
  const toggle = (piece, mark) => {
    const marks = new Set(marksOf(piece));
    const added = !marks.delete(mark);
    if (added) marks.add(mark);
    piece.dataset.marks = [...marks].join(" ");
    piece.setAttribute("aria-pressed", String(marks.size > 0));
    piece.querySelectorAll(".tag").forEach((tag) => tag.remove());
    for (const one of marks) {
      const tag = document.createElement("span");
      tag.className = `tag ${one}`;
      tag.textContent = word(one);
      piece.append(tag);
    }
    said.textContent = `${word(mark)} ${added ? "marked" : "taken away"}`;
    kept.replaceChildren(
      ...pieces.flatMap((each) =>
        marksOf(each).map((one) => Object.assign(document.createElement("input"), { type: "hidden", name: "mark", value: `${each.dataset.piece}:${one}` })),
      ),
    );
  };

  for (const piece of pieces) piece.addEventListener("click", () => toggle(piece, pens.find((pen) => pen.checked)?.value ?? "feels"));
  form.addEventListener("keydown", (event) => {
    const pen = pens[Number(event.key) - 1];
    if (pen && !event.ctrlKey && !event.altKey && !event.metaKey) {
      pen.checked = true;
      said.textContent = `Pen: ${word(pen.value)}`;
    }
  });
}
