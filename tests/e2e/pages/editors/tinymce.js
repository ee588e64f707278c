import { script } from "./common.js";

/** In a frame of its own, as TinyMCE comes. */
export async function start(box, { inline = false } = {}) {
  await script("tinymce/tinymce.min.js");
  const [editor] = await window.tinymce.init({ target: box, inline, license_key: "gpl", promotion: false, branding: false, menubar: false, height: 300, plugins: "lists link" });
  return {
    load(html) {
      editor.setContent(html);
      editor.focus();
      editor.selection.select(editor.getBody(), true);
      editor.selection.collapse(false);
    },
    sent: () => editor.getContent(),
  };
}
