"""Pages of the desk with many recoveries stored: how long each takes, for an owner and at one place.

The sample's stories are told once and then cloned by the database itself, each with its customer, letters,
history, promises and clocks: 199 of 200 are closed and up to five years old. Run on SQLite and PostgreSQL;
docs/operate/performance.md says what the lines are.
"""

from __future__ import annotations

import argparse
import logging
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench import ground

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model

ENGINES = ("SQLite", "PostgreSQL")
SIZES = (1_000, 100_000)
STEP = 1_000_000  # between the numbers of a row and of its clone
ONE_IN_OPEN = 200
DAYS = 1_800
TIMES = 25
STRETCH = 20_000  # clones of one story at once
ITS_OWN = "CAST(s.n AS varchar(9)) || 'x' || CAST(t.id AS varchar(9))"
PAGES = {
    "Today": "today/",
    "a recovery": "recoveries/{ref}/",
    "what is open": "recoveries/",
    "what is closed": "recoveries/?show=closed",
    "a word in what is open": "recoveries/?q=breakfast",
    "nobody's word there": "recoveries/?q=xylophone",
    "nobody's word in what is closed": "recoveries/?q=xylophone&show=closed",
    "promises": "promises/",
    "follow-ups": "followups/",
    "arrivals": "arrivals/",
    "customers": "customers/",
}
OF_A_RECOVERY = "Complaint Failure Entry Clock Promise FollowUp Restatement Wish Offer Apology Notice Link Return"


class Clones:
    """Stories told again: rows copied with numbers, references and days of their own."""

    def __init__(self) -> None:
        from django.apps import apps
        from django.db import connection

        of = apps.get_model
        self.connection, self.is_sqlite = connection, connection.vendor == "sqlite"
        self.recovery, self.customer = of("recovery.Recovery"), of("customers.Customer")
        self.letter, self.address = of("mailroom.Letter"), of("customers.Address")
        known = of("customers.Customer_places")
        theirs = [of(f"recovery.{name}") for name in OF_A_RECOVERY.split()]
        lines = of("recovery.OfferLine")
        whose = f"IN (SELECT id FROM {self.recovery._meta.db_table} WHERE {{told}})"
        customers = f"IN (SELECT customer_id FROM {self.recovery._meta.db_table} WHERE {{told}})"
        self.rows: dict[type[Model], str] = {
            self.customer: f"t.id {customers}",
            self.address: f"t.customer_id {customers}",
            known: f"t.customer_id {customers}",
            self.recovery: f"t.id {whose}",
            self.letter: f"t.thread IN (SELECT ref FROM {self.recovery._meta.db_table} WHERE {{told}})",
            **{model: f"t.recovery_id {whose}" for model in theirs},
            lines: f"t.offer_id IN (SELECT id FROM recovery_offer WHERE recovery_id {whose})",
        }

        its_recovery = ITS_OWN.replace("t.id", "r.id")
        of_its = f"FROM {self.recovery._meta.db_table} r WHERE r.ref = t.thread"
        address = f"'guest' || {ITS_OWN} || '@town.example'"
        self.spelt = {
            (self.letter, "thread"): f"(SELECT {its_recovery} {of_its})",
            (self.letter, "id_key"): "''",
            (self.letter, "message_id"): "''",
            (self.address, "key"): address,
            (self.address, "value"): address,
        }

    def tell(self, told: str, *, first: int, count: int, aged: bool) -> None:
        """So many of each recovery for which `told` holds."""
        from django.db import transaction

        told = f"id < {STEP} AND {told}"  # of those that are no clones
        for start in range(first, first + count, STRETCH):
            last = min(start + STRETCH, first + count)
            with transaction.atomic():
                for model, theirs in self.rows.items():
                    self._copy(model, theirs.format(told=told), start=start, end=last, aged=aged)

    def _copy(self, model: type[Model], theirs: str, *, start: int, end: int, aged: bool) -> None:
        fields = [field for field in model._meta.local_concrete_fields if not field.generated]
        columns = ", ".join(f'"{field.column}"' for field in fields)
        values = ", ".join(self._value(model, field, aged=aged) for field in fields)
        numbers = f"SELECT generate_series({start}, {end - 1}) AS n"
        if self.is_sqlite:
            more = f"SELECT {start} UNION ALL SELECT n + 1 FROM s WHERE n < {end - 1}"
            numbers = f"WITH RECURSIVE s(n) AS ({more}) SELECT n FROM s"
        table = model._meta.db_table
        with self.connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} ({columns}) SELECT {values}"
                f" FROM {table} t CROSS JOIN ({numbers}) s WHERE t.id < {STEP} AND {theirs}"
            )

    def _value(self, model: type[Model], field: Any, *, aged: bool) -> str:
        from django.db.models import DateTimeField

        own = f't."{field.column}"'
        if field.primary_key or field.related_model in self.rows:
            return f"{own} + s.n * {STEP}"
        if field.unique:
            return "NULL" if field.is_relation else ITS_OWN
        if aged and isinstance(field, DateTimeField):
            return self._days_before(own)
        return self.spelt.get((model, field.column), own)

    def _days_before(self, moment: str) -> str:
        if self.is_sqlite:
            return f"strftime('%Y-%m-%d %H:%M:%f', {moment}, '-' || (s.n % {DAYS}) || ' days')"
        return f"{moment} - (s.n % {DAYS}) * interval '1 day'"


def fill(count: int) -> None:
    from django.db import connection

    from amends.config import demonstrating
    from amends.config.preparing import prepare
    from amends.recovery.recovery import Recovery

    prepare()
    for _ in demonstrating.fill(None):
        pass
    told = Recovery.objects.filter(joined_to=None)
    shut, open_ones = (told.filter(closed_at__isnull=no).count() for no in (False, True))
    opened = max(count // ONE_IN_OPEN // open_ones, 1)
    clones = Clones()
    clones.tell("closed_at IS NULL", first=1, count=opened, aged=False)
    closed = (count - opened * open_ones) // shut
    clones.tell("closed_at IS NOT NULL", first=1 + opened, count=closed, aged=True)
    if connection.vendor == "postgresql":  # does so by itself, a little later
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def measure(count: int, engine: str) -> None:
    from django.conf import settings
    from django.test import Client

    from amends.people.person import Person, Role
    from amends.recovery.recovery import Recovery

    logging.disable(logging.WARNING)
    start = time.perf_counter()
    fill(count)
    stored = Recovery.objects.count()
    print(f"{engine}: {stored:,} recoveries stored in {time.perf_counter() - start:.0f} s")
    settings.ALLOWED_HOSTS = ["*"]
    at_one_place = Person.objects.active().filter(role=Role.FRONT_LINE, recoveries__isnull=False)
    for whose, people in (
        ("owner", Person.objects.filter(role=Role.OWNER)),
        ("at one place", at_one_place),
    ):
        person = people.first()
        assert person is not None
        ref = Recovery.objects.visible_to(person).open().latest("known_at").ref
        client = Client()
        client.force_login(person)
        for page, path in PAGES.items():
            address = f"/desk/{path.format(ref=ref)}"
            taken = [_once(client, address) for _ in range(TIMES + 3)][3:]
            _told(f"{engine}, {whose}: {page}", stored, taken)


def _once(client: Any, address: str) -> float:
    start = time.perf_counter()
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return (time.perf_counter() - start) * 1000


def _told(what: str, stored: int, taken: list[float]) -> None:
    ranked = sorted(taken)
    p50, p95 = (ranked[min(int(len(ranked) * p), len(ranked) - 1)] for p in (0.5, 0.95))
    print(f"{what:<62}{stored:>11,}{p50:>9.0f}{p95:>9.0f}", flush=True)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--recoveries", type=int, action="append", help="may be given several times")
    asked.add_argument("--engine", choices=ENGINES, help="only this one")
    asked.add_argument("--here", help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.here:
        import django

        django.setup()
        measure(given.recoveries[0], given.here)
        return
    print(f"{'':<62}{'recoveries':>11}{'p50 ms':>9}{'p95 ms':>9}")
    for engine, count in _runs(given.engine, given.recoveries or SIZES):
        with tempfile.TemporaryDirectory(prefix="amends-bench-") as named:
            folder = Path(named)
            with ground.database(engine, folder) as (url, _):
                _in_its_own_process(engine, count, folder, url)
    print(f"Load at the end: {os.getloadavg()[0]:.1f}")


def _runs(engine: str | None, sizes: Any) -> Iterator[tuple[str, int]]:
    for each in [engine] if engine else ENGINES:
        for count in sizes:
            yield each, count


def _in_its_own_process(engine: str, count: int, folder: Path, url: str) -> None:
    settings = {
        "DJANGO_SETTINGS_MODULE": "amends.config.settings",
        "AMENDS_DATA": str(folder / "d"),
        "AMENDS_DEMO": "on",
        "AMENDS_MAIL_URL": "keep://",
    }
    if url:
        settings["AMENDS_DATABASE_URL"] = url
    command = [sys.executable, "-m", "bench.desk", "--recoveries", str(count), "--here", engine]
    subprocess.run(command, check=True, env={**os.environ, **settings})


if __name__ == "__main__":
    main()
