"""A real Roundcube with a Dovecot behind it, from Debian's packages:  roundcube.py FOLDER

Makes a mailbox in FOLDER/mail for the agent ("rosa@example.org", password "harbour-4711") with one mail made from
FOLDER/ticket.txt (its first line is the subject, the rest what Jo Hansen wrote), prints its address, serves. What is
sent goes to a mail server that takes everything; Roundcube keeps its copy in FOLDER/mail/.Sent. Must be root, as
Dovecot is when it is not set up for one user.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import socketserver
import subprocess
import sys
import tempfile
import threading
import time
from email.message import EmailMessage
from email.utils import format_datetime, localtime
from pathlib import Path

sys.path.append(str(Path(__file__).parents[3] / "server"))

from ports import free_port

DOVECOT = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
log_path = {folder}/dovecot.log
mail_location = maildir:{box}
first_valid_uid = 1
ssl = no
disable_plaintext_auth = no
passdb {{
  driver = static
  args = password=harbour-4711
}}
userdb {{
  driver = static
  args = uid=mail gid=mail home={box}
}}
service imap-login {{
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service stats {{
  unix_listener stats-writer {{
    mode = 0666
  }}
}}
"""
ROUNDCUBE = """<?php
$config = [
  'db_dsnw' => 'sqlite:///{folder}/roundcube.sqlite?mode=0600',
  'imap_host' => '127.0.0.1:{imap}',
  'smtp_host' => '127.0.0.1:{smtp}',
  'smtp_user' => '',
  'smtp_pass' => '',
  'temp_dir' => '{folder}/temp',
  'log_dir' => '{folder}/logs',
  'des_key' => 'only-for-a-test-only-for',
  'htmleditor' => 1,
  'enable_spellcheck' => false,
  'plugins' => [],
  'skin' => 'elastic',
];
"""


class Taking(socketserver.StreamRequestHandler):
    """A mail server that says yes to everything and keeps nothing."""

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                while self.rfile.readline().rstrip() != b".":
                    pass
            self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 fine\r\n")


def answers(port: int) -> bool:
    with socket.socket() as knocking:
        return knocking.connect_ex(("127.0.0.1", port)) == 0


folder = Path(sys.argv[1])
subject, _, words = (folder / "ticket.txt").read_text("utf-8").partition("\n")
mail = EmailMessage()
mail["From"], mail["To"], mail["Subject"] = "Jo Hansen <jo@example.org>", "Rosa Lind <rosa@example.org>", subject
mail["Date"], mail["Message-ID"] = format_datetime(localtime()), "<1@example.org>"
mail.set_content(words)
for name in ("run", "temp", "logs"):
    (folder / name).mkdir()
# Dovecot serves no mail as root, and nobody else may look into a test's folder.
box = Path(tempfile.mkdtemp(prefix="roundcube-"))
(folder / "mail").symlink_to(box)
for name in ("", "new", "cur", "tmp", ".Sent", ".Sent/new", ".Sent/cur", ".Sent/tmp"):
    (box / name).mkdir(exist_ok=True)
(box / "new/1.jo.desk").write_bytes(mail.as_bytes())
(box / "subscriptions").write_text("Sent\n")
for path in (box, *box.rglob("*")):
    shutil.chown(path, "mail", "mail")
taking = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Taking)
threading.Thread(target=taking.serve_forever, daemon=True).start()
ports = {"imap": free_port(), "smtp": taking.server_address[1], "folder": folder, "box": box}
(folder / "dovecot.conf").write_text(DOVECOT.format(**ports))
(folder / "config.inc.php").write_text(ROUNDCUBE.format(**ports))
for name in ("defaults.inc.php", "mimetypes.php"):
    (folder / name).symlink_to(f"/etc/roundcube/{name}")
schema = Path("/usr/share/roundcube/SQL/sqlite.initial.sql")
subprocess.run(
    [
        sys.executable,
        "-c",
        "import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript(sys.stdin.read())",
        str(folder / "roundcube.sqlite"),
    ],
    stdin=schema.open(),
    check=True,
)
port = free_port()
environment = {**os.environ, "ROUNDCUBE_CONFIG_DIR": str(folder), "PHP_CLI_SERVER_WORKERS": "4"}
started = [
    subprocess.Popen(["dovecot", "-F", "-c", str(folder / "dovecot.conf")]),
    subprocess.Popen(
        ["php", "-S", f"127.0.0.1:{port}", "-t", "/var/lib/roundcube"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ),
]


def stop(*_: object) -> None:
    os.killpg(started[1].pid, signal.SIGTERM)  # PHP's workers do not end with it
    started[0].send_signal(signal.SIGTERM)
    for process in started:
        process.wait(60)
    shutil.rmtree(box)
    sys.exit(0)


signal.signal(signal.SIGTERM, stop)
while not (answers(port) and answers(ports["imap"])):
    if any(process.poll() is not None for process in started):
        sys.exit((folder / "dovecot.log").read_text("utf-8", "replace"))
    time.sleep(0.05)
print(f"http://127.0.0.1:{port}", flush=True)
signal.pause()
