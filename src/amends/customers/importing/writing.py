"""What is told is compared with what is there, and only what is new or otherwise is written. Some
thousands of rows at once, each time in one transaction."""

from __future__ import annotations

import secrets
from contextlib import nullcontext
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeGuard

from django.db import IntegrityError, transaction
from django.utils.timezone import is_naive, make_aware

from amends.customers import rhythm
from amends.customers.customer import Customer
from amends.customers.importing import pouring
from amends.customers.importing.columns import Kind
from amends.customers.importing.meeting import Meeting, Named
from amends.customers.order import Order
from amends.customers.rating import Rating
from amends.customers.visit import Visit
from amends.kit.claims import take_turns
from amends.people.place import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from threading import Lock

    from django.db import models

    from amends.kit.tables import Table

    Step = Callable[..., object]

RHYTHM = {"customer_id": "key", "currency": "text", "purchases": "key", "first_on": "day",
          "last_on": "day", "spent": "money", "spent_again": "money", "paid_again": "key"}  # fmt: skip
# Nothing of theirs was there before, and nothing is left to the journey.
SEEN_FIRST = """id NOT IN (SELECT customer_id FROM told WHERE recent)
                AND id NOT IN (SELECT was FROM known)"""
WHERE = {"customer_id": "key", "place_id": "key", "outside_id": "text"}


@dataclass(frozen=True)
class Shape:
    """A table of ours: its columns and their sorts, what stands for nothing told, and the moment
    by which a row is news. What is in `kept` stays as it was first told."""

    model: type[models.Model]
    columns: Mapping[str, str]
    otherwise: Mapping[str, str]
    when: str
    kept: tuple[str, ...] = ()
    counts: bool = True  # in the customer's rhythm

    def reads(self, name: str, cell: object) -> object:
        """A cell as the model would hold it."""
        column: models.Field[object, object] = self.model._meta.get_field(name)  # type: ignore[assignment]
        value = column.to_python(cell)
        return make_aware(value) if _lacks_zone(value) else value

    @property
    def table(self) -> str:
        return self.model._meta.db_table


SHAPES = {
    Kind.ORDERS: Shape(
        Order,
        {"amount": "money", "currency": "text", "ordered_at": "moment", "ordered_on": "day",
         "promised_on": "day", "delivered_at": "moment", "cancelled_at": "moment",
         "refunded": "money", "short": "yes"},
        {"currency": "''", "refunded": "0", "short": "false"},
        when="ordered_at",
        kept=("cancelled_at",),
    ),
    Kind.VISITS: Shape(
        Visit,
        {"table": "text", "expected_at": "moment", "arrived_at": "moment", "left_at": "moment",
         "amount": "money", "currency": "text", "cancelled_at": "moment"},
        {"table": "''", "currency": "''"},
        when="COALESCE(arrived_at, expected_at)",
        kept=("cancelled_at",),
    ),
    Kind.RATINGS: Shape(
        Rating,
        {"order_id": "key", "score": "money", "best": "key", "words": "text", "at": "moment"},
        {"words": "''", "best": "5"},
        when="at",
        counts=False,
    ),
}  # fmt: skip


@dataclass
class Happened:
    """What an import did, or would do."""

    customers: int = 0
    customers_better: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    awake: int = 0  # of the new ones, those that somebody here waits for
    left_out: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)  # the first of them, and why

    @property
    def wrote(self) -> int:
        return self.customers + self.customers_better + self.new + self.changed

    def __add__(self, other: Happened) -> Happened:
        names = [one.name for one in fields(self)]
        return Happened(**{name: getattr(self, name) + getattr(other, name) for name in names})


@dataclass
class Writing:
    """`live` is the step that wakes promises, for rows that are news; `awaited` says since when a
    customer's next order or visit is waited for. Several may write different rows at the same time:
    they take `turns` at meeting customers, so that nobody is met twice."""

    table: Table
    kind: Kind
    countries: Mapping[int | None, str]
    at: datetime
    live: Step | None = None
    awaited: Mapping[int, datetime] = field(default_factory=dict)
    turns: Lock | None = None
    happened: Happened = field(default_factory=Happened)
    _seem_new: bool = True  # until one was known already
    _nothing_in: set[str] | None = None
    _seed: str = field(default_factory=lambda: secrets.token_hex(16))

    def write(self, first: int, last: int, *, dry: bool = False) -> None:
        """The rows from `first` to `last`, or nothing of them."""
        told = f"SELECT * FROM told WHERE seq BETWEEN {first} AND {last}"
        with nullcontext() if self.turns else transaction.atomic():
            if self.kind == Kind.RATINGS:
                told = self._of_orders(told)
            told = self._met(told)
            with transaction.atomic(savepoint=False):
                if self.kind != Kind.CUSTOMERS:
                    self._write_rows(told, dry=dry)
                self._at_places(told)
            if dry:
                transaction.set_rollback(True)

    def _met(self, told: str) -> str:
        """The rows with their customers' keys."""
        extra = (
            'any_value("values"), any_value(dislikes), NULL'
            if self.kind == Kind.CUSTOMERS
            else (f"NULL, NULL, min({'ordered_at' if self.kind == Kind.ORDERS else 'NULL'})")
        )
        self.table.engine.execute(
            f"""CREATE OR REPLACE TEMP TABLE whos AS SELECT *, row_number() OVER (ORDER BY row) - 1 AS n FROM (
            SELECT cid, email, phone, max(name) AS name, min(place) AS place, {extra}, min(row) AS row
            FROM ({told}) WHERE NOT (cid = '' AND email = '' AND phone = '') GROUP BY ALL)"""
        )
        rows = self.table.ask("SELECT * EXCLUDE (row, n) FROM whos ORDER BY n")
        meeting = Meeting([self._named(row) for row in rows])
        with self.turns or nullcontext(), transaction.atomic(savepoint=False):
            met = meeting.meet()
        self.happened.customers += met.new
        self.happened.customers_better += met.known_better
        self.table.engine.execute(
            """CREATE OR REPLACE TEMP TABLE met AS SELECT cid, email, phone, customer_id FROM whos
            JOIN (SELECT unnest(?::BIGINT[]) AS customer_id, unnest(range(?)) AS n) USING (n)""",
            (met.customers, len(met.customers)),
        )
        if self.kind != Kind.RATINGS:
            return f"SELECT * FROM ({told}) JOIN met USING (cid, email, phone)"
        return f"""SELECT rated.*, COALESCE(whose, met.customer_id) AS customer_id FROM ({told}) AS rated
            LEFT JOIN met USING (cid, email, phone)"""

    def _named(self, row: tuple[Any, ...]) -> Named:
        cid, email, phone, name, place, values, dislikes, since = row
        country = self.countries.get(place, "") if phone else ""
        return Named(cid, email, phone, name, country, values or "", dislikes or "", since)

    def _write_rows(self, told: str, *, dry: bool) -> None:
        shape = SHAPES[self.kind]
        columns = {**WHERE, **shape.columns}
        asked = f"SELECT *, place AS place_id FROM ({told})"
        if self.kind == Kind.VISITS:
            columns["ref"] = "text"
            asked = f"SELECT *, place AS place_id, {self._ref()} AS ref FROM ({told})"
        told_of = {name: sort for name, sort in columns.items() if name not in self._silent()}
        if self._seem_new and not self._has_news(told) and self._all_new(shape, told_of, asked):
            self._count_new(shape, told)
            return
        told_of |= {"row": "key", "recent": "yes"}
        pouring.make("told", columns | told_of)
        pouring.fill("told", told_of, self.table, asked)
        pouring.look_over("told")
        self._mark_awaited(shape)
        known = self._find_known(shape)
        if known:
            self._change(shape)
        self._insert(shape)
        self._seem_new = not known
        if shape.counts:
            self._count(told)
        for row in self._news(shape):
            if not dry:
                self._live(shape, row)

    def _has_news(self, told: str) -> bool:
        """Whether it may have to wake a promise."""
        if self.live is None:
            return False
        ((found,),) = self.table.ask(
            f"""SELECT COALESCE(bool_or(recent OR customer_id IN (SELECT unnest(?::BIGINT[]))), false)
            FROM ({told})""",
            (list(self.awaited),),
        )
        return bool(found)

    def _all_new(self, shape: Shape, told_of: Mapping[str, str], asked: str) -> bool:
        """Straight to where they belong, without comparing: whether all were new is told by their
        numbers, of which there can be no second."""
        defaults = shape.otherwise
        cells = ", ".join(
            f'COALESCE("{name}", {defaults[name]}) AS "{name}"' if name in defaults else f'"{name}"'
            for name in told_of
        )
        rest = {name: sql for name, sql in defaults.items() if name not in told_of}
        cells += "".join(f', {sql} AS "{name}"' for name, sql in rest.items())
        columns = {**told_of, **{name: shape.columns[name] for name in rest}}
        try:
            with transaction.atomic():
                written = pouring.fill_at_once(
                    shape.table, columns, self.table, f"SELECT {cells} FROM ({asked})"
                )
        except IntegrityError:
            return False
        self.happened.new += written
        return True

    def _count_new(self, shape: Shape, told: str) -> None:
        if shape.counts:
            pouring.make("to_retell", {"id": "key"}, key="id")
            theirs = f"SELECT DISTINCT customer_id AS id FROM ({told})"
            pouring.fill("to_retell", {"id": "key"}, self.table, theirs)
            pouring.look_over("to_retell")
            self._count(told, whose="true")

    def _count(self, told: str, *, whose: str = SEEN_FIRST) -> None:
        """Whose first orders these are is counted where the rows are already; everybody else among
        all that is known of them."""
        take_turns(rhythm.EVERYBODY)
        if self.kind == Kind.ORDERS:
            pouring.make("first_told", {"id": "key"}, key="id")
            pouring.run(
                f"""INSERT INTO first_told SELECT id FROM to_retell
                WHERE NOT EXISTS (SELECT 1 FROM customers_rhythm WHERE customer_id = to_retell.id)
                AND {whose}"""
            )
            first = [pk for (pk,) in pouring.ask("SELECT id FROM first_told")]
            run = self.table.engine.execute
            run("CREATE OR REPLACE TEMP TABLE first AS SELECT unnest(?::BIGINT[]) AS id", (first,))
            pouring.fill("customers_rhythm", RHYTHM, self.table, rhythm.of_new("first", told))
            pouring.run("DELETE FROM to_retell WHERE id IN (SELECT id FROM first_told)")
        rhythm.retell_listed()

    def _silent(self) -> set[str]:
        """Columns of which the file says nothing in any row."""
        if self._nothing_in is None:
            names = list(SHAPES[self.kind].columns)
            counts = ", ".join(f'count("{name}")' for name in names)
            (found,) = self.table.ask(f"SELECT {counts} FROM told")
            self._nothing_in = {name for name, n in zip(names, found, strict=True) if not n}
        return self._nothing_in

    def _ref(self) -> str:
        """Nobody can guess it: the seed is ours alone and forgotten afterwards."""
        return f"left(sha256('{self._seed}' || outside_id), 12)"

    def _mark_awaited(self, shape: Shape) -> None:
        if self.live is None:
            pouring.run("UPDATE told SET recent = false WHERE recent")
            return
        if not self.awaited:
            return
        pouring.make("awaited", {"id": "key", "since": "moment"}, key="id")
        since = {pk: f"{at:%Y-%m-%d %H:%M:%S}+00" if pouring.is_postgres() else f"{at:%Y-%m-%d %H:%M:%S}"
                 for pk, at in self.awaited.items()}  # fmt: skip
        pouring.pour("awaited", ("id", "since"), since.items())
        pouring.run(
            f"""UPDATE told SET recent = true WHERE EXISTS (SELECT 1 FROM awaited
            WHERE awaited.id = customer_id AND awaited.since <= {shape.when})"""
        )

    def _find_known(self, shape: Shape) -> int:
        """Those that are there already, and whether the row says otherwise."""
        unlike = pouring.unlike()
        differs = ["ours.customer_id <> told.customer_id",
                   f"(told.place_id IS NOT NULL AND ours.place_id {unlike} told.place_id)"]  # fmt: skip
        for name in shape.columns:
            if name in shape.kept:
                differs.append(f'(told."{name}" IS NOT NULL AND ours."{name}" IS NULL)')
            else:
                differs.append(
                    f'(told."{name}" IS NOT NULL AND ours."{name}" {unlike} told."{name}")'
                )
        pouring.make(
            "known", {"row": "key", "id": "key", "was": "key", "differs": "yes"}, key='"row"'
        )
        count = pouring.run(
            f"""INSERT INTO known SELECT told."row", ours.id, ours.customer_id, {" OR ".join(differs)}
            FROM told CROSS JOIN {shape.table} AS ours WHERE ours.outside_id = told.outside_id"""
        )
        pouring.look_over("known")
        pouring.make("to_retell", {"id": "key"}, key="id")
        pouring.run(
            """INSERT INTO to_retell SELECT was FROM known WHERE differs
            UNION SELECT told.customer_id FROM told LEFT JOIN known ON known."row" = told."row"
            WHERE known.differs OR known.id IS NULL"""
        )
        pouring.look_over("to_retell")
        return count

    def _change(self, shape: Shape) -> None:
        first_told = {name: f'COALESCE(ours."{name}", told."{name}")' for name in shape.kept}
        news = {name: f'COALESCE(told."{name}", ours."{name}")' for name in shape.columns}
        news |= first_told | {"place_id": "COALESCE(told.place_id, ours.place_id)"}
        changes = ", ".join(f'"{name}" = {sql}' for name, sql in news.items())
        changed = pouring.run(
            f"""UPDATE {shape.table} AS ours SET customer_id = told.customer_id, {changes}
            FROM told JOIN known ON known."row" = told."row"
            WHERE ours.id = known.id AND known.differs AND NOT told.recent"""
        )
        ((same,),) = pouring.ask("SELECT COUNT(*) FROM known WHERE NOT differs")
        self.happened.changed += changed
        self.happened.same += same

    def _insert(self, shape: Shape) -> None:
        """News are left to the journey."""
        names = [*WHERE, *shape.columns, *(["ref"] if self.kind == Kind.VISITS else [])]
        told = ", ".join(f'"{name}"' for name in names)
        cells = ", ".join(
            f'COALESCE(told."{name}", {shape.otherwise[name]})' if name in shape.otherwise
            else f'told."{name}"' for name in names
        )  # fmt: skip
        self.happened.new += pouring.run(
            f"""INSERT INTO {shape.table} ({told}) SELECT {cells} FROM told
            LEFT JOIN known ON known."row" = told."row" WHERE known.id IS NULL AND NOT told.recent
            ON CONFLICT (outside_id) DO NOTHING"""
        )

    def _news(self, shape: Shape) -> list[dict[str, Any]]:
        names = [*WHERE, *shape.columns]
        asked = ", ".join(f'told."{name}"' for name in names)
        rows = pouring.ask(
            f"""SELECT known.id, {asked} FROM told LEFT JOIN known ON known."row" = told."row"
            WHERE told.recent AND (known.id IS NULL OR known.differs) ORDER BY told."row" """
        )
        new = sum(known is None for known, *_ in rows)
        self.happened.new += new
        self.happened.changed += len(rows) - new
        self.happened.awake += len(rows)
        return [dict(zip(names, row, strict=True)) for _, *row in rows]

    def _live(self, shape: Shape, row: dict[str, Any]) -> None:
        """As if it were told just now: through the journey, so that promises wake."""
        told: dict[str, Any] = {"outside_id": row["outside_id"]}
        for name in shape.columns:
            if row[name] is not None:
                told[name] = shape.reads(name, row[name])
        if self.kind == Kind.ORDERS:
            told.pop("ordered_on", None)
        elif told.pop("cancelled_at", None):
            told["cancelled"] = True
        assert self.live is not None
        self.live(
            customer=Customer.objects.get(pk=row["customer_id"]),
            place=Place.objects.filter(pk=row["place_id"]).first(),
            **told,
        )

    def _at_places(self, told: str) -> None:
        """Customers are seen by the people of the places they know."""
        pouring.make("here", {"customer_id": "key", "place_id": "key"})
        pouring.fill(
            "here",
            {"customer_id": "key", "place_id": "key"},
            self.table,
            f"SELECT DISTINCT customer_id, place AS place_id FROM ({told}) WHERE place IS NOT NULL",
        )
        pouring.run(
            """INSERT INTO customers_customer_places (customer_id, place_id)
            SELECT customer_id, place_id FROM here WHERE true
            ON CONFLICT (customer_id, place_id) DO NOTHING"""
        )
        pouring.run("DROP TABLE here")

    def _of_orders(self, told: str) -> str:
        """Whoever gave a rating of an order is its customer. One of an order that nobody knows, by
        nobody who is named, is refused."""
        asked = self.table.ask(f"SELECT DISTINCT order_id FROM ({told}) WHERE order_id IS NOT NULL")
        pouring.make("asked_for", {"spelt": "text"})
        pouring.pour("asked_for", ("spelt",), asked)
        pouring.look_over("asked_for")
        found = pouring.ask(
            """SELECT spelt, ours.id, ours.customer_id, ours.place_id
            FROM asked_for CROSS JOIN customers_order AS ours WHERE ours.outside_id = asked_for.spelt"""
        )
        pouring.run("DROP TABLE asked_for")
        run = self.table.engine.execute
        run(
            """CREATE OR REPLACE TEMP TABLE ordered AS SELECT unnest(?::VARCHAR[]) AS number,
            unnest(?::BIGINT[]) AS id, unnest(?::BIGINT[]) AS customer_id,
            unnest(?::BIGINT[]) AS place_id""",
            [list(column) for column in zip(*found, strict=True)] if found else [[], [], [], []],
        )
        joined = f"""SELECT told.* REPLACE (ordered.id AS order_id,
            COALESCE(told.place, ordered.place_id) AS place), ordered.customer_id AS whose,
            told.order_id AS number
            FROM ({told}) AS told LEFT JOIN ordered ON ordered.number = told.order_id"""
        nobody = "whose IS NULL AND cid = '' AND email = '' AND phone = ''"
        self.happened.refused += self.table.ask(
            f"""SELECT row, '“' || left(number, 40) || '” is no order that is known here, and nobody '
            || 'is named.' FROM ({joined}) WHERE {nobody}"""
        )
        run(f"CREATE OR REPLACE TEMP TABLE rated AS SELECT * FROM ({joined}) WHERE NOT ({nobody})")
        return "SELECT * FROM rated"


def _lacks_zone(value: object) -> TypeGuard[datetime]:
    """SQLite gives moments back as text, without the zone they are all in."""
    return isinstance(value, datetime) and is_naive(value)
