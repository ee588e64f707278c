import { caretToEnd, script } from "./common.js";

export async function start(box) {
  window.CKEDITOR_BASEPATH = "/npm/ckeditor4/";
  await script("ckeditor4/ckeditor.js");
  const { CKEDITOR } = window;
  const editor = CKEDITOR.replace(box, { versionCheck: false, allowedContent: true, height: 260 });
  await new Promise((done) => editor.on("instanceReady", done));
  return {
    load: (html) =>
      new Promise((done) =>
        editor.setData(html, () => {
          editor.focus();
          caretToEnd(editor.editable().$);
          done();
        }),
      ),
    sent: () => editor.getData(),
  };
}
