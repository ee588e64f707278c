import { script, style } from "./common.js";

export async function start(box) {
  style("ckeditor5/dist/browser/ckeditor5.css");
  await script("ckeditor5/dist/browser/ckeditor5.umd.js");
  const { ClassicEditor, Essentials, Paragraph, Bold, Link, List } = window.CKEDITOR;
  const editor = await ClassicEditor.create(box, { licenseKey: "GPL", plugins: [Essentials, Paragraph, Bold, Link, List], toolbar: ["bold"] });
  return {
    load(html) {
      editor.setData(html);
      editor.model.change((writer) => writer.setSelection(editor.model.document.getRoot(), "end"));
      editor.editing.view.focus();
    },
    sent: () => editor.getData(),
  };
}
