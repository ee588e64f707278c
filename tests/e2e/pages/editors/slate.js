import { createElement as h } from "react";
import { createRoot } from "react-dom/client";
import { flushSync } from "react-dom";
import { createEditor, Editor, Text, Transforms } from "slate";
import { withHistory } from "slate-history";
import { Editable, ReactEditor, Slate, withReact } from "slate-react";
import { blocksOf } from "./common.js";

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

function htmlOf(node) {
  if (Text.isText(node)) return node.bold ? `<b>${escaped(node.text)}</b>` : escaped(node.text);
  const inner = node.children.map(htmlOf).join("");
  if (node.type === "a") return `<a href="${node.href}">${inner}</a>`;
  return `<${node.type}>${inner}</${node.type}>`;
}

function nodesOf(html) {
  return blocksOf(html).map(({ kind, runs }) => ({
    type: kind,
    children: runs.map(({ text, bold, href }) => (href ? { type: "a", href, children: [{ text }] } : bold ? { text, bold } : { text })),
  }));
}

const element = ({ attributes, element: { type, href }, children }) => h(type, { ...attributes, ...(href ? { href } : {}) }, children);
const leaf = ({ attributes, leaf: { bold }, children }) => h("span", attributes, bold ? h("b", {}, children) : children);

export function start(box) {
  const editor = withHistory(withReact(createEditor()));
  const { isInline } = editor;
  editor.isInline = (node) => node.type === "a" || isInline(node);
  const initialValue = [{ type: "p", children: [{ text: "" }] }];
  flushSync(() => createRoot(box).render(h(Slate, { editor, initialValue }, h(Editable, { renderElement: element, renderLeaf: leaf }))));
  return {
    load(html) {
      Editor.withoutNormalizing(editor, () => {
        while (editor.children.length > 0) Transforms.removeNodes(editor, { at: [0] });
        Transforms.insertNodes(editor, nodesOf(html), { at: [0] });
      });
      ReactEditor.focus(editor);
      Transforms.select(editor, Editor.end(editor, []));
    },
    sent: () => editor.children.map(htmlOf).join(""),
  };
}
