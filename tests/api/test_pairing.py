"""Pairing, tokens and revocation, through the running backend."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from kept import traces


def coach(backend: Any, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The real command, in a process of its own, on the same data folder."""
    return subprocess.run(
        [sys.executable, "-c", "from empathy_coach.cli import main; main()", *arguments],
        env={**os.environ, "EMPATHY_COACH_DATA_DIR": str(backend.server.settings.data_dir)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_code_from_the_command_line_pairs_and_a_revoked_token_is_refused_at_once(own_backend: Any) -> None:
    code = coach(own_backend, "pair").stdout.strip()
    token = own_backend.post("/v1/pair", {"code": code, "label": "Chrome on my laptop"}).json["token"]
    mine = {"Authorization": f"Bearer {token}"}
    assert own_backend.say("GET", "/v1/me", None, mine).json["label"] == "Chrome on my laptop"

    listed = coach(own_backend, "tokens").stdout
    number = next(line.split()[0] for line in listed.splitlines() if "Chrome on my laptop" in line)
    assert coach(own_backend, "tokens", "--revoke", number).returncode == 0
    assert own_backend.say("GET", "/v1/me", None, mine).status == 401
    assert own_backend.get("/v1/me").status == 200  # the other client is still in
    again = coach(own_backend, "tokens", "--revoke", number)
    assert (again.returncode, again.stderr.strip()) == (
        2,
        f"coach: There is no paired client with the number {number}.",
    )


@pytest.mark.parametrize("write", [str.lower, lambda code: code.replace("-", ""), lambda code: f" {code} "])
def test_dashes_spaces_and_case_do_not_matter(own_backend: Any, write: Any) -> None:
    code = own_backend.server.services.pairing.new_code()
    assert own_backend.post("/v1/pair", {"code": write(code)}).status == 200


def test_a_code_works_once_even_when_many_try_at_once(own_backend: Any) -> None:
    code = own_backend.server.services.pairing.new_code()
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: own_backend.post("/v1/pair", {"code": code}).status, range(4)))
    assert sorted(answers) == [200, 403, 403, 403]


def test_guessing_is_slowed_down(own_backend: Any) -> None:
    right = own_backend.server.services.pairing.new_code()
    assert [own_backend.post("/v1/pair", {"code": "AAAA-AAAA"}).status for _ in range(6)] == [403] * 5 + [429]
    refused = own_backend.post("/v1/pair", {"code": right})
    assert refused.status == 429
    assert 0 < int(refused.headers["retry-after"]) <= 60


def test_neither_token_nor_code_is_kept(own_backend: Any) -> None:
    code = own_backend.server.services.pairing.new_code()
    folder = own_backend.server.settings.data_dir
    for secret in (own_backend.token, code, code.replace("-", "")):
        assert traces(secret.encode(), folder) == []


def test_coaching_goes_on_when_the_database_is_locked_or_gone(own_backend: Any, angry: dict[str, Any]) -> None:
    path = own_backend.server.settings.database
    feedback = {"rule": "rubric/tone", "element": "tone", "verdict": "shown"}
    assert own_backend.post("/v1/feedback", feedback).status == 204
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert own_backend.post("/v1/coach", angry).status == 200
    assert own_backend.post("/v1/feedback", feedback).status == 503
    other.execute("ROLLBACK")
    other.close()
    assert own_backend.post("/v1/feedback", feedback).status == 204

    path.write_bytes(b"this is not a database" * 1000)
    assert own_backend.post("/v1/coach", angry).status == 200
    answer = own_backend.post("/v1/feedback", feedback)
    assert (answer.status, answer.headers["content-type"]) == (503, "application/problem+json")


def test_feedback_counts_rules_and_refuses_other_names(own_backend: Any, angry: dict[str, Any]) -> None:
    finding = next(f for f in own_backend.post("/v1/coach", angry).json["findings"] if f.get("fault") == "blame")
    seen = {"rule": finding["rule"], "element": finding["element"], "verdict": "applied"}
    for _ in range(3):
        answer = own_backend.post("/v1/feedback", seen)
        assert (answer.status, answer.body) == (204, b"")
    wrong = own_backend.post("/v1/feedback", {**seen, "rule": "core/tone/john-smith-was-here"})
    assert (wrong.status, wrong.json["errors"][0]["field"]) == (422, "rule")
    rows = sqlite3.connect(own_backend.server.settings.database).execute("SELECT rule, verdict, count FROM feedback")
    assert rows.fetchall() == [(finding["rule"], "applied", 3)]
