import { plain } from "./common.js";

export function start(box) {
  const area = box.appendChild(Object.assign(document.createElement("textarea"), { rows: 12 }));
  return {
    load(html) {
      area.value = plain(html);
      area.focus();
    },
    sent: () => area.value,
  };
}
