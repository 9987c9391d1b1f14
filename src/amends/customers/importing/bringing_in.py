"""One file brought in: what is understood of it, what would happen, what did, and what was refused."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from heapq import merge
from itertools import pairwise
from operator import itemgetter
from threading import Lock
from typing import TYPE_CHECKING

from django.db import connection

from amends.customers.importing import pouring
from amends.customers.importing.cells import Reading, look
from amends.customers.importing.columns import (
    NEEDED,
    Field,
    Kind,
    NotUnderstood,
    guess,
)
from amends.customers.importing.columns import Mapping as Columns
from amends.customers.importing.telling import Where, tell
from amends.customers.importing.writing import Happened, Writing
from amends.kit.clock import now
from amends.kit.countries import country_of
from amends.people.business import Business
from amends.people.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from amends.customers.importing.writing import Step
    from amends.kit.tables import Table

# In one transaction, as long as which nobody else writes on SQLite: a number spread all over is found
# or written so much the faster, the more of them come at once.
MOST_ROWS, MOST_CUSTOMERS = 200_000, 50_000
SIDE_BY_SIDE = 2  # where the database takes several: what one reads, the other has written
MOST_TOLD = 5_000  # refused rows that are held at once
MOST_PLACES = 20_000  # different words for places that are looked at
Stretch = tuple[int, int]  # the first of its rows and the last
Shown = Callable[[int, int], None]  # rows done, rows in all


@dataclass
class Plan:
    """What is read from which column, and how; `notes` say what was made out about the file."""

    table: Table
    columns: Columns
    reading: Reading
    places: list[Where]
    notes: list[str] = field(default_factory=list)

    @property
    def kind(self) -> Kind:
        return self.columns.kind


def plan(table: Table, kind: Kind, *, told: Sequence[str] = (), place: Place | None = None) -> Plan:
    """`told` are the words of --map: a field and its column, or how days and amounts are written."""
    written = {name: "" for name in ("dates", "decimals")}
    fields = []
    for words in told:
        name, _, value = words.partition("=")
        if name.strip() in written:
            written[name.strip()] = value.strip()
        else:
            fields.append(words)
    columns = guess(kind, table.columns, told=fields)
    notes: list[str] = []
    places, columns = _places(
        table, columns, place, notes, is_told=any(f.startswith("place=") for f in fields)
    )
    _must_have(columns)
    reading = look(table, columns, days=written["dates"], decimals=written["decimals"])
    if Field.ID not in columns and kind != Kind.CUSTOMERS:
        notes.append("No column holds a number of its own: a row is known by everything it says.")
    return Plan(table, columns, reading, places, notes + reading.told)


def bring_in(
    given: Plan,
    *,
    dry: bool = False,
    live: Step | None = None,
    awaited: Mapping[int, datetime] | None = None,
    shown: Shown = lambda done, of: None,
) -> Happened:
    """`live` is the step for what happens now, and for what customers in `awaited` did since."""
    at = now()
    tell(given.table, given.columns, given.reading, places=given.places, at=at)
    stretches = list(_stretches(given.table))
    rows = stretches[-1][1] if stretches else 0
    places = Place.objects.order_by("pk")
    countries: dict[int | None, str] = {one.pk: country_of(one.timezone) for one in places}
    countries[None] = next(iter(countries.values()), "")
    writing = Writing(given.table, given.kind, countries, at, live, awaited or {})
    with pouring.swiftly():
        if dry or len(stretches) < 2 or not pouring.takes_several():
            happened = _one_by_one(writing, stretches, lambda done: shown(done, rows), dry=dry)
        else:
            happened = _side_by_side(writing, stretches, lambda done: shown(done, rows))
    _note(given.table, happened)
    return happened


def refused(given: Plan) -> Iterator[tuple[int, str, list[str]]]:
    """The row of the file, why it was left out, and its cells; in the order of the file. There may
    be millions: they are read as they are asked for."""
    broken = ((one.row, one.reason, [one.text]) for one in given.table.broken)
    return merge(_taken_out(given.table), broken, key=itemgetter(0))


def write_refused(given: Plan, path: Path) -> int:
    """With the headings of the file, so that it can be mended and brought in by itself."""
    written = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["row", "why", *given.columns.heads])
        for at, why, cells in refused(given):
            out.writerow([at, why, *cells])
            written += 1
    return written


def _stretches(table: Table) -> Iterator[Stretch]:
    """From which row to which in one transaction. The rows of a customer lie together."""
    ((rows,),) = table.ask("SELECT count(*) FROM told")
    begins = table.ask(
        f"""SELECT seq FROM (SELECT seq, row_number() OVER (ORDER BY seq) - 1 AS n FROM
        (SELECT min(seq) AS seq FROM told GROUP BY cid, email, phone))
        WHERE n % {MOST_CUSTOMERS} = 0 ORDER BY seq"""
    )
    for (first,), (end,) in pairwise([*begins, (rows + 1,)]):
        for one in range(first, end, MOST_ROWS):
            yield one, min(one + MOST_ROWS, end) - 1


def _one_by_one(
    writing: Writing, stretches: list[Stretch], shown: Callable[[int], None], *, dry: bool
) -> Happened:
    for first, last in stretches:
        writing.write(first, last, dry=dry)
        shown(last)
        if (first, last) != stretches[-1]:
            pouring.give_way()
    return writing.happened


def _side_by_side(
    writing: Writing, stretches: list[Stretch], shown: Callable[[int], None]
) -> Happened:
    """Each takes the next stretch from the same list, which is emptied when one of them fails."""
    left, turns = iter(stretches), Lock()

    def write() -> Happened:
        beside = replace(writing, table=writing.table.beside(), turns=turns, happened=Happened())
        try:
            for first, last in left:
                beside.write(first, last)
                shown(last)
        finally:
            deque(left, maxlen=0)
            beside.table.engine.close()
            connection.close()
        return beside.happened

    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        written = [pool.submit(write) for _ in range(SIDE_BY_SIDE)]
        try:
            return sum((one.result() for one in written), Happened())
        finally:
            deque(left, maxlen=0)


def _note(table: Table, happened: Happened) -> None:
    """Those that were found out while writing join those that were found out while reading."""
    if happened.refused:
        rows, reasons = zip(*happened.refused, strict=True)
        sql = "INSERT INTO refused SELECT unnest(?::BIGINT[]), unnest(?::VARCHAR[])"
        table.engine.execute(sql, (list(rows), list(reasons)))
    ((left_out,),) = table.ask("SELECT count(*) FROM refused")
    happened.left_out = left_out + len(table.broken)
    happened.refused = [
        (row, why)
        for row, why in table.ask(
            f"SELECT row, trouble FROM refused ORDER BY row LIMIT {MOST_TOLD}"
        )
    ]


def _taken_out(table: Table) -> Iterator[tuple[int, str, list[str]]]:
    found = table.engine.execute(
        """SELECT refused.row, trouble, cells.* FROM refused JOIN cells ON cells.rowid = refused.row
        ORDER BY refused.row"""
    )
    while rows := found.fetchmany(MOST_TOLD):
        for row, why, *cells in rows:
            yield table.row_of(row), why, [cell or "" for cell in cells]


def _must_have(columns: Columns) -> None:
    missing = [name for name in NEEDED[columns.kind] if name not in columns]
    if columns.kind == Kind.VISITS:
        days = (Field.AT, Field.ARRIVED_AT, Field.EXPECTED_AT)
        missing = [] if any(day in columns for day in days) else [Field.AT]
    who: tuple[Field, ...] = (Field.CUSTOMER, Field.EMAIL, Field.PHONE)
    if columns.kind == Kind.CUSTOMERS:
        who = (Field.ID, Field.EMAIL, Field.PHONE)
    elif columns.kind == Kind.RATINGS:
        who = (*who, Field.ORDER)
    if not any(one in columns for one in who):
        missing.append(who[0])
    if missing:
        heads = ", ".join(columns.heads)
        raise NotUnderstood(
            f"No column is known to hold: {', '.join(missing)}. Say which one does, like "
            f"--map {missing[0]}=COLUMN. The columns are: {heads}."
        )


def _places(
    table: Table, columns: Columns, place: Place | None, notes: list[str], *, is_told: bool
) -> tuple[list[Where], Columns]:
    """A column is taken to name places only where it names some that are known."""
    all_places = list(Place.objects.select_related("business"))
    if Field.PLACE in columns and not is_told and not _names_places(table, columns, all_places):
        (column,) = columns.sources[Field.PLACE].columns
        notes.append(
            f"“{columns.heads[column]}” names no place that is known here: it is not read."
        )
        columns = columns.without(Field.PLACE)
    only = place or (all_places[0] if len(all_places) == 1 else None)
    if Field.PLACE not in columns:
        return [_everywhere(only)], columns
    known = [
        Where(word, one.pk, one.timezone, one.business.currency)
        for one in all_places
        for word in dict.fromkeys(word.casefold() for word in (one.slug, one.ref, one.name))
    ]
    return [*_once(known), _everywhere(only)], columns


def _everywhere(only: Place | None) -> Where:
    if only:
        return Where("", only.pk, only.timezone, only.business.currency)
    currencies = {business.currency for business in Business.objects.all()}
    return Where("", None, "UTC", currencies.pop() if len(currencies) == 1 else "")


def _once(known: list[Where]) -> list[Where]:
    """Two places of one name are told apart by slug only."""
    first: dict[str, Where] = {}
    for where in known:
        first.setdefault(where.word, where)
    return list(first.values())


def _names_places(table: Table, columns: Columns, places: list[Place]) -> bool:
    (column,) = columns.sources[Field.PLACE].columns or (None,)
    if column is None:
        return True
    words = {word.casefold() for one in places for word in (one.slug, one.ref, one.name)}
    found = table.ask(f"SELECT DISTINCT lower(trim(c{column})) FROM cells LIMIT {MOST_PLACES}")
    return any(word in words for (word,) in found)
