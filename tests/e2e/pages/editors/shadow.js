import { start as startPlain } from "./contenteditable.js";

/** Editable text inside an open shadow root, as in desks made of web components. */
export function start(box) {
  const root = box.attachShadow({ mode: "open" });
  root.innerHTML = "<style>.rich { border: 1px solid #aaa; min-height: 150px; padding: 10px }</style><div></div>";
  return startPlain(root.lastElementChild);
}
