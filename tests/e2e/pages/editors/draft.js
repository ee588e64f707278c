import { convertFromHTML, ContentState, Editor, EditorState, RichUtils } from "draft-js";
import { stateToHTML } from "draft-js-export-html";
import { Component, createElement, createRef } from "react";
import { createRoot } from "react-dom/client";
import { flushSync } from "react-dom";
import { style } from "./common.js";

export function start(box) {
  style("draft-js/dist/Draft.css");
  let reply;
  class Reply extends Component {
    constructor(props) {
      super(props);
      reply = this;
      this.editor = createRef();
      this.state = { held: EditorState.createEmpty() };
    }

    render() {
      return createElement(Editor, {
        ref: this.editor,
        editorState: this.state.held,
        onChange: (held) => this.setState({ held }),
        handleKeyCommand: (command, held) => {
          const next = RichUtils.handleKeyCommand(held, command);
          if (next) this.setState({ held: next });
          return next ? "handled" : "not-handled";
        },
      });
    }
  }
  flushSync(() => createRoot(box).render(createElement(Reply)));
  return {
    load(html) {
      const { contentBlocks, entityMap } = convertFromHTML(html);
      const content = ContentState.createFromBlockArray(contentBlocks, entityMap);
      flushSync(() => reply.setState({ held: EditorState.moveFocusToEnd(EditorState.createWithContent(content)) }));
      reply.editor.current.focus();
    },
    sent: () => stateToHTML(reply.state.held.getCurrentContent()),
  };
}
