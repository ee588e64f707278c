/** What the editors' pages share. Each page's `start(box)` gives `{load(html), sent()}`: set a draft, get what is sent. */

/** Loads a package's ready-made script. */
export function script(address) {
  return new Promise((done, failed) => document.head.append(Object.assign(document.createElement("script"), { src: `/npm/${address}`, onload: done, onerror: failed })));
}

/** Loads a package's style. */
export function style(address) {
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: `/npm/${address}` }));
}

/** The blocks of a draft for editors with a model of their own: [{kind: "p" | "li", runs: [{text, bold, href}]}]. */
export function blocksOf(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  return [...page.querySelectorAll("p, li")].map((block) => ({
    kind: block.localName,
    runs: [...block.childNodes].map((node) => ({
      text: node.textContent,
      ...(node.localName === "b" ? { bold: true } : {}),
      ...(node.localName === "a" ? { href: node.getAttribute("href") } : {}),
    })),
  }));
}

/** A draft without its formatting. */
export function plain(html) {
  return blocksOf(html).map(({ runs }) => runs.map(({ text }) => text).join("")).join("\n\n");
}

/** Puts the caret behind all text of an editable element, inside its last block. */
export function caretToEnd(field) {
  field.focus();
  const selection = field.ownerDocument.getSelection();
  selection.selectAllChildren(field.lastElementChild ?? field);
  selection.collapseToEnd();
}
