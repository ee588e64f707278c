import { script, style } from "./common.js";

export async function start(box) {
  style("quill/dist/quill.snow.css");
  await script("quill/dist/quill.js");
  box.style.height = "260px";
  const quill = new window.Quill(box, { theme: "snow" });
  return {
    load(html) {
      quill.setContents(quill.clipboard.convert({ html }));
      quill.focus();
      quill.setSelection(quill.getLength(), 0);
    },
    sent: () => quill.getSemanticHTML(),
  };
}
