/** The answer of `POST /v1/coach`, in the words of its OpenAPI document. Offsets are UTF-16 code units. */
declare namespace Contract {
  type Element = "feeling" | "need" | "order" | "action" | "rapport" | "tone";
  type State = "given" | "missing" | "not_needed";
  type Severity = "hint" | "warn" | "stop";

  interface Span {
    start: number;
    end: number;
    quote: string;
  }
  interface Edit {
    start: number;
    end: number;
    text: string;
  }
  interface Suggestion {
    label: string;
    edits: Edit[];
  }
  interface Place {
    at: "start" | "end" | "before";
    before?: Span | null;
  }
  interface Finding {
    element: Element;
    rule: string;
    fault?: string | null;
    severity: Severity;
    why: string;
    span?: Span | null;
    place?: Place | null;
    suggestions: Suggestion[];
  }
  interface ElementScore {
    element: Element;
    state: State;
    value: number;
    why: string;
    evidence: Span[];
  }
  interface Signal {
    kind: string;
    message: number;
    span: Span;
  }
  interface Question {
    message: number;
    span: Span;
    answered: boolean;
  }
  interface Customer {
    upset: number;
    signals: Signal[];
    questions: Question[];
  }
  interface Rewording {
    text: string;
    edits: Edit[];
    slots: Span[];
    author: "built-in" | "model";
  }
  interface Strength {
    text: string;
    span: Span;
  }
  interface Report {
    score: number;
    next_step: string | null;
    strengths: Strength[];
    elements: ElementScore[];
    findings: Finding[];
    customer: Customer;
    rewording: Rewording | null;
    rule_set: string;
    took_ms: number;
  }
}
