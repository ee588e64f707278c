"""A real Request Tracker 5 from Debian's packages:  request_tracker.py FOLDER

Makes a database in FOLDER with an agent ("rosa", password "harbour-4711"), prints its address, serves. The customer's
ticket is made from FOLDER/ticket.txt: its first line is the subject, the rest what Jo Hansen wrote.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

sys.path.append(str(Path(__file__).parents[3] / "server"))

from ports import free_port

RT = "/usr/share/request-tracker5"
SETTINGS = """
Set($rtname, 'desk.example'); Set($Organization, 'desk.example');
Set($WebPath, ''); Set($WebDomain, '127.0.0.1'); Set($WebPort, {port}); Set($WebBaseURL, 'http://127.0.0.1:{port}');
Set($DatabaseType, 'SQLite'); Set($DatabaseName, '{folder}/rt.sqlite');
Set($LogToSyslog, undef); Set($LogToSTDERR, 'error'); Set($MailCommand, 'testfile');
Set($WebSessionClass, 'Apache::Session::File'); Set($MasonDataDir, '{folder}/mason');
Set($MasonSessionDir, '{folder}/session'); Set(%GnuPG, Enable => 0); Set(%SMIME, Enable => 0);
1;
"""
PEOPLE = """
our @Users = (
  {{ Name => 'rosa', RealName => 'Rosa Lind', EmailAddress => 'rosa@example.org', Password => 'harbour-4711',
     Privileged => 1 }},
  {{ Name => 'jo', RealName => 'Jo Hansen', EmailAddress => 'jo@example.org' }},
);
our @ACL = ({{ UserId => 'rosa', Right => 'SuperUser' }});
our @Final = (sub {{
  open my $file, '<', '{folder}/ticket.txt' or die $!;
  my ($subject, @words) = <$file>;
  chomp $subject;
  my $jo = RT::CurrentUser->new;
  $jo->LoadByEmail('jo@example.org');
  my $everyone = RT::Group->new(RT->SystemUser);
  $everyone->LoadSystemInternalGroup('Everyone');
  $everyone->PrincipalObj->GrantRight(Right => 'CreateTicket');
  my ($id, undef, $why) = RT::Ticket->new($jo)->Create(
    Queue => 'General', Subject => $subject, Requestor => 'jo@example.org',
    MIMEObj => MIME::Entity->build(Type => 'text/plain', Charset => 'UTF-8', Data => \\@words));
  die $why unless $id;
}});
1;
"""

folder = Path(sys.argv[1])
port = free_port()
for name in ("conf.d", "session", "mason"):
    (folder / name).mkdir()
(folder / "RT_SiteConfig.pm").write_text(SETTINGS.format(port=port, folder=folder), "utf-8")
(folder / "people.pl").write_text(PEOPLE.format(folder=folder), "utf-8")
environment = {
    **os.environ,
    "RT_SITE_CONFIG": str(folder / "RT_SiteConfig.pm"),
    "RT_SITE_CONFIG_DIR": str(folder / "conf.d"),
}
for step in (("init",), ("insert", "--datafile", str(folder / "people.pl"))):
    command = ["rt-setup-database-5", "--skip-create", "--action", *step]
    made = subprocess.run(command, env=environment, capture_output=True, text=True)
    if made.returncode:
        sys.exit(made.stdout + made.stderr)
server = [f"{RT}/libexec/rt-server", "--host", "127.0.0.1", "--port", str(port), "--max-workers", "2"]
pid = os.fork()
if pid == 0:  # says when the parent's server answers
    for _ in range(1200):
        with socket.socket() as knocking:
            if knocking.connect_ex(("127.0.0.1", port)) == 0:
                print(f"http://127.0.0.1:{port}", flush=True)
                os._exit(0)
        time.sleep(0.1)
    os._exit(1)
os.execve(server[0], server, environment)  # so that the process that is stopped is the server
