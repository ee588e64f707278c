import { caretToEnd, script, style } from "./common.js";

export async function start(box) {
  style("jodit/es2021/jodit.min.css");
  await script("jodit/es2021/jodit.min.js");
  const jodit = window.Jodit.make(box.appendChild(document.createElement("textarea")), { height: 320, buttons: ["bold"], beautifyHTML: false, sourceEditor: "area" });
  await jodit.waitForReady();
  return {
    load(html) {
      jodit.value = html;
      jodit.focus();
      caretToEnd(jodit.editor);
    },
    sent: () => jodit.value,
  };
}
