"""A real Roundup tracker, run by the interpreter of .venv-desks:  roundup_desk.py FOLDER

Makes a classic tracker in FOLDER/tracker with a customer ("jo") and an agent ("rosa"), both with the password
"harbour-4711", prints its address, serves. Roundup's own server refuses to run as root, its WSGI application does not.
"""

from __future__ import annotations

import socket
import sys
from pathlib import Path

from roundup import instance
from roundup.admin import AdminTool
from roundup.cgi.wsgi_handler import RequestDispatcher
from roundup.password import Password
from waitress import serve

home = Path(sys.argv[1]) / "tracker"
listening = socket.socket()
listening.bind(("127.0.0.1", 0))
address = f"http://127.0.0.1:{listening.getsockname()[1]}"

admin = AdminTool()
admin.tracker_home = str(home)
options = f"tracker_web={address}/,mail_domain=example.org,mail_host=127.0.0.1,mail_debug={home / 'mails'}"
admin.do_install(str(home), ["install", "classic", "sqlite", options])
admin.do_initialise(str(home), ["initialise", "harbour-4711"])

tracker = instance.open(str(home))
database = tracker.open("admin")
password = Password("harbour-4711", config=database.config)
database.user.create(username="jo", realname="Jo Hansen", address="jo@example.org", roles="User", password=password)
database.user.create(username="rosa", realname="Rosa Lind", address="rosa@example.org", roles="User", password=password)
database.commit()
database.close()

listening.listen()  # so that nobody who reads the address is refused
print(address, flush=True)
serve(RequestDispatcher(str(home)), sockets=[listening], threads=4, _quiet=True)
