/** What content scripts and pages ask of the worker, and what it answers. */

type Role = "customer" | "agent";
type DraftKind = "reply" | "note" | "escalation";

interface Message {
  role: Role;
  author: string;
  text: string;
  at?: string;
}

/** The body of `POST /v1/coach`. */
interface CoachRequest {
  draft: string;
  conversation: Message[];
  agent_name?: string;
  customer_name?: string;
  channel?: string;
  kind: DraftKind;
}

/** The body of `POST /v1/feedback`. */
interface Feedback {
  rule: string;
  element: string;
  verdict: "shown" | "applied" | "dismissed" | "wrong";
  rule_set?: string;
}

/** Why there is no report: one word, which `lib/words.js` turns into a sentence. */
type Away = "unpaired" | "unreachable" | "slow" | "unwell" | "unreadable" | "busy" | "refused" | "asleep";

type CoachAnswer = { report: Contract.Report } | { away: Away };

/** What the options page sees of the settings: never the token. */
interface Status {
  backend: string;
  paired: boolean;
  sites: string[];
}

type Outcome = { ok: true; label?: string } | { ok: false; why: string };

type Ask =
  | { type: "coach"; request: CoachRequest }
  | { type: "feedback"; feedback: Feedback }
  | { type: "conversation" }
  | { type: "open-options" }
  | { type: "status" }
  | { type: "pair"; backend: string; code: string }
  | { type: "unpair" }
  | { type: "test" }
  | { type: "site"; origin: string; on: boolean };

/** What the worker tells a content script. */
type Tell = { type: "start" } | { type: "stop" } | { type: "read-conversation" } | { type: "toggle" };
