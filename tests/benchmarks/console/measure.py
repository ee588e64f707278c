"""What a lead's large uploads cost, over HTTP as the console sends them, and whether anybody else waits for it.

    python tests/benchmarks/console/measure.py [REPLIES]

One backend in a process of its own. A comparison of REPLIES (10,000) replies, no two sentences of which are alike, with
a rule that seldom speaks up and with one that speaks up in most; then 10 MB in each form, well made and hostile, and
hostile rules. Meanwhile another client asks for `/v1/health` every 20 ms. Printed are the seconds until the page is
there, until the work is done, and the longest that the other client waited, beside what it waits at rest.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlencode, urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "server"))

from engines import listens, wait_for
from ports import free_port

TEXTS = Path(__file__).resolve().parents[3] / "backend/empathy_coach/corpus/conversations"
COACH = [sys.executable, "-c", "from empathy_coach.cli import main; main()"]
RULE = """\
title: A phrase to be tried
element: tone
severity: warn
weight: 2
why: Only a trial.
source: the benchmark
find:
  - {find}
advise:
  - Say it another way.
examples:
  fires:
    - <<{fires}>>.
  silent:
    - Open Settings, then Email.
"""
MB10 = 10_000_000


def replies(count: int) -> list[dict[str, str]]:
    """Real replies, with a word of its own in each sentence: what was read before does not help to read the next."""
    rows = [json.loads(line) for file in sorted(TEXTS.glob("*.jsonl")) for line in file.read_text("utf-8").splitlines()]
    drafts = [(row["conversation"][-1]["text"], draft["text"]) for row in rows for draft in row["drafts"]]
    found = []
    for number in range(count):
        asked, said = (
            re.sub(r"(?<=\w)([.!?])(?=\s|$)", rf" K{number}\1", text) for text in drafts[number % len(drafts)]
        )
        found.append({"title": f"macro {number}", "reply": said, "customer": asked})
    return found


class Other:
    """Somebody else's requests."""

    def __init__(self, port: int) -> None:
        self.port, self.waits, self._stop = port, [0.0], threading.Event()
        self._thread = threading.Thread(target=self._go)
        self._thread.start()

    def _go(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        while not self._stop.wait(0.02):
            began = time.perf_counter()
            connection.request("GET", "/v1/health")
            connection.getresponse().read()
            self.waits.append(time.perf_counter() - began)

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()


class Lead:
    """A browser at the console."""

    def __init__(self, port: int, link: str) -> None:
        self.port, self.cookie, self.csrf = port, "", ""
        self.form("/console/sign-in", {"link": link.partition("link=")[2], "name": "Maria"})
        self.csrf = re.findall(r'name="csrf" value="([^"]*)"', self.ask("GET", "/console/pilot")[2].decode())[0]

    def ask(
        self, method: str, path: str, body: bytes | None = None, kind: str = "", part: bool = False
    ) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        headers = {
            "Cookie": self.cookie,
            **({"Content-Type": kind, "Origin": f"http://127.0.0.1:{self.port}"} if kind else {}),
        }
        connection.request(method, path, body, {**headers, **({"X-Part": "progress"} if part else {})})
        answer = connection.getresponse()
        found = dict(answer.getheaders())
        self.cookie = found.get("Set-Cookie", self.cookie).partition(";")[0]
        said = answer.read()
        connection.close()
        return answer.status, found, said

    def form(self, path: str, fields: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        body = urlencode({"csrf": self.csrf, **fields}).encode()
        return self.ask("POST", path, body, "application/x-www-form-urlencoded")

    def file(self, path: str, name: str, raw: bytes, fields: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        parts = [f'--b\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode()
                 for k, v in {"csrf": self.csrf, **fields}.items()]  # fmt: skip
        head = f'--b\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
        return self.ask(
            "POST", path, b"".join([*parts, head, raw, b"\r\n--b--\r\n"]), "multipart/form-data; boundary=b"
        )

    def finished(self, path: str) -> str:
        while "X-Finished" not in self.ask("GET", path, part=True)[1]:
            time.sleep(0.4)  # the page asks as often
        text = re.sub(r"<[^>]*>", " ", self.ask("GET", path)[2].decode())
        found = re.search(r"(\d+ +of +\d+ replies would|Nothing would change on these \d+ replies)", text)
        return " ".join(found[0].split()) if found else "?"


def uploads() -> dict[str, tuple[str, bytes]]:
    """10 MB in each form."""
    rows = replies(12_000)
    lines = [json.dumps(row).encode() for row in rows]
    mails = [b"From a@b Mon Jan  1 00:00:00 2026\nSubject: %s\nContent-Type: text/plain; charset=utf-8\n\n%s\n\n"
             % (row["title"].encode(), row["reply"].encode()) for row in rows]  # fmt: skip
    cells = [f'"{row["title"]}","{row["reply"]}","{row["customer"]}"'.encode() for row in rows]

    def ten(head: bytes, parts: list[bytes], between: bytes, tail: bytes = b"") -> bytes:
        size, taken = len(head), []
        for part in parts:
            size += len(part) + len(between)
            if size > MB10:
                break
            taken.append(part)
        return head + between.join(taken) + tail

    return {
        "JSON lines": ("a.jsonl", ten(b"", lines, b"\n")),
        "a JSON list": ("a.json", ten(b"[", lines, b",", b"]")),
        "CSV": ("a.csv", ten(b"title,reply,customer\n", cells, b"\n")),
        "mbox": ("a.mbox", ten(b"", mails, b"")),
        "plain text": ("a.txt", ten(b"", [row["reply"].encode() for row in rows], b"\n---\n")),
        "nested brackets": ("a.json", b"[" * MB10),
        "one object": ("a.json", b"[{" + b",".join(b'"k%d":1' % n for n in range(900_000)) + b"}]"),
        "numbers": ("a.json", b"[" + b"1," * (MB10 // 2) + b"1]"),
        "empty objects": ("a.jsonl", b"{}\n" * (MB10 // 3)),
        "commas": ("a.csv", b"reply\n" + b"," * MB10),
        "an open quote": ("a.csv", b'reply\n"' + b"x\n" * (MB10 // 2)),
        "mails without end": ("a.mbox", b"From \n" * (MB10 // 6)),
        "parts of a mail": ("a.mbox", b"From a\nContent-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\nhi\n" * (MB10 // 8)),
        "one line": ("a.txt", b"x" * MB10),
    }  # fmt: skip


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    port, worst = free_port(), 0.0
    with tempfile.TemporaryDirectory() as folder:
        options = ["--port", str(port), "--data-dir", folder]
        server = subprocess.Popen([*COACH, "serve", *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_for(lambda: listens(port), "the coach")
            link = subprocess.run(
                [*COACH, "console", "--no-open", *options], capture_output=True, text=True, check=True
            )
            lead = Lead(port, link.stdout.strip())
            print(f"load of this machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")

            def show(name: str, steps: object) -> None:
                nonlocal worst
                other, began = Other(port), time.perf_counter()
                said, page = steps() if callable(steps) else ("", 0.0)
                done = time.perf_counter() - began
                other.stop()
                longest, usual = max(other.waits), statistics.median(other.waits)
                worst = max(worst, longest)
                waited = f"others waited {usual:5.3f}, at most {longest:5.3f} s"
                print(f"{name:28} page {page:6.1f} s  done {done:6.1f} s  {waited}  {said}", flush=True)

            def rest() -> tuple[str, float]:
                time.sleep(5)  # the time measured; nothing is waited for
                return "", 0.0

            def compared(path: str, name: str, raw: bytes, fields: dict[str, str]) -> tuple[str, float]:
                began = time.perf_counter()
                status, headers, said = lead.file(path, name, raw, fields)
                page = time.perf_counter() - began
                if status != 302:
                    found = re.search(r'role="alert">([^<]*)', said.decode())
                    return f"{status} {found[1][:90] if found else said[:80]!r}", page
                return lead.finished(urlsplit(headers["Location"]).path), page

            show("at rest", rest)
            raw = b"\n".join(json.dumps(row).encode() for row in replies(count))
            for title, find, fires in (
                ("seldom", "as i said before", "As I said before"),
                ("in most", "(we|i|you) ", "We"),
            ):
                text = RULE.format(find=find.strip(), fires=fires)
                status, headers, _ = lead.form(
                    "/console/write", {"view": "yaml", "text": text, "name": "", "began": ""}
                )
                assert status == 302, title
                rule = urlsplit(headers["Location"]).path.rpartition("/")[2]
                show(
                    f"{count:,} replies, met {title}",
                    lambda rule=rule: compared("/console/impact", "a.jsonl", raw, {"rule": rule}),
                )
            blame = {"tune": "core/tone/blames-customer", "weight": "1", "severity": "hint"}
            for name, (file, body) in uploads().items():
                show(f"10 MB: {name}", lambda file=file, body=body: compared("/console/impact", file, body, blame))
            evil = "find:\n" + "".join(f"  - {'(a|b)? ... ' * 20}(x{n}|y)\n" for n in range(1_000))
            rules = {"1,000 evil patterns": RULE.partition("find:")[0] + evil,
                     "a bomb": "a: &a [x]\n" + "b: [*a,*a,*a]\n" * 5_000, "nested": "find: " + "[" * 60_000,
                     "1 MB": "x: y\n" * 200_000}  # fmt: skip
            for name, text in rules.items():

                def written(text: str = text) -> tuple[str, float]:
                    began = time.perf_counter()
                    status = lead.form("/console/write/verdicts", {"view": "yaml", "text": text})[0]
                    return str(status), time.perf_counter() - began

                show(f"a rule: {name}", written)
            for name, text in rules.items():
                show(
                    f"a team's file: {name}", lambda text=text: compared("/console/share", "a.yaml", text.encode(), {})
                )
        finally:
            server.terminate()
            server.wait(30)
    print(f"longest that others waited: {worst:.3f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
