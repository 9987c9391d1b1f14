"""`amends serve`: everything in one process tree. This process stays small: it only watches."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from amends.config import environment
from amends.config.environment import Address, Environment

PARTS = {"web": ("web",), "post and clock": ("worker", "mail")}
PATIENCE = 10.0  # seconds a part has to end by itself
LONGEST_PAUSE = 30.0


class Occupied(Exception):
    """Somebody else listens where Amends should."""


@dataclass
class Part:
    """A child process that is started again whenever it ends."""

    name: str
    runs: Sequence[str]
    child: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    pause: float = 0.0
    again_at: float = field(default=0.0)

    def start(self) -> None:
        command = [sys.executable, "-m", "amends.config.parts", *self.runs, str(os.getpid())]
        # A session of its own: Ctrl-C reaches this process alone, which ends its parts in order.
        self.child = subprocess.Popen(command, start_new_session=True)  # noqa: S603
        self.started = time.monotonic()

    def look_after(self) -> None:
        """Start it again when it has ended, at once the first time, then after growing pauses."""
        at = time.monotonic()
        if self.child is not None and self.child.poll() is not None:
            lived = at - self.started
            self.pause = 0.0 if lived > 60 else min(LONGEST_PAUSE, max(0.5, self.pause * 2))
            self.again_at = at + self.pause
            say(f"{self.name} ended ({self.child.returncode}); starting it again")
            self.child = None
        if self.child is None and at >= self.again_at:
            self.start()

    def stop(self) -> None:
        if self.child is not None and self.child.poll() is None:
            self.child.terminate()

    def wait(self, until: float) -> None:
        if self.child is None:
            return
        try:
            self.child.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()


def serve() -> int:
    try:
        surroundings = environment.read(os.environ)
        _refuse_occupied(surroundings)
    except (environment.Misunderstood, Occupied) as trouble:
        print(f"amends: {trouble}", file=sys.stderr)
        return 1
    told = _prepare()
    return _watch(surroundings, told)


def _watch(surroundings: Environment, told: str) -> int:
    """Until somebody asks to stop."""
    parts = [Part(name, runs) for name, runs in PARTS.items()]
    stopping: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda received, _: stopping.append(received))
    for part in parts:
        part.start()
    welcomed = False
    while not stopping:
        for part in parts:
            part.look_after()
        if not welcomed and _answers(surroundings.listen):
            welcomed = True
            _welcome(surroundings, told)
        time.sleep(0.1)
    _stop(parts)
    return 0


def say(words: str) -> None:
    print(words, flush=True)


def _prepare() -> str:
    """The folder, the database and the style sheets; in a process that then goes away."""
    done = subprocess.run(
        [sys.executable, "-m", "amends.config.command", "prepare"],
        stdout=subprocess.PIPE,
        text=True,
    )
    if done.returncode:
        raise SystemExit(done.returncode)
    return done.stdout


def _refuse_occupied(surroundings: Environment) -> None:
    wanted = {
        "AMENDS_LISTEN": surroundings.listen,
        "AMENDS_SMTP_LISTEN": surroundings.smtp_listen,
        "AMENDS_LMTP_LISTEN": surroundings.lmtp_listen,
    }
    for name, address in wanted.items():
        if address is not None and not _free(address):
            raise Occupied(f"Something else listens at {address} already; set {name}.")


def _free(address: Address) -> bool:
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError:
            return False
    return True


def _answers(listen: Address) -> bool:
    """Whether the pages are there."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(listen.host, listen.host)  # noqa: S104
    connection = http.client.HTTPConnection(host, listen.port, timeout=2)
    with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        return connection.getresponse().status == 200
    return False


def _welcome(surroundings: Environment, told: str) -> None:
    say(f"Amends is at {surroundings.url.geturl()}/")
    if surroundings.smtp_listen:
        say(f"Mail is taken at {surroundings.smtp_listen} (SMTP)")
    if surroundings.lmtp_listen:
        say(f"Mail is taken at {surroundings.lmtp_listen} (LMTP)")
    if told:
        say(told.rstrip())
    say("Ctrl-C stops it.")


def _stop(parts: Sequence[Part]) -> None:
    for part in parts:
        part.stop()
    until = time.monotonic() + PATIENCE
    for part in parts:
        part.wait(until)
