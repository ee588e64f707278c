import { $generateHtmlFromNodes, $generateNodesFromDOM } from "@lexical/html";
import { registerHistory, createEmptyHistoryState } from "@lexical/history";
import { LinkNode } from "@lexical/link";
import { ListItemNode, ListNode, registerList } from "@lexical/list";
import { registerRichText } from "@lexical/rich-text";
import { $getRoot, createEditor } from "lexical";

export function start(box) {
  const field = box.appendChild(Object.assign(document.createElement("div"), { contentEditable: "true" }));
  const fail = (error) => { throw error; };
  const editor = createEditor({ namespace: "reply", nodes: [ListNode, ListItemNode, LinkNode], onError: fail, theme: { text: { bold: "bold" } } });
  editor.setRootElement(field);
  registerRichText(editor);
  registerList(editor);
  registerHistory(editor, createEmptyHistoryState(), 300);
  return {
    load(html) {
      const page = new DOMParser().parseFromString(html, "text/html");
      editor.update(() => { $getRoot().clear().append(...$generateNodesFromDOM(editor, page)).selectEnd(); }, { discrete: true });
      editor.focus();
    },
    sent: () => editor.read(() => $generateHtmlFromNodes(editor)),
  };
}
