"""1,000 publishes under load, a tenth of them invalid: every answer carries one valid rule set.

    python tests/faults/publish.py [PUBLISHES]

Two servers with three processes on PostgreSQL answer drafts all the time, while a further machine publishes. Of the
invalid ones, half are refused where they are published, and half are written into the database behind everybody's
back, as a broken program would. Prints how long a release took to be in use in every process, and their memory.
"""

from __future__ import annotations

import http.client
import json
import re
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "server"))

from engines import Postgres, wait_for
from ports import free_port
from team import Coach

from empathy_coach.errors import CoachError
from empathy_coach.rules.overlay import Choices
from empathy_coach.services.house import Services, open_services
from empathy_coach.services.team_rules import NotReadyError
from empathy_coach.settings import load_settings

ASKED = json.dumps({"draft": "You should have ticked the box.", "conversation": [], "kind": "reply"}).encode()
EVERY = 25  # publishes between two looks at how long it takes


class Clients:
    """Send drafts and note which rule set each answer names."""

    def __init__(self, ports: list[int], token: str) -> None:
        self.seen: dict[str, int] = {}
        self.errors = 0
        self.token = token
        self._lock, self._stop = threading.Lock(), threading.Event()
        self._threads = [threading.Thread(target=self._go, args=(port,)) for port in ports]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _go(self, port: int) -> None:
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while not self._stop.is_set():
            try:
                connection.request("POST", "/v1/coach", ASKED, headers)
                answer = connection.getresponse()
                said = json.loads(answer.read())
            except (OSError, http.client.HTTPException):
                connection.close()  # the next request connects anew
                with self._lock:
                    self.errors += 1
                continue
            with self._lock:
                self.errors += answer.status != 200
                name = str(said.get("rule_set"))
                self.seen[name] = self.seen.get(name, 0) + 1
            time.sleep(0.05)


def in_use(coaches: list[Coach], number: int) -> bool:
    """Whether every process of every server uses the change of that number, by its own account."""
    for coach in coaches:
        found = re.findall(r"^coach_rules_version\S* ([0-9.]+)$", coach.get("/metrics")[1].decode(), re.MULTILINE)
        if len(found) < len(coach.workers()) or min(map(float, found)) < number:
            return False
    return True


def memory(coaches: list[Coach]) -> list[int]:
    """What each process holds, in MB."""
    found = []
    for pid in (pid for coach in coaches for pid in coach.workers()):
        said = re.search(r"VmRSS:\s*(\d+) kB", Path(f"/proc/{pid}/status").read_text())
        found.append(int(said[1]) // 1024 if said else 0)
    return found


def refused(_: Choices) -> Choices:
    raise NotReadyError("It is not ready.")


def put_in_broken(postgres: Postgres, url: str) -> None:
    with postgres.connect(url) as connection, connection.transaction():
        connection.execute("UPDATE changes SET number = number + 1 WHERE what = 'rules'")
        connection.execute(
            "INSERT INTO releases (team, made_by, made_at, why, choices, rule_set) "
            "VALUES ('our-team', 'nobody', now(), '', '{\"off\": 7', 'broken')"
        )


def take_out_broken(postgres: Postgres, url: str) -> None:
    """What an administrator would do."""
    with postgres.connect(url) as connection, connection.transaction():
        connection.execute("DELETE FROM releases WHERE rule_set = 'broken'")
        connection.execute("UPDATE changes SET number = number + 1 WHERE what = 'rules'")


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    postgres = Postgres()
    with tempfile.TemporaryDirectory() as name:
        folder, url = Path(name), postgres.new_database()
        config = folder / "team.toml"
        config.write_text(
            f'data_dir = "{folder / "data"}"\naccess_log = false\ndatabase_url = "{url}"\n'
            'public_url = "https://x.example"\n'
        )
        coaches = [Coach(folder, config, free_port(), workers) for workers in (2, 1)]
        for coach in coaches:
            coach.wait()
        lead: Services = open_services(load_settings(config=config))
        token = lead.pairing.redeem(lead.pairing.new_code(), "faults")
        rules = [rule.id for rule in lead.rules.sets.base.rules]
        valid = {lead.rules.current.hash}
        clients = Clients([coaches[0].port, coaches[0].port, coaches[1].port], token)
        wait_for(lambda: clients.seen != {}, "the first answer")
        published, invalid, held = 0, 0, memory(coaches)
        took: list[float] = []
        began = time.monotonic()
        for number in range(count):
            if number % 20 == 9:
                invalid += 1
                try:
                    lead.team_rules.publish(refused, "a lead", "")
                except CoachError:
                    continue
                raise SystemExit("a broken publish went through")
            if number % 20 == 19:
                invalid += 1
                put_in_broken(postgres, url)
                time.sleep(0.6)  # so that every process tries it
                take_out_broken(postgres, url)
                lead.team_rules.refresh()
                continue
            rule = rules[number % len(rules)]
            on = rule in lead.rules.sets.choices.off
            packed = lead.rules.sets.base.by_id[rule]
            lead.team_rules.tune(rule, on, packed.weight, packed.severity, "a lead", "")
            published += 1
            now = lead.rules.current.hash
            valid.add(now)
            if number % EVERY == 0:
                then = time.monotonic()
                wait_for(lambda: in_use(coaches, lead.team_rules.number), "the release", 30)
                took.append(time.monotonic() - then)
        seconds = time.monotonic() - began
        wait_for(lambda: in_use(coaches, lead.team_rules.number), "the last one", 30)
        clients.stop()
        holds = memory(coaches)
        strange = {name: n for name, n in clients.seen.items() if name not in valid}
        for coach in coaches:
            coach.end()
        lead.close()
        postgres.remove()
        print(f"{published} published and {invalid} invalid in {seconds:.0f} s; {sum(clients.seen.values())} answers with "
              f"{len(clients.seen)} rule sets, {clients.errors} errors, of no valid set: {strange or 'none'}; in use "
              f"everywhere after {statistics.median(took):.2f} s in the median, {max(took):.2f} s at most; MB of the "
              f"processes {held} before, {holds} after")  # fmt: skip
        return int(bool(strange) or clients.errors > 0)


if __name__ == "__main__":
    sys.exit(main())
