"""django-helpdesk as a peer: its own environment and project in a throw-away folder, mail in by get_email."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import IO, TYPE_CHECKING

from bench import ground

if TYPE_CHECKING:
    from pathlib import Path

    from bench.ground import Count, Measured

NAME = "django-helpdesk"
REQUIREMENTS = [NAME, "psycopg[binary]"]
TOO_LONG = 600  # seconds for its installation

SETTINGS = """
import os
from pathlib import Path
HERE = Path(__file__).parent
SECRET_KEY = "for one measurement only"
USE_TZ = True
SITE_ID = 1
ROOT_URLCONF = "urls"
MEDIA_ROOT = HERE / "media"
STATIC_URL = "static/"
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
EMAIL_HOST, EMAIL_PORT = "127.0.0.1", int(os.environ["SINK"])
DEFAULT_FROM_EMAIL = "desk@bench.example"
INSTALLED_APPS = [
    *("django.contrib." + name for name in (
        "auth", "contenttypes", "sessions", "sites", "messages", "humanize", "admin", "staticfiles")),
    "rest_framework", "helpdesk",
]
MIDDLEWARE = ["django.contrib." + name for name in (
    "sessions.middleware.SessionMiddleware", "auth.middleware.AuthenticationMiddleware",
    "messages.middleware.MessageMiddleware")]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True,
    "OPTIONS": {"context_processors": ["django.template.context_processors.request",
        "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages"]}}]
HELPDESK_TEAMS_MODE_ENABLED = False
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": HERE / "desk.sqlite3"}}
if address := os.environ.get("ADDRESS"):
    from psycopg.conninfo import conninfo_to_dict
    told = conninfo_to_dict(address)
    DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": told["dbname"],
        **{key.upper(): told.get(key, "") for key in ("user", "password", "host", "port")}}}
"""

URLS = """
from django.urls import include, path
urlpatterns = [path("", include("helpdesk.urls", namespace="helpdesk"))]
"""

# One process for the whole measurement: for each line it is told it does what `manage.py get_email`
# does, or counts. The start of Python and Django, a second at each call of cron, is left out.
DRIVE = """
import json, os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
import django
django.setup()
from django.core.management import call_command
from helpdesk.models import FollowUp, Queue, Ticket
call_command("migrate", verbosity=0)
Queue.objects.create(title="Desk", slug="desk", email_address="desk@bench.example",
    allow_email_submission=True, email_box_type="local", email_box_local_dir=sys.argv[1],
    email_box_interval=0)
print("ready", flush=True)
for line in sys.stdin:
    if line.strip() == "take":
        call_command("get_email", quiet=True)
    print(json.dumps([FollowUp.objects.count(), Ticket.objects.count()]) if line.strip() == "count"
        else "taken", flush=True)
"""


def install(folder: Path) -> str | None:
    """The Python that has it; when it cannot be had, says so in a line and returns nothing."""
    python = folder / "peer" / "bin" / "python"
    steps = [
        [sys.executable, "-m", "venv", str(folder / "peer")],
        [str(python), "-m", "pip", "install", "-qq", "--retries", "1", "--no-input", *REQUIREMENTS],
    ]
    try:
        for step in steps:
            subprocess.run(step, check=True, capture_output=True, timeout=TOO_LONG)
    except (OSError, subprocess.SubprocessError):
        print(f"{NAME} cannot be installed here: it is not measured")
        return None
    print(f"peer: {NAME} {_version(str(python))}")
    return str(python)


def _version(python: str) -> str:
    told = (
        "import importlib.metadata as m; print(m.version('%s'), 'on Django', m.version('django'))"
    )
    said = subprocess.run([python, "-c", told % NAME], check=True, capture_output=True, text=True)
    return said.stdout.strip()


class Desk:
    """Its one process, told what to do by lines."""

    def __init__(self, python: str, folder: Path, **given: str) -> None:
        self.box = folder / "box"
        self.box.mkdir()
        project = folder / "project"
        project.mkdir()
        for name, text in (("settings", SETTINGS), ("urls", URLS), ("drive", DRIVE)):
            (project / f"{name}.py").write_text(text, encoding="utf-8")
        self.process = subprocess.Popen(
            [python, "drive.py", str(self.box)],
            cwd=project,
            env={**os.environ, **given},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.heard = self._pipe(self.process.stdout)
        self.spoken = self._pipe(self.process.stdin)
        self._hear("ready")

    @staticmethod
    def _pipe(pipe: IO[str] | None) -> IO[str]:
        if pipe is None:
            raise RuntimeError("no pipe to the peer")
        return pipe

    def _hear(self, expected: str = "") -> str:
        line = self.heard.readline().strip()
        if not line or (expected and line != expected):
            raise RuntimeError(f"{NAME} says {line!r} and not {expected!r}")
        return line

    def _tell(self, line: str) -> None:
        print(line, file=self.spoken, flush=True)

    def put(self, messages: list[bytes]) -> None:
        for number, raw in enumerate(messages):
            (self.box / f"{number:06}.eml").write_bytes(raw)

    def take(self) -> None:
        self._tell("take")
        self._hear("taken")

    def count(self) -> Count:
        self._tell("count")
        return ground.Count(*json.loads(self._hear()))

    def end(self) -> None:
        self.spoken.close()
        self.process.wait(ground.PATIENCE)


def measure(python: str, count: int, folder: Path, *, engine: str) -> list[Measured]:
    with (
        ground.database(engine, folder) as (address, servers),
        ground.sink(folder) as (port, log),
    ):
        desk = Desk(python, folder, SINK=str(port), ADDRESS=address)
        try:
            return _phases(desk, count, folder, log=log, servers=servers)
        finally:
            desk.end()


def _phases(
    desk: Desk, count: int, folder: Path, *, log: Path, servers: list[int]
) -> list[Measured]:
    def taken(what: str, messages: list[bytes]) -> Measured:
        desk.put(messages)
        processes = [desk.process.pid, *servers]
        return ground.measured(
            NAME, what, len(messages), desk.take, processes=processes, count=desk.count
        )

    taken("warm-up", ground.warm_up(folder))
    first = taken("new complaints, each answered", ground.new_complaints(count, folder))
    second = taken("replies, each answered", ground.replies(count, folder, log))
    return [first, second, ground.together("all", first, second)]
