import { createElement, useState } from "react";
import { createRoot } from "react-dom/client";
import { flushSync } from "react-dom";
import { plain } from "./common.js";

/** A controlled field: what React does not hear of is taken back. */
export function start(box) {
  let set, held;
  function Reply() {
    [held, set] = useState("");
    return createElement("textarea", { rows: 12, value: held, onChange: (event) => set(event.target.value) });
  }
  flushSync(() => createRoot(box).render(createElement(Reply)));
  return {
    load(html) {
      flushSync(() => set(plain(html)));
      box.querySelector("textarea").focus();
    },
    sent: () => held,
  };
}
