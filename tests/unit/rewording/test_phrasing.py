"""The ways of saying it: enough of them, well formed, and none that the coach itself would find fault with."""

from __future__ import annotations

import pytest

from empathy_coach.domain import Conversation, Draft, Message
from empathy_coach.reading.read import read
from empathy_coach.rules.apply import apply_rules
from empathy_coach.rules.phrasing import SHORT_KINDS, Phrasing
from empathy_coach.rules.ruleset import RuleSet

CUSTOMER = Conversation(
    (Message("customer", "Ana", "I lost two weeks of work and nobody replied. I'm furious. My parcel hasn't arrived."),)
)
SAMPLE = {
    "clause": "your parcel still hasn't arrived",
    "trouble": "your parcel still hasn't arrived", "heard": "the driver left your parcel in the rain",
    "doing": "losing two weeks of work", "child": "your daughter", "who": "your husband", "pet": "Bruno", "person": "a two week old",
    "event": "your sister's wedding", "duration": "five weeks", "times": "three times", "nth": "third",
    "task": "your exam",
    "when": "tomorrow", "amount": "£39.99", "lost": "six years of skins", "thing": "the recycling",
}  # fmt: skip
SAMPLE |= {k.capitalize(): v[0].upper() + v[1:] for k, v in SAMPLE.items()}


def sentences(rules: RuleSet) -> list[str]:
    ways = [w for s in rules.phrasing.situations for w in s.ways] + list(rules.phrasing.plain)
    ways += [w for some in rules.phrasing.short.values() for w in some]
    return sorted({w.text.format_map(SAMPLE) for w in ways})


def test_a_dozen_ways_for_each_situation(rules: RuleSet) -> None:
    plain = len(rules.phrasing.plain)
    for situation in rules.phrasing.situations:
        assert len(set(situation.ways)) >= 10, situation.name
        assert len(set(situation.ways)) + plain >= 12


def test_no_sentence_is_used_by_two_situations(rules: RuleSet) -> None:
    own = [w.text for s in rules.phrasing.situations for w in s.ways if not w.needs]
    assert len(own) == len(set(own))


def test_the_coach_finds_no_fault_with_its_own_words(rules: RuleSet) -> None:
    faults = []
    for sentence in sentences(rules):
        draft = Draft(f"Hi Ana,\n\n{sentence}\n\nI have sent a new one; it comes on Friday.\n\nTom")
        reading = read(CUSTOMER, draft, rules.lexicon, rules.cues)
        at = draft.text.index(sentence)
        for finding in apply_rules(reading, rules):
            if finding.fault and finding.span and at <= finding.span.start < at + len(sentence):
                faults.append((finding.rule, sentence))
    assert not faults, "\n".join(f"{rule}: {sentence}" for rule, sentence in faults)


def test_a_dozen_short_sentences_of_each_kind(rules: RuleSet) -> None:
    assert set(rules.phrasing.short) == SHORT_KINDS
    assert all(len(set(lines)) >= 12 for lines in rules.phrasing.short.values())


def test_what_says_nothing_is_said_by_known_rules(rules: RuleSet) -> None:
    assert rules.phrasing.empty | rules.phrasing.leave_out <= {rule.id for rule in rules.rules}


def test_sentences_are_written_as_sentences(rules: RuleSet) -> None:
    for sentence in sentences(rules):
        assert sentence[0].isupper() or sentence[0] == "£", sentence
        assert sentence.endswith(".") and "  " not in sentence and "!" not in sentence, sentence
        assert " will " not in sentence and "I'll" not in sentence, sentence


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"situations": {"x": {"find": ["(a"], "say": ["I'm sorry."]}}}, "situations.x.find"),
        ({"situations": {"x": {"find": ["late"], "say": ["{nobody} is late."]}}}, "situations.x.say"),
        ({"situations": {"x": {"find": ["late"], "say": []}}}, "situations.x.say"),
        ({"situations": {"x": {"find": ["late"], "say": ["Late."], "tell": 1}}}, "situations.x"),
        ({"slots": {"other": ["x"]}}, "slots.other"),
        ({"short": {"joy": ["Good."]}}, "short.joy"),
        ({"plane": ["x"]}, "plane"),
    ],
)
def test_a_mistake_names_its_key(data: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message.replace(".", r"\.")):
        Phrasing.build(data)
