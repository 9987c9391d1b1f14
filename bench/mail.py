"""Mail in: messages a second, new complaints and replies, beside two other desks in the same run.

The messages are those of ../shared/bench/gen_mail.py: 40 % new complaints, 60 % replies, of which
70 % answer the acknowledgement and 30 % the customer's own first mail. Run on SQLite and PostgreSQL,
each with commits that are on the disk before they are confirmed. docs/operate/performance.md says
what each line is.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import smtplib
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from bench import ground, helpdesk, tracker
from bench.ground import Count, Measured, measured

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ENGINES = ("SQLite", "PostgreSQL")
AMENDS, AT_ONCE, BY_SMTP = "Amends", "Amends, three at once", "Amends by SMTP"
CONNECTIONS, THREADS = 4, 3
FEWEST = 10


class Peer(Protocol):
    """A module for another desk. Where it can be had, `install` says where; that goes into `measure`."""

    NAME: str

    def install(self, folder: Path, /) -> str | None: ...

    def measure(
        self, where: str, /, count: int, folder: Path, *, engine: str
    ) -> list[Measured]: ...


PEERS: dict[str, Peer] = {helpdesk.NAME: helpdesk, tracker.NAME: tracker}


def take_in(messages: list[bytes]) -> None:
    """In this process, one after the other."""
    for number, raw in enumerate(messages):
        take_one_in(raw, number)


def take_in_at_once(messages: list[bytes]) -> None:
    """In this process, by a few threads, as the door for SMTP does."""
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(take_one_in, messages, range(len(messages))))


def take_one_in(raw: bytes, number: int) -> None:
    from amends.recovery import intake

    sender = f"c{number}@customers.example"
    intake.take_in(raw, way="smtp", sender=sender, recipients=[ground.DESK])


def deliver(messages: list[bytes], port: int) -> None:
    """As a mail server does, over several connections at once; a refusal ends the measurement."""

    def part(which: int) -> None:
        with smtplib.SMTP("127.0.0.1", port) as connection:
            for number in range(which, len(messages), CONNECTIONS):
                sender = f"c{number}@customers.example"
                connection.sendmail(sender, [ground.DESK], messages[number])

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        list(pool.map(part, range(CONNECTIONS)))


@contextlib.contextmanager
def way_in(desk: str) -> Iterator[tuple[Callable[[list[bytes]], None], int]]:
    """How messages get in, and the process that takes them."""
    if desk != BY_SMTP:
        yield {AMENDS: take_in, AT_ONCE: take_in_at_once}[desk], os.getpid()
        return
    port = ground.free_port()
    command = [sys.executable, "-m", "amends.config.command", "mail"]
    with ground.running(command, port, AMENDS_SMTP_LISTEN=f"127.0.0.1:{port}") as pid:
        yield lambda messages: deliver(messages, port), pid


def first_place() -> None:
    from datetime import time as clock

    from amends.people.place import OpeningHours
    from amends.people.setting_up import found_business, hire, open_place, put_to_work

    olive = hire("olive@larder.example", name="Olive Grant", role="owner", by=None)
    business = found_business(name="The Larder", by=None)
    place = open_place(business, name="Bath", timezone="Europe/London", by=None)
    for name in ("Ana", "Ben", "Cleo"):
        person = hire(f"{name.lower()}@larder.example", name=name, role="front_line", by=olive)
        put_to_work(person, place, by=olive)
    OpeningHours.objects.bulk_create(
        OpeningHours(place=place, weekday=day, opens=clock(8), closes=clock(18)) for day in range(7)
    )


def counted() -> Count:
    from amends.mailroom.letter import Direction, Letter
    from amends.recovery.recovery import Recovery

    came = Letter.objects.filter(direction=Direction.IN).count()
    return Count(landed=came, opened=Recovery.objects.count())


def send_all() -> int:
    """What the worker does each second, until nothing is left to send."""
    from amends.mailroom.outbox import send_due

    return sum(iter(send_due, 0))


def measure(
    desk: str, count: int, folder: Path, *, log: Path, servers: list[int]
) -> list[Measured]:
    from amends.config.preparing import prepare

    prepare()
    first_place()
    with way_in(desk) as (get_in, pid):

        def taken(what: str, messages: list[bytes]) -> Measured:
            return measured(
                desk,
                what,
                len(messages),
                lambda: get_in(messages),
                processes=[pid, *servers],
                count=counted,
            )

        taken("warm-up", ground.warm_up(folder))
        send_all()
        first = taken("new complaints", ground.new_complaints(count, folder))
        acknowledged = send(desk, len(log.read_text(encoding="utf-8").splitlines()), log, servers)
        second = taken("replies", ground.replies(count, folder, log))
    return [
        first,
        acknowledged,
        second,
        ground.together("taken in", first, second),
        ground.together("all", first, acknowledged, second),
    ]


def send(desk: str, before: int, log: Path, servers: list[int]) -> Measured:
    """The acknowledgements handed over, by one worker: this process."""
    line = measured(desk, "its letters sent", 1, send_all, processes=[os.getpid(), *servers])
    gone = len(log.read_text(encoding="utf-8").splitlines()) - before
    return line._replace(messages=gone)


def on_amends(desk: str, count: int, folder: Path, *, engine: str) -> list[Measured]:
    """In this process: one engine."""
    os.environ["AMENDS_DATA"] = str(folder / "data")
    with (
        ground.database(engine, folder) as (address, servers),
        ground.sink(folder) as (port, log),
    ):
        if address:
            os.environ["AMENDS_DATABASE_URL"] = address
        os.environ["AMENDS_MAIL_URL"] = f"smtp://127.0.0.1:{port}"
        from amends.config.start import start

        start()
        return measure(desk, count, folder, log=log, servers=servers)


def one(desk: str, count: int, *, engine: str, where: str | None) -> None:
    with tempfile.TemporaryDirectory(prefix="amends-bench-") as name:
        folder = Path(name)
        if where:
            lines = PEERS[desk].measure(where, count, folder, engine=engine)
        else:
            lines = on_amends(desk, count, folder, engine=engine)
        print(json.dumps(lines))


def all_of_them(counts: dict[str, int], peers: dict[str, str]) -> None:
    """`counts` tells how many messages a desk is given, `peers` where those that are here are."""
    for engine in ENGINES:
        print(f"\n{engine}\n{ground.COLUMNS}", flush=True)
        for desk, count in counts.items():
            if desk in PEERS and desk not in peers:
                continue
            for line in in_a_process(desk, count, engine=engine, where=peers.get(desk)):
                print(line, flush=True)
        print(f"load of the machine at the end: {os.getloadavg()[0]:.1f}", flush=True)


def in_a_process(desk: str, count: int, *, engine: str, where: str | None) -> list[Measured]:
    command = [sys.executable, "-m", "bench.mail", "--engine", engine, "--desk", desk]
    more = ["--count", str(count), *(["--where", where] if where else [])]
    said = subprocess.run([*command, *more], check=False, stdout=subprocess.PIPE, text=True)
    if said.returncode == 0:
        return [Measured(*line) for line in json.loads(said.stdout.splitlines()[-1])]
    if desk not in PEERS:
        said.check_returncode()
    print(f"{desk} could not be measured on {engine}")
    return []


def installed(folder: Path) -> dict[str, str]:
    found = {name: peer.install(folder) for name, peer in PEERS.items()}
    return {name: where for name, where in found.items() if where}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000)
    parser.add_argument("--tracker-count", type=int, default=60, help=f"for {tracker.NAME}")
    parser.add_argument("--peers", action=argparse.BooleanOptionalAction, default=True)
    for inner in ("--engine", "--desk", "--where"):
        parser.add_argument(inner, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if min(given.count, given.tracker_count) < FEWEST:
        parser.error(f"--count and --tracker-count are at least {FEWEST}")
    if not ground.GENERATOR.exists():
        print("mail: the generator of messages is not here (../shared/bench/gen_mail.py)")
    elif given.desk:
        one(given.desk, given.count, engine=given.engine, where=given.where)
    else:
        desks = [AMENDS, AT_ONCE, BY_SMTP, *PEERS]
        counts = {**dict.fromkeys(desks, given.count), tracker.NAME: given.tracker_count}
        with tempfile.TemporaryDirectory(prefix="amends-bench-peer-") as name:
            all_of_them(counts, installed(Path(name)) if given.peers else {})


if __name__ == "__main__":
    main()
