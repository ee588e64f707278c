import { Editor } from "@tiptap/core";
import StarterKit from "@tiptap/starter-kit";

/** TipTap, and with it ProseMirror. */
export function start(box) {
  const editor = new Editor({ element: box, extensions: [StarterKit] });
  return {
    load: (html) => editor.chain().setContent(html).focus("end").run(),
    sent: () => editor.getHTML(),
  };
}
