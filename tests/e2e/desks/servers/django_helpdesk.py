"""A real django-helpdesk, run by the interpreter of .venv-desks:  django_helpdesk.py FOLDER

Makes a database with one queue and one agent ("rosa", password "harbour-4711"), prints its address, serves.
"""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.urls import include, path

folder = Path(sys.argv[1])
listening = socket.socket()
listening.bind(("127.0.0.1", 0))
port = listening.getsockname()[1]

settings.configure(
    SECRET_KEY="only for a test",
    DEBUG=True,  # so that Django serves the desk's own styles and scripts
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "desk.sqlite3"}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    EMAIL_BACKEND="django.core.mail.backends.filebased.EmailBackend",
    EMAIL_FILE_PATH=folder / "mails",
    MEDIA_ROOT=folder / "media",
    STATIC_URL="/static/",
    LOGIN_URL="/login/",
    LOGIN_REDIRECT_URL="/tickets/",
    USE_TZ=True,
    SITE_ID=1,
    HELPDESK_ACTIVATE_API_ENDPOINT=False,
    HELPDESK_TEAMS_MODE_ENABLED=False,
    INSTALLED_APPS=[
        "django.contrib.admin",
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.humanize",
        "django.contrib.messages",
        "django.contrib.sessions",
        "django.contrib.sites",
        "django.contrib.staticfiles",
        "rest_framework",
        "helpdesk",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        }
    ],
)
django.setup()
call_command("migrate", verbosity=0)

from django.contrib.auth.models import User  # noqa: E402 - models need django.setup()
from django.contrib.staticfiles.handlers import StaticFilesHandler  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from helpdesk.models import Queue  # noqa: E402
from waitress import serve  # noqa: E402

urlpatterns = [path("", include("helpdesk.urls"))]
User.objects.create_superuser("rosa", "rosa@example.org", "harbour-4711", first_name="Rosa", last_name="Lind")
Queue.objects.create(title="Support", slug="support", allow_public_submission=True, email_address="desk@example.org")

listening.listen()  # so that nobody who reads the address is refused
print(f"http://127.0.0.1:{port}", flush=True)
serve(StaticFilesHandler(get_wsgi_application()), sockets=[listening], threads=4, _quiet=True)
