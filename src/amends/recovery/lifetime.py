"""One life with us: steps, orders, visits, calls, ratings and credits of a customer on one line, a
stretch at a time, newest first, whatever the length."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Model, Q, QuerySet
from django.utils.dateparse import parse_datetime

from amends.customers.call import Call
from amends.customers.merging import Merge
from amends.customers.order import Order
from amends.customers.rating import Rating
from amends.customers.visit import Visit
from amends.kit.money import show
from amends.recovery.offer import OfferLine
from amends.recovery.recovery import Recovery
from amends.recovery.timeline import Entry, Verb
from amends.remedies.remedy import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from amends.customers.customer import Customer
    from amends.people.person import Person

CREDITS = (Kind.CREDIT, Kind.REFUND)


class NoSuchPlace(ValueError):
    """Nothing that we handed out to go on from."""


@dataclass(frozen=True)
class Event:
    """One line of a life. What happened in the same moment stays in one order: by what it is of,
    then by its key."""

    of: str
    key: int
    at: datetime
    who: str
    did: str
    words: str = ""
    verb: str = ""
    recovery: str = ""
    is_theirs: bool = False

    @property
    def cursor(self) -> str:
        """What to hand back for those that came before."""
        return f"{self.at.isoformat()}|{self.of}|{self.key}"


@dataclass(frozen=True)
class Source:
    """Where some of it is written down: the rows a person may see, their moment, and their words."""

    moment: str
    rows: Callable[[Customer, Person], QuerySet[Any]]
    tell: Callable[[Customer, Any], dict[str, Any]]
    with_: tuple[str, ...] = ()


def lifetime(
    customer: Customer,
    person: Person,
    *,
    most: int,
    before: str = "",
    verbs: Collection[str] | None = None,
) -> tuple[list[Event], str]:
    """What this person may see, and where the next stretch begins; nothing at the end."""
    beyond = _read(before) if before else None
    told = [
        Event(of=name, key=row.pk, at=getattr(row, source.moment), **source.tell(customer, row))
        for place, (name, source) in enumerate(SOURCES.items())
        for row in _newest(source, place, customer, person, beyond, most, verbs)
    ]
    order = list(SOURCES)
    told.sort(key=lambda event: (event.at, -order.index(event.of), event.key), reverse=True)
    return told[:most], told[most - 1].cursor if len(told) > most else ""


def _newest(
    source: Source,
    place: int,
    customer: Customer,
    person: Person,
    beyond: tuple[datetime, int, int] | None,
    most: int,
    verbs: Collection[str] | None,
) -> list[Model]:
    """Their keys first: to put thousands of whole rows in order takes its time."""
    rows = source.rows(customer, person)
    if verbs is not None and rows.model is Entry:
        rows = rows.filter(verb__in=verbs)
    if beyond is not None:
        rows = rows.filter(_earlier(source.moment, place, *beyond))
    keys = rows.order_by(f"-{source.moment}", "-pk").values_list("pk", flat=True)[: most + 1]
    whole = rows.model._default_manager.select_related(*source.with_)
    return list(whole.filter(pk__in=list(keys)))


def _earlier(moment: str, place: int, at: datetime, their_place: int, key: int) -> Q:
    earlier = Q(**{f"{moment}__lt": at})
    if place == their_place:
        earlier |= Q(**{moment: at, "pk__lt": key})
    elif place > their_place:
        earlier |= Q(**{moment: at})
    return earlier


def _read(cursor: str) -> tuple[datetime, int, int]:
    moment, _, rest = cursor.partition("|")
    of, _, key = rest.partition("|")
    at = parse_datetime(moment)
    if at is None or not at.tzinfo or of not in SOURCES or not key.isdecimal():
        raise NoSuchPlace(cursor)
    return at, list(SOURCES).index(of), int(key[:18])


def _recoveries(customer: Customer, person: Person) -> QuerySet[Recovery]:
    return Recovery.objects.visible_to(person).filter(customer=customer)


def _step(customer: Customer, entry: Entry) -> dict[str, Any]:
    theirs = entry.verb == Verb.HEARD or entry.actor == "customer"
    first = entry.verb in (Verb.HEARD, Verb.SPOTTED)
    return {
        "who": entry.who,
        "did": entry.get_verb_display(),
        "words": entry.recovery.about if first else entry.words,
        "verb": entry.verb,
        "recovery": entry.recovery.ref,
        "is_theirs": theirs,
    }


def _theirs(customer: Customer, did: str, words: str = "") -> dict[str, Any]:
    return {"who": customer.called, "did": did, "words": words, "is_theirs": True}


def _order(customer: Customer, order: Order) -> dict[str, Any]:
    sums = show(order.amount, order.currency or "GBP")
    went = [sums, "cancelled" if order.cancelled_at else "", "came short" if order.short else ""]
    if order.refunded:
        went.append(f"{show(order.refunded, order.currency or 'GBP')} given back")
    return _theirs(customer, f"ordered, {order.outside_id}", ", ".join(filter(None, went)))


def _visit(customer: Customer, visit: Visit) -> dict[str, Any]:
    greeted = f"Greeted by {visit.greeted_by}." if visit.greeted_by else ""
    return _theirs(customer, f"came to {visit.place}", greeted)


def _call(customer: Customer, call: Call) -> dict[str, Any]:
    return _theirs(customer, f"rang {call.place}")


def _rating(customer: Customer, rating: Rating) -> dict[str, Any]:
    return _theirs(customer, f"gave {rating}", rating.words)


def _credit(customer: Customer, line: OfferLine) -> dict[str, Any]:
    recovery = line.offer.recovery
    amount = show(line.value, recovery.currency)
    return {
        "who": customer.called,
        "did": f"got {line.remedy.get_kind_display()}{f' of {amount}' if amount else ''}",
        "words": line.words,
        "recovery": recovery.ref,
        "is_theirs": True,
    }


def _merge(customer: Customer, merge: Merge) -> dict[str, Any]:
    return {"who": merge.by.name, "did": f"saw that {merge.merged.called} is the same customer"}


SOURCES = {
    "step": Source(
        "at",
        lambda whose, by: Entry.objects.filter(recovery__in=_recoveries(whose, by)),
        _step,
        ("by", "recovery"),
    ),
    "order": Source(
        "ordered_at",
        lambda whose, by: Order.objects.visible_to(by).filter(customer=whose),
        _order,
    ),
    "visit": Source(
        "arrived_at",
        lambda whose, by: Visit.objects.visible_to(by).filter(
            customer=whose, arrived_at__isnull=False
        ),
        _visit,
        ("place", "greeted_by"),
    ),
    "call": Source(
        "at",
        lambda whose, by: Call.objects.visible_to(by).filter(customer=whose),
        _call,
        ("place",),
    ),
    "rating": Source(
        "at",
        lambda whose, by: Rating.objects.visible_to(by).filter(customer=whose),
        _rating,
    ),
    "credit": Source(
        "delivered_at",
        lambda whose, by: OfferLine.objects.filter(
            offer__recovery__in=_recoveries(whose, by),
            delivered_at__isnull=False,
            remedy__kind__in=CREDITS,
        ),
        _credit,
        ("remedy", "offer__recovery__place__business"),
    ),
    "merge": Source(
        "at",
        lambda whose, by: Merge.objects.standing().filter(kept=whose),
        _merge,
        ("by", "merged"),
    ),
}
