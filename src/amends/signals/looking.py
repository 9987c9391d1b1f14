"""The clock looks: each watch that is on, once in a while, no more names than a day allows; and a
dry run that says who it would be, before it is switched on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import structlog
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q

from amends.customers.customer import Customer
from amends.customers.order import Order
from amends.customers.rating import Rating
from amends.kit.claims import claim, take_turns
from amends.kit.clock import now
from amends.kit.errors import Impossible
from amends.people.place import Place
from amends.recovery.recovery import Recovery
from amends.signals import finding, saying
from amends.signals.incident import Unknown
from amends.signals.pace import Pace
from amends.signals.ranking import ranked
from amends.signals.saying import Event
from amends.signals.signal import Look, Signal, State, reasons_in
from amends.signals.watch import Watch

if TYPE_CHECKING:
    from datetime import date, datetime

log = structlog.get_logger(__name__)
ONE_DAY = timedelta(days=1)
EVERY = timedelta(minutes=30)  # for what happens to orders; a silence is looked at once a day
WANTS_PEACE = "They asked to be left in peace."
SEEN_TO = "They are being looked after since."
LONG_AGO = timedelta(days=400)  # what looks found out is kept no longer
A_MONTH = timedelta(days=30)  # nor a line of a list that leads to nobody


class NoPlace(Impossible):
    code = "no-place"


@dataclass(frozen=True)
class Named:
    """One customer a watch names, with what is needed to make a signal of it."""

    customer: Customer
    place: Place
    why: str
    severity: float
    order: Order | None = None
    rating: Rating | None = None
    quiet_since: date | None = None


@dataclass(frozen=True)
class Seen:
    """What one look would find: how many in all, those it names first, and whom it leaves out."""

    how_many: int
    named: list[Named]
    left_out: dict[str, int]

    @property
    def reasons(self) -> list[tuple[str, int]]:
        return reasons_in(self.left_out)


def look_around() -> int:
    """One tick: how many were named."""
    at = now()
    let_go_of_those_seen_to(at=at)
    due = Q(looked_at=None) | Q(looked_at__lte=at - EVERY)
    watches = Watch.objects.filter(due, is_on=True).select_related("place")
    named = sum(look(watch, at=at) for watch in watches if _is_due(watch, at))
    if named:
        log.info("quiet customers", named=named)
    Look.objects.filter(at__lt=at - LONG_AGO).delete()
    Unknown.objects.filter(incident__made_at__lt=at - A_MONTH).delete()
    return named


def let_go_of_those_seen_to(*, at: datetime) -> int:
    """Somebody has talked with them since they were named, or they want no talk at all: nobody is
    told of them twice."""
    waiting = Signal.objects.new().order_by()
    theirs = Recovery.objects.filter(
        customer=OuterRef("customer"), known_at__gte=OuterRef("found_at")
    )
    told = {"state": State.LEFT, "settled_at": at}
    peace = waiting.exclude(customer__left_in_peace_at=None)
    wanted_none = peace.update(left_why=WANTS_PEACE, **told)
    talked = waiting.filter(Exists(theirs.order_by()))
    return wanted_none + talked.update(left_why=SEEN_TO, **told)


def look(watch: Watch, *, at: datetime) -> int:
    """Of two workers one looks; both together never name more than a day allows."""
    mine = Watch.objects.filter(pk=watch.pk, is_on=True, looked_at=watch.looked_at)
    if not claim(mine, looked_at=at):
        return 0
    seen = dry_run(watch, at=at, most=watch.per_day)
    return _keep(watch, seen, at=at)


def dry_run(watch: Watch, *, at: datetime, most: int) -> Seen:
    """Who it would be, the worst first, at most so many; nothing is written."""
    rows = finding.candidates(watch, at=at)
    counts = finding.counted(rows)
    how_many = counts.pop("", 0)
    found = finding.named(rows).select_related(*_with(rows.model)) if how_many else []
    first: list[Named] = []
    met: set[int] = set()
    for row, mark in ranked(found, at=at, zone=watch.zone):
        who = row.customer.goes_on_as()
        if len(first) < most and who.pk not in met:
            met.add(who.pk)
            first.append(_name(watch, row, mark, who, at=at))
    return Seen(how_many, first, counts)


@transaction.atomic
def _keep(watch: Watch, seen: Seen, *, at: datetime) -> int:
    take_turns("quiet customers of the day")
    room = room_today(watch, at=at)
    kept = [
        Signal(
            watch=watch,
            customer=named.customer,
            place=named.place,
            order=named.order,
            rating=named.rating,
            quiet_since=named.quiet_since,
            why=named.why[:500],
            severity=named.severity,
            found_at=at,
            by_itself=watch.opens,
        )
        for named in seen.named[:room]
    ]
    Signal.objects.bulk_create(kept, ignore_conflicts=True)
    new = Signal.objects.filter(watch=watch, found_at=at).count()
    waiting = max(seen.how_many - new, 0)
    Look.objects.create(watch=watch, at=at, named=new, waiting=waiting, left_out=seen.left_out)
    return new


def room_today(watch: Watch, *, at: datetime) -> int:
    """How many more this watch may name, in the day that ends now."""
    today = Signal.objects.order_by().filter(found_at__gt=at - ONE_DAY)
    in_all = Pace.set().per_day - today.count()
    mine = watch.per_day - today.filter(watch=watch).count()
    return max(0, min(in_all, mine))


def _is_due(watch: Watch, at: datetime) -> bool:
    if watch.looked_at is None or not watch.is_of_rhythm:
        return True
    return watch.looked_at <= at - ONE_DAY


def _with(model: type[models.Model]) -> list[str]:
    known = ["customer__merged_into"]
    if model is Order:
        return [*known, "place"]
    return [*known, "place", "order"] if model is Rating else [*known, "customer__rhythm"]


def _name(watch: Watch, row: Any, mark: float, who: Customer, *, at: datetime) -> Named:
    order = row if isinstance(row, Order) else getattr(row, "order", None)
    rating = row if isinstance(row, Rating) else None
    since = _quiet_since(row) if order is None and rating is None else None
    event = Event(order=order, rating=rating, since=since, zone=watch.zone, at=at)
    why = saying.why(watch.sees, who, event)
    return Named(who, _place(watch, row), why, mark, order, rating, since)


def _quiet_since(row: Any) -> date | None:
    rhythm = getattr(row.customer, "rhythm", None)
    since: date | None = rhythm.last_on if rhythm else row.as_of
    return since


def _place(watch: Watch, row: Any) -> Place:
    """Where they know us; there is always one, for nobody is a customer of nowhere."""
    here = getattr(row, "place", None) or watch.place or row.customer.places.first()
    here = here or Place.objects.order_by("pk").first()
    if here is None:
        raise NoPlace("There is no place of ours yet to see to anybody.")
    return here
