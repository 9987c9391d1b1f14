"""A whole installation of its own: `amends serve` as a process tree, to be killed and started again."""

import os
import secrets
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

from tests import postgres
from tests.settings import ENGINE

FIRST_PLACE = """
from amends.config.start import start
start()
from amends.config.preparing import prepare
prepare()
from amends.people.setting_up import found_business, hire, open_place
hire("olive@larder.example", name="Olive Grant", role="owner", by=None)
open_place(found_business(name="The Larder", by=None), name="Bath", timezone="UTC", by=None)
"""


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Installation:
    """Its own folder, its own database, its own ports."""

    def __init__(self, folder: Path, *, database: str = "", mail: str = "keep://") -> None:
        self.folder = folder
        self.database = database
        self.told = folder / "told"
        self.smtp = free_port()
        self.web = free_port()
        self.root: subprocess.Popen[bytes] | None = None
        ours = ("AMENDS_", "DJANGO_", "PYTEST_")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        self.surroundings = kept | {
            "AMENDS_DATA": str(folder / "data"),
            "AMENDS_DATABASE_URL": database,
            "AMENDS_LISTEN": f"127.0.0.1:{self.web}",
            "AMENDS_MAIL_URL": mail,
            "AMENDS_SMTP_LISTEN": f"127.0.0.1:{self.smtp}",
            "PYTHONPATH": os.pathsep.join(sys.path),
        }

    def prepare(self) -> None:
        self.run("-c", FIRST_PLACE)

    def start(self) -> None:
        command = [sys.executable, "-m", "amends.config.command", "serve"]
        with self.told.open("ab") as out:
            self.root = subprocess.Popen(
                command, env=self.surroundings, stdout=out, stderr=subprocess.STDOUT
            )

    def stop(self) -> None:
        if self.root and self.root.poll() is None:
            self.root.terminate()
            self.root.wait(30)

    def kill(self) -> None:
        """Everything at once, as when the power goes."""
        assert self.root
        tree = descendants(self.root.pid)
        self.root.kill()
        self.root.wait()
        end(tree)

    def kill_a_part(self, name: str) -> None:
        assert self.root
        end([pid for pid in descendants(self.root.pid) if name in command_of(pid)])

    def rows(self, question: str) -> list[tuple[Any, ...]]:
        if self.database:
            with psycopg.connect(self.database) as connection:
                return connection.execute(question.encode()).fetchall()
        with closing(sqlite3.connect(self.folder / "data/amends.sqlite3", timeout=20)) as file:
            return file.execute(question).fetchall()

    def run(self, *arguments: str) -> None:
        subprocess.run([sys.executable, *arguments], env=self.surroundings, check=True)


@contextmanager
def installed(folder: Path, **more: str) -> Iterator[Installation]:
    """On the engine that this run of the tests is about."""
    with a_database() as database:
        here = Installation(folder, database=database, **more)
        here.prepare()
        try:
            yield here
        finally:
            here.stop()


@contextmanager
def a_database() -> Iterator[str]:
    """The address of a fresh one on PostgreSQL; nothing for SQLite, which has its own file."""
    if ENGINE != "postgres":
        yield ""
        return
    server, name = postgres.url(), f"amends_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
        try:
            yield server.replace("/postgres?", f"/{name}?")
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def descendants(root: int) -> list[int]:
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True)
    pairs = [tuple(map(int, line.split())) for line in listed.stdout.splitlines()]
    found = [root]
    for parent in found:
        found.extend(pid for pid, ppid in pairs if ppid == parent)
    return found[1:]


def command_of(pid: int) -> str:
    told = subprocess.run(
        ["ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return told.stdout


def end(pids: list[int]) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
