import { basicSetup, EditorView } from "codemirror";
import { plain } from "./common.js";

/** A code editor, as some desks use one for Markdown; the coach comes only when it is asked. */
export function start(box) {
  const view = new EditorView({ parent: box, extensions: [basicSetup, EditorView.lineWrapping] });
  return {
    load(html) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: plain(html) } });
      view.dispatch({ selection: { anchor: view.state.doc.length } });
      view.focus();
    },
    sent: () => view.state.doc.toString(),
  };
}
