"""One person's own coach makes no connection but to this machine: it works in a network namespace without a route.

The whole suite runs there too: unshare -n sh -c 'ip link set lo up; python3 tests/run.py tests/unit tests/api ...'
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

#: Started inside: notes every address that the process asks for, then serves, pairs, coaches and shows pages.
INSIDE = """
import json, re, sys, threading, urllib.error, urllib.request
from pathlib import Path

asked = []
def listening(event, args):
    if event == "socket.connect" and isinstance(args[1], tuple):
        asked.append(str(args[1][0]))
    elif event in ("socket.getaddrinfo", "socket.gethostbyname") and args[0] != "0.0.0.0":  # what waitress would listen on
        asked.append(str(args[0]))
sys.addaudithook(listening)

from empathy_coach.settings import Settings
from empathy_coach.web.server import Server

try:
    urllib.request.urlopen("http://192.0.2.1/", timeout=3)
    raise SystemExit("there is a way out")
except urllib.error.URLError as error:
    assert "unreachable" in str(error), error
asked.clear()

server = Server(Settings(data_dir=Path(sys.argv[1])))
server.start()
def ask(path, data=None, **headers):
    body = None if data is None else json.dumps(data).encode()
    request = urllib.request.Request(server.url + path, body, {"Content-Type": "application/json", **headers})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read().decode()
code = server.services.pairing.new_code()
token = json.loads(ask("/v1/pair", {"code": code}))["token"]
mine = {"Authorization": f"Bearer {token}"}
said = [{"role": "customer", "text": "Third time I write, still no parcel. See http://192.0.2.1/track and mail me@evil.example"}]
report = json.loads(ask("/v1/coach", {"draft": "You should have waited. http://192.0.2.7/", "conversation": said}, **mine))
assert report["findings"] and report["rewording"], report
json.loads(ask("/v1/rewrite", {"draft": "You should have waited.", "conversation": said}, **mine))
ask("/v1/feedback", {"rule": "rubric/tone", "element": "tone", "verdict": "shown"}, **mine)
link = json.loads(ask("/v1/practice", {}, **mine))["path"]
for page in (link, "/console/sign-in?link=x"):
    html = ask(page)
    assert not re.search(r'(src|href|action)="(https?:)?//', html), page  # nothing of another machine is loaded
server.stop()
server.services.close()
print(json.dumps(sorted(set(asked))))
"""


def test_it_works_where_there_is_no_way_out(tmp_path: Path) -> None:
    unshare, ip = shutil.which("unshare"), shutil.which("ip") or "/usr/sbin/ip"
    if not unshare or not Path(ip).exists():
        pytest.skip("needs unshare and ip, which Linux has")
    alone = [unshare, "--net", "--map-root-user", "sh", "-c", f'{ip} link set lo up && exec "$@"', "sh"]
    if subprocess.run([*alone, "true"], capture_output=True).returncode != 0:
        pytest.skip("this machine lets nobody make a network namespace")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("EMPATHY_COACH_")}
    done = subprocess.run(
        [*alone, sys.executable, "-c", INSIDE, str(tmp_path)], env=environment, capture_output=True, text=True, timeout=120
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.strip() == '["127.0.0.1"]'
