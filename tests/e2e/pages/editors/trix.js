import { script, style } from "./common.js";

export async function start(box) {
  style("trix/dist/trix.css");
  await script("trix/dist/trix.umd.min.js");
  box.innerHTML = '<input id="value" type="hidden"><trix-editor input="value" aria-label="Your reply"></trix-editor>';
  const field = box.querySelector("trix-editor");
  await new Promise((done) => field.addEventListener("trix-initialize", done));
  return {
    load(html) {
      field.editor.loadHTML(html);
      field.focus();
      field.editor.setSelectedRange(field.editor.getDocument().toString().trimEnd().length);
    },
    sent: () => field.value,
  };
}
