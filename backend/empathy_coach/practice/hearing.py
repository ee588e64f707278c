"""What a simulated customer hears in a reply: the engine's report, read against the scenario."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from empathy_coach.coach import coach
from empathy_coach.domain import Conversation, Draft, Element, Fault, Report, Span, State
from empathy_coach.practice.answering import answered
from empathy_coach.practice.moves import Words
from empathy_coach.practice.scenario import Matter, Question, Says, Scenario, Told
from empathy_coach.reading.draft import read_draft
from empathy_coach.rules.ruleset import RuleSet
from empathy_coach.scoring.features import stems

_WORD = re.compile(r"[a-z']+")
# Words that hold sentences together. Prose of people is about half made of them; a heap of keywords is not.
_BINDING = frozenset(
    """a an the and or but so as at by for from in into of off on out over to up with about after before than then that this
    these those it its it's is are was were be been being am i i'm i've i'll i'd me my we we've we'll we're our us you you'll
    you've you're your he she they them their his her do does did have has had will would can could should may might must not
    no yes if when where what who how which there here all any some one just now until while because""".split()
)
_LEAST_BINDING = 0.2  # of the words of a sentence
_LONGEST_RUN = 8  # words in a row that bind nothing
_LONGEST = 70  # words of a sentence
_HEAP = 12  # words; a shorter piece ("Kind regards", "Refunded today") is no sign of anything
# Only somebody who wants something asks again; "I see why the phone worries you" does not.
_WANTS_SOMETHING = re.compile(
    r"\?\s*$|\b(?:please|(?:we|i) (?:still )?(?:need|require)|need you|required?|must|have to|make sure|ensure|let (?:me|us) know)\b"
    r"|^\W*(?:send|provide|confirm|give|tell|forward|share|try|check|restart|uninstall|open|go|call|contact|ask|speak|wipe|have you)\b"
)
_GOOD = 60  # score from which a matter that is named counts wherever it stands
_SAME = 0.7  # share of words in common with another text: it is the same again
_SHARED = 2  # stems of the customer's own that an acknowledgement takes up, to count as about them


@dataclass(frozen=True, slots=True)
class Heard:
    """One reply as it arrives. Pairs hold the thing and the words of the reply that did it."""

    report: Report
    named: tuple[tuple[str, str], ...]
    answered: tuple[tuple[Question, str], ...]
    asked_again: tuple[tuple[Told, str], ...]
    faults: tuple[tuple[Fault, str], ...]
    warm: str
    comes_back: str
    drew_out: str
    met: str
    offered: bool
    tells: str
    put_off: bool
    hollow: bool

    @property
    def ordered(self) -> bool:
        """Whether the acknowledgement came first."""
        return self.state("order") != "missing"

    def state(self, element: Element) -> State:
        """The engine's state of one element."""
        return next(e.state for e in self.report.elements if e.element == element)


def hear(
    scenario: Scenario,
    conversation: Conversation,
    reply: str,
    open_ones: Sequence[Question],
    words: Words,
    rules: RuleSet,
) -> Heard:
    """Read ``reply`` as this customer does. ``open_ones`` are the questions they are waiting on."""
    draft = Draft(reply)
    report = coach(conversation, draft, rules)
    sentences = [s.span for s in read_draft(draft, conversation, rules.cues).sentences]
    solid = [s for s in sentences if not is_heap(s.quote)]
    telling = [s for s in solid if not s.quote.rstrip().endswith("?")]
    feeling = next(e for e in report.elements if e.element == "feeling")
    warm = [s for s in feeling.evidence if not is_heap(s.quote)] if feeling.state == "given" else []
    echo = any(same_words(reply, m.text) for m in conversation.messages if m.role == "customer")
    comes_back = _first(words.comes_back, telling)
    drew_out = _drew_out(scenario, solid, words)
    asking = [s for s in solid if s.quote.rstrip().endswith("?") and s.quote != drew_out]
    # Neither "I am looking into it" nor "we do our best" answers anything.
    none_yet = (words.looks_into, words.promises)
    answering = [s for s in telling if not any(says.found_in(s.quote) for says in none_yet)]
    about_them = (words.comes_back, *(m.named for m in scenario.matters))
    plain = [s for s in answering if s not in warm and not any(says.found_in(s.quote) for says in about_them)]
    wanting = [s for s in solid if _WANTS_SOMETHING.search(s.quote.lower())]
    return Heard(
        report=report,
        named=() if echo else tuple(_named(scenario.matters, warm, telling, report, conversation)),
        answered=() if echo else tuple(answered(scenario, open_ones, answering, plain, report)),
        asked_again=tuple((t, found) for t in scenario.told if (found := _first(t.asked_again, wanting))),
        faults=tuple(_faults(report)),
        warm=warm[0].quote if warm else "",
        comes_back=comes_back,
        drew_out=drew_out,
        met=_first(scenario.hidden.question.answered, [*answering, *asking]) if scenario.hidden else "",
        put_off=not comes_back and bool(_first(words.looks_into, telling)),
        offered=bool(_first(words.offers, asking)),
        tells=next((k.says for k in (*scenario.knows, *words.knows) if _first(k.asked, asking)), ""),
        hollow=echo or (len(solid) * 2 <= len(sentences) and any(is_heap(s.quote) for s in sentences)),
    )


def same_words(text: str, other: str) -> bool:
    """Whether one text is the other again, in the same or nearly the same words."""
    own, theirs = stems(text), stems(other)
    if not own:
        return text.casefold() == other.casefold()
    return len(own & theirs) >= _SAME * len(own | theirs)


def _drew_out(scenario: Scenario, solid: Sequence[Span], words: Words) -> str:
    """The question that lets a hidden need out: one of the scenario's, or any that asks openly how they are."""
    if scenario.hidden is None:
        return ""
    asking = [s for s in solid if s.quote.rstrip().endswith("?")]
    return _first(scenario.hidden.asked, asking) or _first(words.asks_openly, asking)


def is_heap(sentence: str) -> bool:
    """Whether these are keywords put side by side and not a sentence that somebody would say."""
    found = _WORD.findall(sentence.lower().replace("’", "'"))
    if len(found) < _HEAP:
        return False
    binding = [w in _BINDING for w in found]
    run = longest = 0
    for binds in binding:
        run = 0 if binds else run + 1
        longest = max(longest, run)
    roots = [w[:4] for w in found]
    echoes = sum(a == b for a, b in pairwise(roots))
    return sum(binding) < _LEAST_BINDING * len(found) or longest > _LONGEST_RUN or echoes > 1 or len(found) > _LONGEST


def _first(says: Says, sentences: Sequence[Span]) -> str:
    return next((s.quote for s in sentences if says.found_in(s.quote)), "")


def _named(
    matters: Sequence[Matter], warm: Sequence[Span], telling: Sequence[Span], report: Report, conversation: Conversation
) -> list[tuple[str, str]]:
    """What the acknowledgement names: the author's matters, or else the customer's own words."""
    places = [*warm, *(telling if report.score >= _GOOD else ())]
    found = [(m.what, s.quote) for m in matters for s in places if m.named.found_in(s.quote)]
    if found:
        return list(dict(reversed(found)).items())
    theirs = frozenset().union(*(stems(m.text) for m in conversation.messages if m.role == "customer"))
    own = next((s.quote for s in warm if len(stems(s.quote) & theirs) >= _SHARED), None)
    return [("what they wrote", own)] if own else []


def _faults(report: Report) -> list[tuple[Fault, str]]:
    """Each fault once. Where the rubric finds the tone in order, a single word does not hurt this customer either."""
    tone = next(e.state for e in report.elements if e.element == "tone")
    found: dict[Fault, str] = {}
    for finding in report.findings:
        heavy = finding.severity == "stop" or (finding.severity == "warn" and tone == "missing")
        if finding.fault and finding.span and (heavy or finding.fault == "stock_phrase"):
            found.setdefault(finding.fault, finding.span.quote)
    return list(found.items())
