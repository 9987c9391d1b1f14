"""Whom the rows speak of: found by number, e-mail address or telephone number, or met for the first
time; some thousands at once, by the rules of `Customer.met`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from django.utils.timezone import is_naive, make_aware

from amends.customers.customer import Address, AddressKind, Customer, key_of
from amends.customers.importing import pouring
from amends.customers.spelling import spelt
from amends.customers.vocabulary import SHORTEST, Word
from amends.kit.clock import now
from amends.kit.refs import new_refs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

Key = tuple[str, str]  # the kind of an address, and how it is compared


class Named(NamedTuple):
    """How a row names its customer."""

    cid: str
    email: str
    phone: str
    name: str
    country: str = ""
    values: str = ""
    dislikes: str = ""
    since: datetime | None = None  # of the world's time, where no zone is told


@dataclass
class Stranger:
    """Somebody whom nobody has met before this row."""

    key: int
    name: str
    values: str
    dislikes: str
    since: datetime
    addresses: dict[Key, str] = field(default_factory=dict)


@dataclass
class Met:
    """The customer of each row, in the order of the rows."""

    customers: list[int] = field(default_factory=list)
    new: int = 0
    known_better: int = 0


class Meeting:
    """`meet` is for inside a transaction."""

    def __init__(self, rows: Sequence[Named]) -> None:
        self.rows = rows
        self.addresses = [_addresses(row) for row in rows]
        self.known: dict[Key, int] = {}
        self.strangers: dict[int, Stranger] = {}
        self.also: dict[tuple[int, Key], str] = {}
        self.names: dict[int, Named] = {}

    def meet(self) -> Met:
        self._look_up()
        keys = iter(pouring.keys_for("customers_customer", self._strangers_at_most()))
        met = Met()
        for row, addresses in zip(self.rows, self.addresses, strict=True):
            known = next((self.known[key] for key in addresses if key in self.known), None)
            if known is None:
                known = next(keys)
                self.strangers[known] = _stranger(known, row)
            self._known_again(known, row, addresses)
            met.customers.append(known)
        self._write_strangers()
        met.new, met.known_better = len(self.strangers), self._write_known()
        return met

    def _look_up(self) -> None:
        """Of several at one address, whoever was last known there; of merged ones, who they are.
        Crossed, for SQLite then begins with what is asked for; it would else read every address."""
        pouring.make("asked_for", {"kind": "text", "spelt": "text"})
        asked = dict.fromkeys(key for addresses in self.addresses for key in addresses)
        pouring.pour("asked_for", ("kind", "spelt"), asked)
        pouring.look_over("asked_for")
        found = pouring.ask(
            """SELECT a.kind, a.key, COALESCE(c.merged_into_id, c.id)
            FROM asked_for CROSS JOIN customers_address AS a CROSS JOIN customers_customer AS c
            WHERE a.kind = asked_for.kind AND a.key = asked_for.spelt AND c.id = a.customer_id
            ORDER BY a.id"""
        )
        self.known = {(kind, key): customer for kind, key, customer in found}
        pouring.run("DROP TABLE asked_for")

    def _strangers_at_most(self) -> int:
        return sum(not any(key in self.known for key in keys) for keys in self.addresses)

    def _known_again(self, customer: int, row: Named, addresses: dict[Key, str]) -> None:
        stranger = self.strangers.get(customer)
        for key, value in addresses.items():
            if stranger:
                stranger.addresses.setdefault(key, value)
            elif self.known.get(key) != customer:
                self.also[customer, key] = value
            self.known.setdefault(key, customer)
        if stranger:
            stranger.name = stranger.name or row.name
        elif row.name or row.values or row.dislikes:
            self.names.setdefault(customer, row)

    def _write_strangers(self) -> None:
        if not self.strangers:
            return
        told = {one.key: _spelt(one) for one in self.strangers.values()}
        refs = new_refs(len(told))
        _pour(
            Customer,
            ("id", "ref", "name", "values", "dislikes", "known_since", "findable"),
            ((one.key, next(refs), one.name, one.values, one.dislikes, one.since, told[one.key][0])
             for one in self.strangers.values()),
        )  # fmt: skip
        _pour(
            Address,
            ("customer_id", "kind", "key", "value"),
            ((one.key, *key, value) for one in self.strangers.values()
             for key, value in one.addresses.items()),
        )  # fmt: skip
        _learn(word for _, learnable in told.values() for word in learnable)

    def _write_known(self) -> int:
        """A further address, and what was not known yet; nothing that is known is changed."""
        better: set[int] = set()
        known = Customer.objects.in_bulk([*self.names, *{customer for customer, _ in self.also}])
        for pk, row in self.names.items():
            new = {name: getattr(row, name) for name in ("name", "values", "dislikes")
                   if getattr(row, name) and not getattr(known[pk], name)}  # fmt: skip
            if new:
                Customer.objects.filter(pk=pk).update(**new)
                better.add(pk)
        new_addresses = [
            Address(customer_id=customer, kind=kind, key=key, value=value)
            for (customer, (kind, key)), value in self.also.items()
            if not Address.objects.filter(customer=customer, kind=kind, key=key).exists()
        ]
        Address.objects.bulk_create(new_addresses, ignore_conflicts=True)
        better |= {address.customer_id for address in new_addresses}
        for customer in Customer.objects.filter(pk__in=better).prefetch_related(
            "addresses", "merged"
        ):
            customer.keep_findable()
        return len(better)


def _addresses(row: Named) -> dict[Key, str]:
    given = (
        (AddressKind.ID, row.cid),
        (AddressKind.EMAIL, row.email),
        (AddressKind.PHONE, row.phone),
    )
    return {
        (str(kind), key_of(kind, value, country=row.country)): value
        for kind, value in given
        if value
    }


def _stranger(key: int, row: Named) -> Stranger:
    since = row.since or now()
    known_since = make_aware(since) if is_naive(since) else since
    return Stranger(key, row.name, row.values, row.dislikes, known_since)


def _spelt(one: Stranger) -> tuple[str, set[str]]:
    return spelt([one.name], ((kind, key, value) for (kind, key), value in one.addresses.items()))


def _pour(
    model: type[Customer | Address], columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    """The columns nobody names hold what a new row of the model would."""
    fields = [
        f for f in model._meta.concrete_fields if not f.primary_key and f.column not in columns
    ]
    rest = tuple(f.get_default() for f in fields)
    names = (*columns, *(str(f.column) for f in fields))
    pour = pouring.pour_at_once if model is Customer else pouring.pour
    pour(model._meta.db_table, names, ((*row, *rest) for row in rows))


def _learn(told: Iterable[str]) -> None:
    """As `Word.learn`, for very many at once."""
    words = {word for word in told if len(word) >= SHORTEST}
    pouring.make("heard", {"word": "text", "backwards": "text"})
    pouring.pour("heard", ("word", "backwards"), ((word, word[::-1]) for word in sorted(words)))
    pouring.run(
        f"INSERT INTO {Word._meta.db_table} (word, backwards) SELECT word, backwards FROM heard "
        "WHERE true ON CONFLICT (word) DO NOTHING"
    )
    pouring.run("DROP TABLE heard")
