import { caretToEnd, script, style } from "./common.js";

export async function start(box) {
  style("summernote/dist/summernote-lite.min.css");
  await script("jquery/dist/jquery.min.js");
  await script("summernote/dist/summernote-lite.min.js");
  const note = window.jQuery(box).summernote({ height: 260 });
  return {
    load(html) {
      note.summernote("code", html);
      caretToEnd(document.querySelector(".note-editable"));
    },
    sent: () => note.summernote("code"),
  };
}
