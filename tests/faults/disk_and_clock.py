"""A full disk and a clock set back: coaching goes on, what cannot be stored is refused, nothing acknowledged is lost.

    python tests/faults/disk_and_clock.py            # needs root (it mounts small disks) and Debian's faketime

For each database: feedback is sent until the disk, filled up on purpose, refuses it; drafts are still coached; the
disk gets room again, and everything that was acknowledged is there. Then the clock of the coach is set back by a day
while it runs: drafts, feedback and pairing go on.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "server"))

from engines import Postgres, user, wait_for
from kill import stored_in_time
from ports import free_port
from team import Coach

from empathy_coach.services.access import digest, new_token
from empathy_coach.services.pairing import Pairing
from empathy_coach.storage import tokens
from empathy_coach.storage.database import Database

DRAFT = {"draft": "You should have ticked the box.", "conversation": [], "kind": "reply"}
FAKETIME = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"


@contextlib.contextmanager
def small_disk(megabytes: int) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="coach-disk-"))
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
        folder.rmdir()


def fill(folder: Path) -> Path:
    """Take all the room that is left."""
    file = folder / "filler"
    with file.open("wb", buffering=0) as opened, contextlib.suppress(OSError):
        while True:
            opened.write(b"0" * 65536)
    return file


class Asking:
    """One paired client."""

    def __init__(self, where: Path | str, port: int) -> None:
        self.port, self.token = port, new_token()
        database = Database(where)
        with database.transaction() as connection:
            tokens.add_token(connection, digest(self.token), "faults", date.today())
        database.close()

    def post(self, path: str, data: object) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        try:
            connection.request("POST", path, json.dumps(data).encode(), headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status
        finally:
            connection.close()

    def feedback(self, rule_set: str = "") -> int:
        seen = {"rule": "rubric/tone", "element": "tone", "verdict": "shown"}
        return self.post("/v1/feedback", {**seen, "rule_set": rule_set} if rule_set else seen)


def start(folder: Path, where: Path | str) -> Coach:
    config = folder / "team.toml"
    url = f'database_url = "{where}"\n' if isinstance(where, str) else ""
    config.write_text(f'data_dir = "{folder / "data"}"\naccess_log = false\npublic_url = "https://x.example"\n{url}')
    coach = Coach(folder, config, free_port())
    coach.wait()
    return coach


def full_disk(name: str, folder: Path, disk: Path, where: Path | str) -> bool:
    coach = start(folder, where)
    asking = Asking(where, coach.port)
    acknowledged = sum(asking.feedback() == 204 for _ in range(20))
    filler = fill(disk)
    refused = 0
    for number in range(20_000):  # each a row of its own, so that the database has to grow
        status = asking.feedback(f"{number:016x}")
        acknowledged += status == 204
        refused += status != 204
        assert status in (204, 503), status
        if refused == 20:
            break
    coached = [asking.post("/v1/coach", DRAFT) for _ in range(20)]
    filler.unlink()
    wait_for(lambda: asking.feedback() == 204, "room")
    acknowledged += 1
    found = stored_in_time(where)
    coach.end()
    good = refused == 20 and coached == [200] * 20 and found >= acknowledged
    print(f"full disk, {name}: {acknowledged} acknowledged, {refused} refused with 503, {found} stored; "
          f"drafts coached meanwhile: {coached.count(200)} of 20: {'good' if good else 'NOT GOOD'}", flush=True)  # fmt: skip
    return good


def clock_set_back(folder: Path) -> bool:
    moment = folder / "clock"
    moment.write_text("+0")
    os.environ.update(LD_PRELOAD=FAKETIME, FAKETIME_TIMESTAMP_FILE=str(moment), FAKETIME_NO_CACHE="1")
    os.environ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1"
    where = folder / "data" / "coach.db"
    try:
        coach = start(folder, where)
    finally:
        for name in ("LD_PRELOAD", "FAKETIME_TIMESTAMP_FILE", "FAKETIME_NO_CACHE", "FAKETIME_DONT_FAKE_MONOTONIC"):
            del os.environ[name]
    asking = Asking(where, coach.port)
    statuses = []
    for shift in ("+0", "-1d", "+0", "-400d"):
        moment.write_text(shift)
        code = Pairing(Database(where)).new_code()
        statuses += [asking.post("/v1/coach", DRAFT), asking.feedback(), asking.post("/v1/pair", {"code": code})]
    coach.end()
    good = statuses == [200, 204, 200] * 4
    print(f"clock set back by a day and by 400: {statuses}: {'good' if good else 'NOT GOOD'}", flush=True)
    return good


def main() -> int:
    results = []
    with tempfile.TemporaryDirectory() as name, small_disk(3) as disk:
        folder = Path(name)
        (folder / "data").symlink_to(disk)
        results.append(full_disk("SQLite", folder, disk, folder / "data" / "coach.db"))
    with tempfile.TemporaryDirectory() as name, small_disk(120) as disk:
        if (who := user()) is not None:
            shutil.chown(disk, who)
        postgres = Postgres(durable=True, folder=disk)
        where = postgres.new_database()
        results.append(full_disk("PostgreSQL", Path(name), disk, where))
        postgres.end()
    with tempfile.TemporaryDirectory() as name:
        results.append(clock_set_back(Path(name)))
    return int(not all(results))


if __name__ == "__main__":
    sys.exit(main())
