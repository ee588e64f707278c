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

type Strictness = "gentle" | "normal" | "thorough";
/** For how long a rule's ideas stay away; "not now" is for one draft and never leaves the page. */
type HideScope = "ticket" | "site" | "rule";

interface Choices {
  strictness: Strictness;
  reminder: boolean;
  hidden: string[];
}

interface Preset {
  server?: string;
  sites?: string[];
  strictness?: Strictness;
}

/** Of each element: in how many replies it was given, of those that needed it. */
type Week = Partial<Record<Contract.Element, [number, number]>>;

/** What the side panel is told of the draft in the active tab; ideas by their place in the report. */
interface SideState {
  report: Contract.Report | null;
  /** what the team's own model makes of the draft; null where it has none, or has not answered */
  model: Contract.Rewording | null;
  text: string;
  ideas: number[];
  conversation: Message[];
  away: Away | null;
  slots: string[];
  note: string;
  example: string;
  canUndo: boolean;
  canApply: boolean;
}

type SidePanelClick =
  | { do: "apply"; finding: number; edits: Contract.Edit[] }
  | { do: "undo" }
  | { do: "aside"; finding: number; verdict: "dismissed" | "wrong" }
  | { do: "hide"; finding: number; scope: HideScope };

/** What the options page sees of the settings: never the token. */
interface Status {
  backend: string;
  paired: boolean;
  sites: string[];
  preset: Preset;
  strictness: Strictness;
  reminder: boolean;
  rules: string[];
  siteRules: Record<string, string[]>;
  weeks: Record<string, Week>;
}

/** What the side panel may offer. `day` counts from Monday, 0. */
type Offer = { offer: "breather" } | { offer: "practice"; day: number; minutes: number };
type AnswerToOffer = "no-breather" | "practise" | "tomorrow" | "not-this-week";

type Outcome = { ok: true; label?: string } | { ok: false; why: string };

type Ask =
  | { type: "coach"; request: CoachRequest }
  | { type: "rewrite"; request: CoachRequest }
  | { type: "feedback"; feedback: Feedback }
  | { type: "conversation" }
  | { type: "open-options" }
  | { type: "open-side-panel" }
  | { type: "practice" }
  | { type: "choices"; ticket: string }
  | { type: "hide"; rule: string; scope: HideScope; ticket: string }
  | { type: "sent"; states: [Contract.Element, Contract.State][]; upset: number }
  | { type: "offer" }
  | { type: "offered"; answer: AnswerToOffer }
  | { type: "read-anew" }
  | { type: "wake" }
  | { type: "reading" }
  | { type: "click"; click: SidePanelClick }
  | { type: "choose"; strictness?: Strictness; reminder?: boolean }
  | { type: "show-again"; rule: string; site: string | null }
  | { type: "forget-weeks" }
  | { type: "status" }
  | { type: "pair"; backend: string; code: string }
  | { type: "unpair" }
  | { type: "test" }
  | { type: "site"; origin: string; on: boolean };

/** What the worker tells a content script. */
type Tell = { type: "start" } | { type: "stop" } | { type: "read-conversation" } | { type: "toggle" } | { type: "reading" } | { type: "click"; click: SidePanelClick };
