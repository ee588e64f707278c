"""``coach score`` as a person and as a script use it: the real command in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

CURT = "Hi Maria,\n\nYou should have ticked the box. 😀 We will look into it.\n\nSam\n"
ASKED = (
    "customer: Hello?\n\nagent (Sam): One moment.\ncustomer (Maria): My parcel still hasn't arrived.\n\nWhere is it?\n"
)
COACH = [sys.executable, "-c", "from empathy_coach.cli import main; main()"]


def coach(*arguments: str, given: str | bytes = b"") -> subprocess.CompletedProcess[bytes]:
    raw = given.encode() if isinstance(given, str) else given
    return subprocess.run([*COACH, *arguments], input=raw, capture_output=True, timeout=120, check=False)


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "reply.txt"
    path.write_text(CURT, encoding="utf-8")
    return path


@pytest.fixture
def conversation(tmp_path: Path) -> Path:
    path = tmp_path / "ticket.txt"
    path.write_text(ASKED, encoding="utf-8")
    return path


def test_it_prints_like_a_linter(draft: Path, conversation: Path) -> None:
    done = coach("score", str(draft), "-c", str(conversation), "--agent", "Sam")
    shown = done.stdout.decode().splitlines()
    at = next(n for n, line in enumerate(shown) if line.startswith(f"{draft}:3:1: warn core/tone/"))
    assert shown[at].endswith("(blame)")
    assert shown[at + 1].startswith("    You should have ticked the box.")
    assert shown[at + 2] == "    " + "^" * len("You should have")
    assert shown[at + 3].strip()
    assert "The six elements" in shown
    assert any(line.split()[:2] == ["○", "tone"] and "missing" in line for line in shown)
    assert "Next step" in shown
    assert "In other words" in shown
    assert "\x1b" not in done.stdout.decode()  # colour is for terminals
    assert done.returncode == 1


def test_json_gives_the_report_of_the_api(draft: Path, conversation: Path) -> None:
    report = json.loads(coach("score", str(draft), "-c", str(conversation), "--json").stdout)
    assert {"score", "elements", "findings", "customer", "rewording", "rule_set", "took_ms"} <= set(report)
    asked = [question for question in report["customer"]["questions"] if question["message"] == 2]
    assert [question["span"]["quote"] for question in asked] == ["Where is it?"]


def test_a_whole_request_from_standard_input() -> None:
    request = {"draft": "Open Settings, then Email.", "conversation": [{"role": "customer", "text": "Where is it?"}]}
    done = coach("score", "--json", given=json.dumps(request))
    report = json.loads(done.stdout)
    assert len(report["elements"]) == 6
    severities = [finding["severity"] for finding in report["findings"]]
    assert done.returncode == max(["hint", "warn", "stop"].index(severity) for severity in ["hint", *severities])


def test_a_draft_that_begins_with_a_placeholder_is_a_draft() -> None:
    done = coach("score", "--json", given="{{ticket.greeting}}\nYour refund is on its way.")
    assert done.returncode in (0, 1)
    assert "elements" in json.loads(done.stdout)


LINES = [
    json.dumps({"draft": "You should have told us."}),
    "not json",
    json.dumps({"draft": 4}),
    "",
    json.dumps({"draft": "x" * 1_100_000}),
    json.dumps({"draft": "Thank you, Maria."}),
]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_one_line_in_is_one_line_out_in_order(jobs: str) -> None:
    done = coach("score", "--jsonl", "--jobs", jobs, given="\n".join(LINES))
    out = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer.get("status", "report") for answer in out] == ["report", 400, 422, 400, 413, "report"]
    assert [answer["line"] for answer in out if "line" in answer] == [2, 3, 4, 5]
    assert out[2]["errors"][0]["field"] == "draft"
    assert done.returncode == 2


def test_lines_that_are_all_good_end_with_0() -> None:
    done = coach("score", "--jsonl", given=LINES[0] + "\n" + LINES[-1] + "\n")
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 2)


def test_a_line_is_answered_before_the_next_is_written() -> None:
    with subprocess.Popen([*COACH, "score", "--jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin and process.stdout
        for _ in range(3):
            process.stdin.write(LINES[0].encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["elements"]
        process.stdin.close()


@pytest.mark.parametrize(
    ("draft_bytes", "conversation_text", "complaint"),
    [
        (b"ok\n\xff\xfe", None, "standard input:2: this is not UTF-8 text."),
        (b'{"draft": 3}', None, "draft: must be text"),
        (b'{"draft": "abc', None, "body: is not JSON in UTF-8"),
        (b"ok", "hello there\n", 'ticket.txt:1: begin each message with "customer:" or "agent:".'),
        (b"ok", "[{]", "ticket.txt:1:3: this is not JSON."),
        (b"ok", '{"messages": []}', 'a list of messages is needed, or an object with "conversation"'),
        (b"ok", '[{"role": "boss", "text": "x"}]', "conversation[0].role: must be one of"),
    ],
)
def test_what_cannot_be_used_is_said(
    tmp_path: Path, draft_bytes: bytes, conversation_text: str | None, complaint: str
) -> None:
    arguments = ["score"]
    if conversation_text is not None:
        (tmp_path / "ticket.txt").write_text(conversation_text)
        arguments += ["-c", str(tmp_path / "ticket.txt")]
    done = coach(*arguments, given=draft_bytes)
    assert complaint in done.stderr.decode()
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_broken_rules_are_a_sentence_with_file_and_line(tmp_path: Path) -> None:
    done = coach("score", "--rules-dir", str(tmp_path), given="Hello")
    assert done.returncode == 2
    assert done.stderr.startswith(b"coach: ")
    assert b"Traceback" not in done.stderr


def test_a_setting_that_does_not_exist_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMPATHY_COACH_PROT", "1")
    done = coach("settings")
    assert (done.returncode, b"EMPATHY_COACH_PROT" in done.stderr) == (2, True)
