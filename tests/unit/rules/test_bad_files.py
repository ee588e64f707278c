"""What a lead can get wrong, and what somebody could try: each is refused with file, line and plain words."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from empathy_coach.reading.patterns import PatternError, compile_pattern
from empathy_coach.rules.document import read_document
from empathy_coach.rules.index import Index
from empathy_coach.rules.loader import load_rule_set
from empathy_coach.rules.problems import RulesError
from empathy_coach.rules.schema import build_rule

from .conftest import RULE  # type: ignore[import-not-found]

Put = Callable[[str | bytes], Path]


def refusal(folder: Path, team: str | None = None) -> str:
    with pytest.raises(RulesError) as caught:
        load_rule_set(folder, team)
    return str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("severity: warn", "severty: warn", 4, 'Did you mean "severity"?'),
        ("severity: warn", "severity: wrn", 4, 'Did you mean "warn"?'),
        ("severity: warn", "severity: no", 4, "hint, warn, stop"),
        ("weight: 3", "weight: 9", 5, "from 1 to 5"),
        ("weight: 3", "weight: yes", 5, "whole number"),
        ("weight: 3", "weight: 3\nweight: 4", 6, "twice"),
        ("element: tone", "element: feeling", 2, 'the folder says "tone"'),
        ("fault: blame", "fault: blme", 3, 'Did you mean "blame"?'),
        ("  - you should have\nun", "  - you (should have\nun", 9, '"(" without ")"'),
        ("  - you should have\nun", "  - ...\nun", 9, "between two words"),
        ("  - you should have\nun", "  - (you)?\nun", 9, "match anything"),
        ("  - you should have\nun", "  - 24\nun", 9, "put it in quotes"),
        ("  - you should have\nun", "\t- you should have\nun", 9, "a tab"),
        ("why: It reads as blame.", "why: !!python/object:os.system ls", 6, "tags"),
        ("why: It reads as blame.", "why: &a It reads", 6, "anchors"),
        ("why: It reads as blame.", "why: *a", 6, "anchors"),
        ("why: It reads as blame.", "why: It\u202ereads", 6, "U+202E"),
        ("why: It reads as blame.", "why: It\u200breads", 6, "U+200B"),
        ("why: It reads as blame.", "why: It\x00reads", 6, "U+0000"),
        ("why: It reads as blame.", "why: " + "[" * 60, 6, "nested too deeply"),
        ("why: It reads as blame.", "why: " + "{a: " * 20, 6, "nested too deeply"),
        ("why: It reads as blame.", "why: It: reads", 6, "in quotes"),
        ("why: It reads as blame.", "", 1, '"why" is missing'),
        ("why: It reads as blame.", "why: ''", 6, "must be text"),
        ("  silent:\n    - You should have received it.\n", "", 14, '"silent" is missing'),
        ("advise:", "replace_with: please\nadvise:", 12, '"becomes"'),
        ("title:", "---\ntitle: x\n---\ntitle:", 3, "second document"),
    ],
)
def test_a_mistake_names_line_and_remedy(put: Put, old: str, new: str, line: int, words: str) -> None:
    assert old in RULE
    message = refusal(put(RULE.replace(old, new)))
    assert f"packs/core/tone/blame.yaml:{line}: " in message
    assert words in message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"- a\n- b\n", "empty"),
        (b"title: \xff\xfe", "not UTF-8"),
        (b"title: \xed\xa0\x80", "not UTF-8"),  # a lone surrogate
        (b"x" * (10 << 20), "larger than 64 kB"),
        (b"[" * 60_000, "nested too deeply"),
        (b"- " * 30_000, "nested too deeply"),
        (b"? " * 30_000, "a key must be a word"),
        (b"a: " * 20_000, "not YAML"),
        (b'a: "' + b"x" * 60_000, "not YAML"),
        (b"a: &x [1]\nb: [*x, *x, *x]\n", "anchors"),
        (b"a: [" + b"a, " * 20_000 + b"]", "too many values"),
        (b"%YAML 9.9\n---\na: 1\n", "YAML"),
    ],
)
def test_hostile_bytes_are_refused(put: Put, content: bytes, words: str) -> None:
    assert words in refusal(put(content))


def test_all_mistakes_come_at_once(folder: Path, put: Put) -> None:
    put(RULE.replace("weight: 3", "weight: 9").replace("fault: blame", "fault: x"))
    (folder / "packs/core/tone/Second Rule.yaml").write_text(RULE, encoding="utf-8")
    message = refusal(folder)
    assert message.count("\n") == 2
    assert "small letters" in message


def test_script_tags_are_only_text(put: Put) -> None:
    title = "<script>alert(1)</script>"
    rule_set = load_rule_set(put(RULE.replace("Pointing at a mistake", title)))
    assert rule_set.rules[0].title == title


def test_thousand_evil_patterns_compile_or_are_refused_in_words() -> None:
    chance = random.Random(7)
    parts = [
        "(",
        ")",
        "|",
        "?",
        "...",
        "a",
        "b c",
        " ",
        "(a|b)?",
        "((((",
        "(.*)+",
        "\\",
        "[",
        "{9999}",
        "^",
        "$",
        "\n",
        "é",
    ]
    parts += ["(a|aa)" * 20, "... " * 10, "x" * 400, "(?i)", "\x00"]
    kept = []
    for _ in range(1000):
        pattern = "".join(chance.choice(parts) for _ in range(chance.randint(1, 12)))
        try:
            expression = compile_pattern(pattern)
        except PatternError as error:
            assert str(error)
        else:
            kept.append(expression)
    assert len(kept) > 50
    block = read_document(RULE.encode(), "a.yaml")
    rule, problems = build_rule(block, "a.yaml", "core/tone/a", pack="core")
    assert rule
    assert not problems
    assert Index((rule,)).draft


def test_unknown_team_is_named_with_what_there_is(folder: Path) -> None:
    (folder / "teams").mkdir()
    (folder / "teams/north.yaml").write_text("off: []\n", encoding="utf-8")
    assert 'Did you mean "north"?' in refusal(folder, "nort")
    assert "there is no team" in refusal(folder, "../../etc/passwd")


def test_team_file_mistakes(folder: Path) -> None:
    (folder / "teams").mkdir()
    (folder / "teams/north.yaml").write_text(
        "off:\n  - core/tone/blme\nweights:\n  core/tone/blam: 2\ncolour: red\n", encoding="utf-8"
    )
    message = refusal(folder, "north")
    assert 'teams/north.yaml:2: off: "core/tone/blme" is not known. Did you mean "core/tone/blame"?' in message
    assert 'teams/north.yaml:4: there is no rule "core/tone/blam".' in message
    assert 'teams/north.yaml:5: unknown key "colour".' in message


def test_a_broken_signal_names_its_line(folder: Path) -> None:
    (folder / "signals.yaml").write_text("signals:\n  angr: {}\n", encoding="utf-8")
    assert "signals.yaml:" in refusal(folder)
