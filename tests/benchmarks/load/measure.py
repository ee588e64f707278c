"""Agents typing, against the example of backend/deploy: nginx with TLS, two servers, PostgreSQL, Redis.

    python tests/benchmarks/load/measure.py [AGENTS ...] [--seconds 30] [--workers 2]

Each agent has a token and a connection of its own and sends the draft every two seconds while it grows; one that has
no answer yet waits for it, as the extension does. Everything runs on this machine, the agents too, so the figures say
what these cores can do together; `ms CPU` is what one request costs all processes of the coach, and holds elsewhere.
Latency is counted from the moment the request was due.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import ssl
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1] / "server"), str(HERE.parent / "http")]

from engines import Postgres, Redis  # noqa: E402 - lies beside, not in a package
from measure import DRAFT, MESSAGES  # noqa: E402 - of the benchmark over HTTP
from team import NAME, Coach, Team  # noqa: E402

from empathy_coach.services.access import digest  # noqa: E402
from empathy_coach.storage import accounts, tokens  # noqa: E402
from empathy_coach.storage.accounts import AccountRow  # noqa: E402
from empathy_coach.storage.database import Database  # noqa: E402

EVERY = 2.0  # seconds between two requests of one agent
WORDS = DRAFT.split(" ")
STEP = 6  # words typed in that time
WARM = 5.0  # seconds that do not count


@dataclass
class Figures:
    """What came of a run."""

    seconds: list[float] = field(default_factory=list)
    errors: dict[str, int] = field(default_factory=dict)
    late: int = 0  # times an agent was due and still waited

    def error(self, what: str) -> None:
        self.errors[what] = self.errors.get(what, 0) + 1


def bodies() -> list[bytes]:
    """One draft, from its first words to its last."""
    talk = [{"role": role, "author": role, "text": text} for role, text in MESSAGES]
    made = []
    for end in range(STEP, len(WORDS) + STEP, STEP):
        asked = {"draft": " ".join(WORDS[:end]), "conversation": talk, "agent_name": "Sam", "kind": "reply"}
        made.append(json.dumps(asked).encode())
    return made


class Agent:
    """One agent's browser."""

    def __init__(self, team: Team, token: str, drafts: list[bytes], figures: Figures, context: ssl.SSLContext) -> None:
        self.team, self.token, self.drafts, self.figures, self.context = team, token, drafts, figures, context

    async def type(self, begins: float, counts_from: float, ends: float) -> None:
        loop = asyncio.get_running_loop()
        due, at = begins, random.randrange(len(self.drafts))
        reader = writer = None
        while due < ends:
            await asyncio.sleep(max(0.0, due - loop.time()))
            try:
                if writer is None:
                    reader, writer = await asyncio.open_connection(
                        "127.0.0.1", self.team.nginx.port, ssl=self.context, server_hostname=NAME
                    )
                assert reader is not None
                status = await asyncio.wait_for(self._ask(reader, writer, self.drafts[at % len(self.drafts)]), 30)
            except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
                status, writer = 0, None
                self.figures.error(type(error).__name__)
            if due >= counts_from and status:
                if status == 200:
                    self.figures.seconds.append(loop.time() - due)
                else:
                    self.figures.error(str(status))
            at += 1
            due += EVERY
            while due < loop.time():
                due += EVERY
                self.figures.late += 1
        if writer is not None:
            writer.close()

    async def _ask(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, body: bytes) -> int:
        head = (
            f"POST /v1/coach HTTP/1.1\r\nHost: {NAME}:{self.team.nginx.port}\r\nAuthorization: Bearer {self.token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        writer.write(head.encode() + body)
        answer = await reader.readuntil(b"\r\n\r\n")
        lines = answer.lower().split(b"\r\n")
        length = next(int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length:"))
        await reader.readexactly(length)
        return int(answer.split(b" ", 2)[1])


def new_tokens(database_url: str, count: int) -> list[str]:
    """As many paired agents, each with an account of its own."""
    made = [f"{number:06d}-{os.urandom(16).hex()}" for number in range(count)]
    database = Database(database_url)
    with database.transaction() as connection:
        for token in made:
            name = token[:6]
            accounts.add_account(connection, AccountRow(name, name, "agent", None, None, False, date.today()))
            tokens.add_token(connection, digest(token), "load", date.today(), name)
    database.close()
    return made


def cpu(*coaches: Coach) -> float:
    """Seconds of processor that the servers have used so far."""
    pids = {pid for coach in coaches for pid in (coach.process.pid, *coach.workers())}
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


async def run(team: Team, agents: list[str], seconds: float) -> Figures:
    """Let them all type."""
    figures, drafts = Figures(), bodies()
    context = ssl.create_default_context(cafile=str(team.nginx.certificate))
    now = asyncio.get_running_loop().time()
    counts_from = now + WARM
    await asyncio.gather(
        *(
            Agent(team, token, drafts, figures, context).type(
                now + random.random() * EVERY,
                counts_from,
                counts_from + seconds,
            )
            for token in agents
        )
    )
    return figures


def main() -> None:
    """Print one line for each number of agents."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("agents", type=int, nargs="*", default=[50, 100, 250, 500, 1000, 2000])
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--workers", type=int, default=2, help="processes of the first server")
    asked = parser.parse_args()
    postgres, redis = Postgres(), Redis()
    with tempfile.TemporaryDirectory() as folder:
        team = Team(Path(folder), postgres, redis, asked.workers, requests_a_minute=0, access_log=False)
        try:
            known = new_tokens(team.database_url, max(asked.agents))
            print(f"load of this machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
            print(
                f"{'agents':>7} {'due/s':>7} {'done/s':>7} {'p50 ms':>8} {'p99 ms':>8} {'errors':>7} {'ms CPU':>7} {'load':>6}"
            )
            for count in asked.agents:
                before = cpu(team.api, team.pages)
                began = time.monotonic()
                found = asyncio.run(run(team, known[:count], asked.seconds))
                took = time.monotonic() - began
                used = cpu(team.api, team.pages) - before
                cuts = statistics.quantiles(found.seconds, n=100) if len(found.seconds) > 1 else [0.0] * 99
                done = len(found.seconds)
                whole = done * took / asked.seconds if done else 1  # with those of the warming up
                print(
                    f"{count:>7} {count / EVERY:>7.0f} {done / asked.seconds:>7.1f} {cuts[49] * 1000:>8.0f} "
                    f"{cuts[98] * 1000:>8.0f} {sum(found.errors.values()):>7} {used / whole * 1000:>7.1f} "
                    f"{os.getloadavg()[0]:>6.1f}  {found.errors or ''}",
                    flush=True,
                )
        finally:
            team.end()
            redis.remove()
            postgres.remove()


if __name__ == "__main__":
    main()
