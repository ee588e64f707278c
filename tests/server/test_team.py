"""The example of backend/deploy as it stands, with its parts taken away one after the other."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from engines import wait_for
from kept import contents, traces
from team import NAME, Team, trusting_connection

from empathy_coach.services.house import open_services
from empathy_coach.settings import load_settings

SEEN = {"rule": "rubric/tone", "element": "tone", "verdict": "shown"}


def counted(team: Team) -> int:
    with team.postgres.connect(team.database_url) as connection:
        return int(connection.execute("SELECT coalesce(sum(count), 0) FROM feedback").fetchone()[0])


def test_a_draft_is_coached_over_tls(team: Team, angry: dict[str, Any]) -> None:
    status, said = team.ask("POST", "/v1/coach", angry)
    assert status == 200
    assert json.loads(said)["findings"]
    assert team.ask("POST", "/v1/coach", angry, token="x" * 43)[0] == 401


def test_every_process_answers_with_one_rule_set_and_a_release_reaches_them_all(
    team: Team, angry: dict[str, Any]
) -> None:
    def answered() -> set[str]:
        return {json.loads(team.ask("POST", "/v1/coach", angry)[1])["rule_set"] for _ in range(12)}

    before = answered()
    assert len(before) == 1
    services = open_services(load_settings(config=team.config))  # a further machine
    services.team_rules.tune(services.rules.current.rules[0].id, False, 3, "warn", "Ada", "We say it differently.")
    wait_for(lambda: answered() == {services.rules.current.hash}, "the release in every process")
    services.team_rules.roll_back(1, "Ada", "")
    services.close()
    wait_for(lambda: answered() == before, "the release before")


def test_only_the_public_name_is_answered_and_vitals_only_directly(team: Team) -> None:
    for path in ("/v1/ready", "/metrics"):
        assert team.ask("GET", path)[0] == 404
        assert team.api.get(path)[0] == 200
    for host in ("evil.example", f"127.0.0.1:{team.api.port}", f"{NAME}:1"):
        connection = trusting_connection(team.nginx.port, team.nginx.certificate)
        connection.request("GET", "/metrics", headers={"Host": host})
        assert connection.getresponse().status in (400, 404, 421)
        connection.close()


def test_the_figures_of_all_processes_are_one(team: Team, angry: dict[str, Any]) -> None:
    for _ in range(8):
        team.ask("POST", "/v1/coach", angry)

    def asked() -> str:
        return team.api.get("/metrics")[1].decode() + team.pages.get("/metrics")[1].decode()

    workers = len(team.api.workers())
    wait_for(lambda: asked().count("\ncoach_rules_version{") == workers, "the figures of each process")
    figures = asked()
    counts = [float(line.split()[-1]) for line in figures.splitlines() if 'route="/v1/coach",status="200"' in line]
    assert sum(counts) >= 8
    assert "Maria" not in figures


def test_a_lead_is_invited_and_signs_in_and_the_pages_know_that_they_came_by_tls(team: Team) -> None:
    link = team.command("users", "add", "lea", "--role", "lead").strip()
    assert link.startswith(f"{team.public_url}/welcome?invitation=")
    good, cookies = "seven quiet herons", dict[str, str]()

    def fill_in(path: str, **form: str) -> str:
        """Send the form of a page, as a browser does; where it leads."""
        _, page = team.ask("GET", path, token=None, cookies=cookies)
        fields = dict(re.findall(r'name="(csrf|invitation|next)" value="([^"]*)"', page.decode()))
        status, _ = team.ask("POST", path.partition("?")[0], {**fields, **form}, token=None, cookies=cookies)
        assert status == 302
        return cookies.pop("")

    assert fill_in(link.removeprefix(team.public_url), password=good, again=good).startswith("/sign-in")
    assert fill_in("/sign-in", name="lea", password=good) == "/console/rules"
    assert cookies["empathy-coach"].endswith("; Secure; HttpOnly; Path=/; SameSite=Lax")
    status, page = team.ask("GET", "/console/rules", token=None, cookies=cookies)
    assert status == 200 and b"Sign out" in page
    assert team.pages.get("/console/")[0] == 302 and team.api.get("/console/")[0] == 404


def test_a_process_that_is_killed_is_back_and_nothing_else_notices(team: Team, angry: dict[str, Any]) -> None:
    killed = team.api.workers()[0]
    os.kill(killed, signal.SIGKILL)
    assert [team.ask("POST", "/v1/coach", angry)[0] for _ in range(6)] == [200] * 6
    wait_for(lambda: len(team.api.workers()) == 2 and killed not in team.api.workers(), "the process")


def test_without_redis_coaching_goes_on_and_tries_are_still_limited(team: Team, angry: dict[str, Any]) -> None:
    assert team.redis is not None
    wait_for(lambda: team.api.ready().get("limits") == "shared", "Redis")  # away for a while when it was slow once
    team.redis.end()
    try:
        assert [team.ask("POST", "/v1/coach", angry)[0] for _ in range(6)] == [200] * 6
        tries = [team.ask("POST", "/v1/pair", {"code": "AAAA-AAAA"}, token=None)[0] for _ in range(20)]
        assert set(tries) == {403, 429}  # five for each of three processes, not for all together
    finally:
        team.redis.start()


def test_while_the_database_is_away_coaching_goes_on_and_feedback_says_no(team: Team, angry: dict[str, Any]) -> None:
    assert team.ask("POST", "/v1/feedback", SEEN)[0] == 204
    before = counted(team)
    team.postgres.end()
    try:
        assert [team.ask("POST", "/v1/coach", angry)[0] for _ in range(6)] == [200] * 6
        assert team.ask("POST", "/v1/feedback", SEEN)[0] == 503
        assert team.ask("POST", "/v1/coach", angry, token="x" * 43)[0] == 503  # not 401: it cannot be known
        wait_for(lambda: team.api.ready().get("database") == "away", "the news")
    finally:
        team.postgres.start()
    wait_for(lambda: team.ask("POST", "/v1/feedback", SEEN)[0] == 204, "the database")
    assert counted(team) == before + 1


def test_slow_clients_do_not_keep_others_out(team: Team, angry: dict[str, Any]) -> None:
    slow = []
    try:
        for _ in range(200):
            connection = team.connection()
            connection.connect()
            connection.sock.sendall(
                f"POST /v1/coach HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: 900\r\n\r\n{{".encode()
            )
            slow.append(connection)
        assert team.ask("GET", "/v1/health", token=None)[0] == 200
        assert team.ask("POST", "/v1/coach", angry)[0] == 200
    finally:
        for connection in slow:
            connection.close()


def test_no_canary_is_in_a_file_of_any_part(team: Team, angry: dict[str, Any]) -> None:
    marker = "Zyx7canary"
    said = [{"role": "customer", "author": marker, "text": f"Where is {marker}? I am furious."}]
    for number in range(6):
        draft = {**angry, "draft": f"You should have told {marker}{number}.", "conversation": said, marker: marker}
        assert team.ask("POST", "/v1/coach", draft)[0] == 200
        assert team.ask("POST", "/v1/feedback", {**SEEN, "rule": f"core/{marker.lower()}", marker: marker})[0] == 422
        assert team.ask("POST", "/v1/coach", {**draft, "draft": [marker]})[0] == 422
        assert team.ask("POST", f"/sign-in?{marker}", {"name": marker}, token=None, cookies={})[0] == 403
    assert team.ask("POST", "/v1/feedback", SEEN)[0] == 204
    assert counted(team) >= 1  # so the write-ahead log that is searched is the real one
    assert team.redis is not None
    folders = [team.postgres.folder, team.redis.folder, team.nginx.folder, team.config.parent]
    assert any("pg_wal" in file.parts for file, _ in contents(*folders))
    assert traces(marker.encode(), *folders) == []


def test_the_example_repeats_no_text_in_any_log(team: Team, angry: dict[str, Any]) -> None:
    team.ask("POST", "/v1/coach", angry)
    written = [
        team.api.output,
        team.pages.output,
        *team.nginx.folder.glob("*.log"),
        team.postgres.folder / "output.txt",
    ]

    def read() -> str:
        return "".join(file.read_text(errors="replace") for file in written)

    # So these are the real ones. A request is noted after it was answered.
    wait_for(lambda: '"route":"/v1/coach"' in read() and "POST 200" in read(), "what was asked, in the logs")
    said = read()
    for text in ("Maria", "ticked the renewal", team.token, "invitation=", "quiet herons"):
        assert text not in said


def test_a_stop_finishes_what_is_under_way(team: Team, angry: dict[str, Any]) -> None:
    body = json.dumps(angry).encode()
    head = (
        f"POST /v1/coach HTTP/1.1\r\nHost: 127.0.0.1:{team.api.port}\r\nAuthorization: Bearer {team.token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\nExpect: 100-continue\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", team.api.port), timeout=60) as connection:
        connection.sendall(head.encode())
        assert connection.recv(100).startswith(b"HTTP/1.1 100")  # so the request is under way
        team.api.process.send_signal(signal.SIGTERM)
        wait_for(lambda: "Handling signal: term" in team.api.output.read_text(), "the stop")
        connection.sendall(body)
        answer = connection.recv(100)
    assert answer.startswith(b"HTTP/1.1 200")
    team.api.process.wait(180)
    with ThreadPoolExecutor(4) as pool:  # meanwhile the other server does it all
        assert list(pool.map(lambda _: team.ask("POST", "/v1/coach", angry)[0], range(8))) == [200] * 8
