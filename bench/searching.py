"""Search as you type among many customers: how long each letter takes, typed well and with slips.

A town of made-up people: common names are common, most names are rare, everybody has an e-mail
address and a number in another system, one in ten a telephone number. Run on SQLite and PostgreSQL;
docs/operate/performance.md says what the lines are.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench import ground

if TYPE_CHECKING:
    from collections.abc import Iterator

ENGINES = ("SQLite", "PostgreSQL")
Told = tuple[str, str, str, str]  # name, e-mail, telephone, number
AT_ONCE = 20_000
TELEPHONES = 10  # one in so many has one: reading numbers would take longer than all else
TRIES = 400
SYLLABLES = [
    c + v + e for c in "bdfghjklmnprstvw" for v in "aeiou" for e in ("", "n", "r", "s", "l")
]
DOMAINS = ("post", "letterbox", "quickmail", "homenet", "valley", "moorland")


def names(dice: random.Random) -> tuple[list[str], list[str]]:
    """Two thousand first names and a hundred thousand surnames."""
    first = sorted({"".join(dice.choices(SYLLABLES, k=2)).capitalize() for _ in range(2_600)})
    last = {"".join(dice.choices(SYLLABLES, k=dice.choice((2, 3, 3)))) for _ in range(150_000)}
    return first, [name.capitalize() for name in sorted(last)]


def often(dice: random.Random, rows: list[str]) -> str:
    """The first are met often, the last hardly ever."""
    return rows[min(int(len(rows) * dice.random() ** 3), len(rows) - 1)]


def townspeople(count: int, dice: random.Random) -> Iterator[Told]:
    first, last = names(dice)
    for number in range(count):
        name = f"{often(dice, first)} {often(dice, last)}"
        email = f"{name.lower().replace(' ', '.')}{number % 97}@{dice.choice(DOMAINS)}.example"
        phone = "" if number % TELEPHONES else f"+4479{dice.randrange(10**8):08}"
        yield name, email, phone, f"C-{10_000_000 + number}"


def settle(count: int) -> list[Told]:
    """Make them known, as an import does; a sample of them is handed back."""
    from django.db import transaction

    from amends.customers.importing import pouring
    from amends.customers.importing.meeting import Meeting, Named

    dice, sample = random.Random(7), []
    waiting: list[Named] = []
    with pouring.swiftly():
        for number, told in enumerate(townspeople(count, dice)):
            if number % max(count // TRIES // TELEPHONES * TELEPHONES, TELEPHONES) == 0:
                sample.append(told)
            name, email, phone, cid = told
            waiting.append(Named(cid, email, phone, name))
            if len(waiting) == AT_ONCE or number == count - 1:
                with transaction.atomic():
                    Meeting(waiting).meet()
                waiting = []
                print(f"\r{number + 1:,} customers", end="", file=sys.stderr)
    print(file=sys.stderr)
    return sample


def typed(sample: list[Told]) -> dict[str, list[str]]:
    """Every beginning that somebody types on the way to a name; and the same with a slip."""
    dice = random.Random(11)
    asked: dict[str, list[str]] = {
        "two letters": [name[:2] for name, *_ in sample],
        "letter by letter": [name[:n] for name, *_ in sample for n in (3, 4, 5, 8, 11, 14)],
        "surname": [name.split()[1][:n] for name, *_ in sample for n in (3, 5)],
        "e-mail": [email[:n] for _, email, *_ in sample for n in (5, 9, 40)],
        "telephone": [f"0{phone[3:]}"[:n] for *_, phone, _ in sample for n in (5, 8, 11)],
        "number": [number[:n] for *_, number in sample for n in (6, 9, 10)],
        "with a slip": [slip(text, dice) for name, *_ in sample for text in (name, name[:9])],
        "number with a slip": [slip(number, dice) for *_, number in sample],
    }
    return asked


def slip(text: str, dice: random.Random) -> str:
    at = dice.randrange(3, max(len(text) - 1, 4))
    kinds = (text[at : at + 1] * 2, "", dice.choice("abcdefghijklmnop0123456789"))
    kind = dice.randrange(4)
    if kind == 3:
        return text[: at - 1] + text[at : at + 1] + text[at - 1 : at] + text[at + 1 :]
    return text[:at] + kinds[kind] + text[at + 1 :]


def measure(count: int, engine: str, server: int) -> None:
    from django.db import connection

    from amends.config.preparing import prepare
    from amends.customers.customer import Customer
    from amends.customers.searching import best
    from amends.people.person import Person, Role

    prepare()
    start = time.perf_counter()
    sample = settle(count)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{engine}: {count:,} customers made findable in {time.perf_counter() - start:.0f} s")
    owner = Person(role=Role.OWNER, email="owner@bench.example", name="Owner")
    seen = Customer.objects.visible_to(owner)
    for what, texts in typed(sample).items():
        found, taken, cpu = 0, [], ground.spent([os.getpid(), server])
        for text in texts[:1_200]:
            begun = time.perf_counter()
            found += bool(best(seen, text, most=8))
            taken.append((time.perf_counter() - begun) * 1000)
        cpu = ground.spent([os.getpid(), server]) - cpu
        told(engine, what, taken, found, cpu)


def told(engine: str, what: str, taken: list[float], found: int, cpu: float) -> None:
    ranked = sorted(taken)
    p50, p95, worst = (ranked[min(int(len(ranked) * p), len(ranked) - 1)] for p in (0.5, 0.95, 1))
    print(
        f"{engine + ': ' + what:<34}{len(ranked):>7,}{p50:>9.1f}{p95:>9.1f}{worst:>9.1f}"
        f"{cpu * 1000 / len(ranked):>9.1f}{found / len(ranked):>9.0%}",
        flush=True,
    )


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--customers", type=int, default=1_000_000)
    asked.add_argument("--engine", choices=ENGINES, help="only this one")
    asked.add_argument("--here", help=argparse.SUPPRESS)
    asked.add_argument("--server", type=int, default=0, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.here:
        import django

        django.setup()
        measure(given.customers, given.here, given.server)
        return
    print(f"{'':<34}{'asked':>7}{'p50 ms':>9}{'p95 ms':>9}{'worst':>9}{'CPU each':>9}{'found':>9}")
    for engine in [given.engine] if given.engine else ENGINES:
        with tempfile.TemporaryDirectory(prefix="amends-bench-") as named:
            folder = Path(named)
            with ground.database(engine, folder) as (url, pids):
                _in_its_own_process(engine, given.customers, folder, url, pids)


def _in_its_own_process(engine: str, count: int, folder: Path, url: str, pids: list[int]) -> None:
    settings = {
        "DJANGO_SETTINGS_MODULE": "amends.config.settings",
        "AMENDS_DATA": str(folder / "d"),
    }
    if url:
        settings["AMENDS_DATABASE_URL"] = url
    command = [sys.executable, "-m", "bench.searching", "--customers", str(count), "--here", engine]
    command += ["--server", str(pids[0] if pids else 0)]
    subprocess.run(command, check=True, env={**os.environ, **settings})


if __name__ == "__main__":
    main()
