/**
 * The contract of the API. Offsets are UTF-16 code units, `end` is exclusive, `quote` is the text between them.
 * Written by `python -m empathy_coach.web.api.typescript` from backend/empathy_coach/web/api/models.py: edit that.
 */
declare namespace Contract {
  type Element = "feeling" | "need" | "order" | "action" | "rapport" | "tone";

  type State = "given" | "missing" | "not_needed";

  type Severity = "hint" | "warn" | "stop";

  type SignalKind = "anger" | "frustration" | "worry" | "sadness" | "confusion" | "disappointment" | "gratitude" | "urgency" | "repeat_contact" | "churn_threat" | "money_impact" | "deadline" | "vulnerable";

  type Role = "customer" | "agent";

  type DraftKind = "reply" | "note" | "escalation";

  type Verdict = "shown" | "applied" | "dismissed" | "wrong";

  /** A draft, and the conversation that it answers. */
  interface CoachRequest {
    /** The agent's unsent text. */
    draft: string;
    /** The public messages so far, oldest first. */
    conversation?: Message[];
    /** The agent's name as the customer sees it. */
    agent_name?: string | null;
    /** The customer's name. */
    customer_name?: string | null;
    /** Where the reply goes, such as email or chat. */
    channel?: string | null;
    /** What the draft is for. */
    kind?: "reply" | "note" | "escalation";
    /** The rule set that the client saw last. Informative: the current one is used. */
    rule_set?: string | null;
  }

  /** What the customer's messages show. */
  interface Customer {
    upset: number;
    signals: Signal[];
    questions: Question[];
  }

  /** Replace what stands between `start` and `end` of the draft with `text`. */
  interface Edit {
    start: number;
    end: number;
    text: string;
  }

  /** One element of the rubric. */
  interface ElementScore {
    element: "feeling" | "need" | "order" | "action" | "rapport" | "tone";
    state: "given" | "missing" | "not_needed";
    /** How much of it the draft shows, whether or not it is needed here. */
    value: number;
    why: string;
    evidence: Span[];
  }

  /** What happened to a finding. Holds no text, and is counted without a name. */
  interface Feedback {
    /** The finding's rule. */
    rule: string;
    /** The finding's element. */
    element: "feeling" | "need" | "order" | "action" | "rapport" | "tone";
    /** What happened. */
    verdict: "shown" | "applied" | "dismissed" | "wrong";
    /** The rule set that made the finding. */
    rule_set?: string | null;
  }

  /** What is wrong with one field. */
  interface FieldError {
    /** Such as `conversation[2].role`, or `body`. */
    field: string;
    message: string;
  }

  /** One observation on the draft: exactly one of `span` and `place` is there. */
  interface Finding {
    element: "feeling" | "need" | "order" | "action" | "rapport" | "tone";
    rule: string;
    fault?: "blame" | "curt" | "minimising" | "command" | "jargon" | "bureaucratic" | "condescending" | "empty_promise" | "over_apology" | "stock_phrase" | "sarcasm" | null;
    severity: "hint" | "warn" | "stop";
    why: string;
    span?: Span | null;
    place?: Place | null;
    suggestions: Suggestion[];
  }

  /** The backend answers. */
  interface Health {
    status: "ok";
  }

  /** Who is asking, which rules they get, and when their team practises. */
  interface Me {
    label: string;
    rule_set: string;
    practise: Rhythm | null;
  }

  /** One public message of the conversation. */
  interface Message {
    /** Who wrote it. */
    role: "customer" | "agent";
    /** The name shown with it; may be empty. */
    author?: string;
    /** What it says. */
    text: string;
    /** When it was written, as the desk says it. */
    at?: string | null;
  }

  /** How somebody in the team would say it, as the team lead chose it for this rule or situation. */
  interface ModelReply {
    by: string;
    says: string;
  }

  /** A pairing code, to be exchanged for a token. */
  interface PairRequest {
    /** The code that `coach pair` shows; dashes, spaces and case do not matter. */
    code: string;
    /** What the client is called in `coach tokens`. */
    label?: string;
  }

  /** The token of a newly paired client. It is shown only here. */
  interface Paired {
    token: string;
  }

  /** Where something should stand that is not there yet. */
  interface Place {
    at: "start" | "end" | "before";
    /** The words that it should stand before; there when `at` is `before`. */
    before?: Span | null;
  }

  /** The way into the practice pages, good once within ten minutes. */
  interface PracticeLink {
    path: string;
  }

  /** Why there is no answer (RFC 9457). */
  interface Problem {
    type: string;
    title: string;
    status: number;
    detail: string;
    errors?: FieldError[] | null;
  }

  /** A question or request of the customer's. `span` lies in the text of message number `message`. */
  interface Question {
    message: number;
    span: Span;
    answered: boolean;
  }

  /** The answer to one draft. */
  interface Report {
    score: number;
    /** The one most useful thing to do now. */
    next_step: string | null;
    strengths: Strength[];
    /** All six, always. */
    elements: ElementScore[];
    /** Most useful first. */
    findings: Finding[];
    customer: Customer;
    /** Null when nothing needs to change. */
    rewording: Rewording | null;
    /** Null when the team has none for this. */
    model_reply: ModelReply | null;
    /** The hash of the rule set that was used. */
    rule_set: string;
    took_ms: number;
  }

  /** The whole draft anew. `edits` lead from the draft to `text`; `slots` are spans of `text`. */
  interface Rewording {
    text: string;
    edits: Edit[];
    slots: Span[];
    author: "built-in" | "model";
  }

  /** What the second author made of a draft, if one is set up and its words passed. */
  interface Rewritten {
    /** The model's rewording; the fact guard and the score have let it through. */
    rewording: Rewording | null;
    /** Why there is none. */
    reason: "off" | "unreachable" | "timeout" | "bad_answer" | "unchanged" | "too_long" | "facts" | "score" | null;
    /** How many were dropped since the start, by reason. */
    dropped: Record<string, number>;
  }

  /** When the team practises: from this day of each week on, so many minutes. */
  interface Rhythm {
    every: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
    minutes: number;
  }

  /** One thing that the customer's words show. `span` lies in the text of message number `message`. */
  interface Signal {
    kind: "anger" | "frustration" | "worry" | "sadness" | "confusion" | "disappointment" | "gratitude" | "urgency" | "repeat_contact" | "churn_threat" | "money_impact" | "deadline" | "vulnerable";
    message: number;
    span: Span;
  }

  /** A piece of a text. */
  interface Span {
    start: number;
    end: number;
    quote: string;
  }

  /** Something that already works, and the words that do it. */
  interface Strength {
    text: string;
    span: Span;
  }

  /** An edit of the draft that one click applies. */
  interface Suggestion {
    /** What the click will do. */
    label: string;
    edits: Edit[];
  }
}
