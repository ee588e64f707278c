import { caretToEnd } from "./common.js";

export function start(box) {
  const field = box.appendChild(Object.assign(document.createElement("div"), { className: "rich", contentEditable: "true" }));
  return {
    load(html) {
      field.innerHTML = html;
      caretToEnd(field);
    },
    sent: () => field.innerHTML,
  };
}
