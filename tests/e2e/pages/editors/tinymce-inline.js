import { start as startTiny } from "./tinymce.js";

export function start(box) {
  box.className = "rich";
  return startTiny(box, { inline: true });
}
