"""Whom a watch would name at a moment, and whom it leaves out and why: questions to the database,
over what happened in the last days and never over everything."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import TruncDate

from amends.customers.order import Order
from amends.customers.rating import Rating
from amends.customers.worth import Worth
from amends.recovery.recovery import Recovery
from amends.signals.signal import LeftOut, Signal, State
from amends.signals.watch import Sees, Watch

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    Rows = models.QuerySet[Any]

LATEST = timedelta(
    days=120
)  # what was promised longer ago than that and comes now is not looked for
QUARTER = timedelta(days=90)


def candidates(watch: Watch, *, at: datetime, back: int | None = None) -> Rows:
    """Everything this watch sees in its last days as of `at`, each row with `left_out`: empty, or
    why. Rows are orders, ratings or worths; `of` is the customer's key."""
    since = at - timedelta(days=watch.within if back is None else back)
    rows = SEEN[Sees(watch.sees)](watch, since, at).filter(customer__erased_at=None)
    if watch.place_id:
        rows = rows.filter(**_at_the_place(rows.model, watch))
    told: Rows = rows.annotate(of=F("customer_id"), left_out=_left_out(rows.model, watch, at))
    return told


def counted(rows: Rows) -> dict[str, int]:
    """How many are named (under the empty word) and left out, by reason."""
    found = rows.order_by().values("left_out").annotate(n=Count("pk"))
    return {row["left_out"]: row["n"] for row in found}


def named(rows: Rows) -> Rows:
    return rows.filter(left_out="")


# What each watch sees ----------------------------------------------------------------------------


def _late(watch: Watch, since: datetime, at: datetime) -> Rows:
    """By the calendar of the place. The first comparison is rough and cheap, the second is right."""
    zone = watch.zone
    promised = _promised_between(since - LATEST, at, watch)
    came = promised.filter(delivered_at__gt=since, delivered_at__lte=at, cancelled_at=None)
    rough = came.filter(delivered_at__gt=F("promised_on"))
    borne = F("delivered_at") - timedelta(days=watch.days)
    moment = models.ExpressionWrapper(borne, output_field=models.DateTimeField())
    late = rough.annotate(came_on=TruncDate(moment, tzinfo=zone))
    return late.filter(came_on__gt=F("promised_on")).order_by("promised_on", "pk")


def _missing(watch: Watch, since: datetime, at: datetime) -> Rows:
    days = timedelta(days=watch.days)
    promised = _promised_between(since - days, at - days, watch)
    not_here = Q(delivered_at=None) | Q(delivered_at__gt=at)
    rows = promised.filter(not_here, Q(cancelled_at=None) | Q(cancelled_at__gt=at))
    return rows.order_by("promised_on", "pk")


def _cancelled(watch: Watch, since: datetime, at: datetime) -> Rows:
    rows = Order.objects.filter(cancelled_at__gt=since, cancelled_at__lte=at)
    return _worth_it(rows, watch).order_by(F("amount").desc(nulls_last=True), "pk")


def _short(watch: Watch, since: datetime, at: datetime) -> Rows:
    rows = Order.objects.filter(short=True, cancelled_at=None, **_ordered(since, at, watch))
    return _worth_it(rows, watch).order_by(F("amount").desc(nulls_last=True), "pk")


def _refunded(watch: Watch, since: datetime, at: datetime) -> Rows:
    """When it went back nobody tells us: the order's own day is what there is."""
    rows = Order.objects.filter(refunded__gt=0, cancelled_at=None, **_ordered(since, at, watch))
    return _worth_it(rows, watch).order_by(F("refunded").desc(), "pk")


def _low(watch: Watch, since: datetime, at: datetime) -> Rows:
    rows = Rating.objects.filter(words="", at__gt=since, at__lte=at)
    low = rows.filter(score__lte=F("best") * Value(watch.mark, output_field=models.FloatField()))
    return low.order_by("score", "pk")


def _quiet(watch: Watch, since: datetime, at: datetime) -> Rows:
    """Ranked by what they are worth, how likely they are gone, and how fast that went."""
    rows = Worth.objects.filter(overdue__lt=watch.mark, p_alive__lt=watch.alive_below)
    return _of_worth(rows, watch)


def _falling(watch: Watch, since: datetime, at: datetime) -> Rows:
    left = 1 - watch.mark
    fell = F("amount_before") * Value(left, output_field=models.FloatField())
    return _of_worth(Worth.objects.filter(amount_before__gt=0, amount__lt=fell), watch)


SEEN: dict[Sees, Callable[[Watch, datetime, datetime], Rows]] = {
    Sees.LATE: _late,
    Sees.MISSING: _missing,
    Sees.CANCELLED: _cancelled,
    Sees.SHORT: _short,
    Sees.REFUND: _refunded,
    Sees.RATING: _low,
    Sees.QUIET: _quiet,
    Sees.FALLING: _falling,
}


def _promised_between(since: datetime, until: datetime, watch: Watch) -> models.QuerySet[Order]:
    zone = watch.zone
    days = (since.astimezone(zone).date(), until.astimezone(zone).date())
    return _worth_it(Order.objects.filter(promised_on__gte=days[0], promised_on__lt=days[1]), watch)


def _ordered(since: datetime, at: datetime, watch: Watch) -> dict[str, date]:
    zone = watch.zone
    first, last = since.astimezone(zone).date(), at.astimezone(zone).date()
    return {"ordered_on__gte": first, "ordered_on__lte": last}


def _worth_it(rows: models.QuerySet[Order], watch: Watch) -> models.QuerySet[Order]:
    return rows if watch.least is None else rows.filter(amount__gte=watch.least)


def _of_worth(rows: models.QuerySet[Worth], watch: Watch) -> Rows:
    if watch.least is not None:
        rows = rows.filter(amount_before__gte=watch.least)
    one = Value(1.0, output_field=models.FloatField())
    gone = one - F("p_alive")
    fell = models.ExpressionWrapper(
        gone * (F("amount_before") - F("amount")), output_field=models.FloatField()
    )
    worst = F("fell").desc(nulls_last=True), F("expected").desc(nulls_last=True)
    return rows.annotate(fell=fell).order_by(*worst, "pk")


# Whom it leaves out ------------------------------------------------------------------------------


def _at_the_place(model: type[models.Model], watch: Watch) -> dict[str, Any]:
    return {"customer__places" if model is Worth else "place": watch.place}


def _left_out(model: type[models.Model], watch: Watch, at: datetime) -> Case:
    """The first reason that holds, as things stood at that moment."""
    theirs = Recovery.objects.filter(customer=OuterRef("customer")).order_by()
    under_way = theirs.filter(Q(closed_at=None) | Q(closed_at__gt=at), known_at__lte=at)
    talked = theirs.filter(known_at__gte=_talk_counts_from(model, at), known_at__lte=at)
    return Case(
        When(customer__left_in_peace_at__lte=at, then=Value(LeftOut.PEACE.value)),
        When(Exists(under_way), then=Value(LeftOut.OPEN.value)),
        When(Exists(talked), then=Value(LeftOut.TALKED.value)),
        When(_named_before(model, watch, at), then=Value(LeftOut.BEFORE.value)),
        default=Value(""),
        output_field=models.CharField(),
    )


def _talk_counts_from(model: type[models.Model], at: datetime) -> Any:
    """About an order whatever was said since it was placed; about a silence the last quarter."""
    if model is Order:
        return OuterRef("ordered_at")
    return OuterRef("at") if model is Rating else at - QUARTER


def _named_before(model: type[models.Model], watch: Watch, at: datetime) -> Q | Exists:
    known = Signal.objects.order_by().filter(found_at__lte=at)
    waiting = Exists(known.filter(customer=OuterRef("customer"), state=State.NEW))
    if model is Order:
        return Q(Exists(known.filter(order=OuterRef("pk")))) | Q(waiting)
    if model is Rating:
        of_order = known.filter(order=OuterRef("order"))
        same = Exists(known.filter(rating=OuterRef("pk")))
        return Q(same) | Q(Exists(of_order)) | Q(waiting)
    lately = Q(found_at__gte=at - QUARTER, watch__sees=watch.sees)
    silence = Q(quiet_since=OuterRef("customer__rhythm__last_on"))
    theirs = known.filter(customer=OuterRef("customer"))
    return Q(Exists(theirs.filter(lately | silence))) | Q(waiting)


def end_of(on: date, watch: Watch) -> datetime:
    """The end of that day, where the watch looks."""
    return datetime.combine(on, time.max, tzinfo=watch.zone)
