"""Did they come back? Of those whose failure was put right, beside those of the same months whose was
not. Said of groups and never of one customer: one who comes back may have come anyway.

Both are watched from the same day, GIVEN days after the failure, and counted by how things stood then:
else whoever came back early would count as put right. Weighed every night, shown as it was weighed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce, TruncDate

from amends.customers.order import Order
from amends.customers.rhythm import purchases
from amends.customers.visit import Visit
from amends.recovery.followup import Kind, Return, kind_of
from amends.recovery.recovery import Recovery

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from amends.customers.appraising.book import Book
    from amends.worth.coin import Coin
    from amends.worth.evidence import Watched

LOOKED_AT = timedelta(days=365)
GIVEN = timedelta(days=14)  # to put it right, before watching begins
NEAR = timedelta(days=60)  # a recovery so near an order is about it
MOST = 50_000  # of each source: more make nothing surer
AT_ONCE = 500
PICTURE = range(0, 181, 15)  # days


@dataclass(frozen=True)
class LetDown:
    """One failure: whose, on which day, and whether it was put right within the days given."""

    customer: int
    on: date
    put_right: bool

    @property
    def watched_from(self) -> date:
        return self.on + GIVEN


def let_down(*, until: date) -> list[LetDown]:
    """All failures of a year that have been watched for a day at least: those we were told of, and
    orders that went wrong of which nobody said a word."""
    days = (until - LOOKED_AT, until - GIVEN - timedelta(days=1))
    return [*_told_of(days), *_silent(days)]


def weigh(book: Book) -> dict[str, Any]:
    """The evidence as of the book's last day, ready to be kept."""
    from amends.worth import evidence

    failures = let_down(until=book.as_of)
    bought = _purchases({one.customer for one in failures})
    right, wrong = (
        _watched([one for one in failures if one.put_right is is_right], bought, book.as_of)
        for is_right in (True, False)
    )
    coin = _coin(book, failures)
    lasting = _lasting(coin, failures, bought, book.as_of) if coin else None
    weighed = evidence.weigh(right, wrong, e_value=lasting)
    return {
        "evidence": asdict(weighed),
        "picture": [[day, _back_by(day, right), _back_by(day, wrong)] for day in PICTURE],
        "coin": _told(coin) if coin else None,
        "kinds": kinds(since=book.as_of - LOOKED_AT),
    }


def kinds(*, since: date) -> dict[str, int]:
    """Of the recoveries whose customer was seen again since then: by choice, for want of another, or
    without having said why (S3-22)."""
    theirs: dict[int, list[Return]] = defaultdict(list)
    for seen in Return.objects.filter(seen_at__date__gte=since).iterator():
        theirs[seen.recovery_id].append(seen)
    found = dict.fromkeys(Kind.values, 0)
    for returns in theirs.values():
        found[kind_of(returns)] += 1
    return found


def _told_of(days: tuple[date, date]) -> Iterator[LetDown]:
    known = Recovery.objects.filter(known_at__date__range=days, joined_to=None)
    told = known.order_by("-known_at").values_list("customer_id", "known_at", "put_right_at")
    for customer, known_at, put_right_at in told[:MOST]:
        in_time = put_right_at is not None and put_right_at <= known_at + GIVEN
        yield LetDown(customer, known_at.date(), in_time)


def _silent(days: tuple[date, date]) -> Iterator[LetDown]:
    """Late, cancelled or incomplete, and no recovery of that customer near it."""
    late = Q(promised_on__isnull=False, delivered_at__date__gt=F("promised_on"))
    wrong = Order.objects.filter(Q(cancelled_at__isnull=False) | Q(short=True) | late)
    on = Coalesce(TruncDate("cancelled_at"), "promised_on", "ordered_on")
    seen = wrong.filter(ordered_on__range=days).annotate(on=on).filter(on__range=days)
    about_it = Recovery.objects.filter(
        customer=OuterRef("customer"),
        known_at__gte=OuterRef("ordered_at"),
        known_at__lte=OuterRef("ordered_at") + NEAR,
    )
    silent = seen.exclude(Exists(about_it)).order_by("-ordered_on", "-pk")
    for customer, day in silent.values_list("customer_id", "on")[:MOST]:
        yield LetDown(customer, day, put_right=False)


def _purchases(customers: set[int]) -> dict[int, list[date]]:
    """The days on which each of them bought, in order."""
    found: dict[int, set[date]] = defaultdict(set)
    left = sorted(customers)
    for start in range(0, len(left), AT_ONCE):
        these = left[start : start + AT_ONCE]
        theirs = Q(customer__in=these)
        for customer, on in purchases(Order.objects.filter(theirs), Visit.objects.filter(theirs)):
            found[customer].add(on)
    return {customer: sorted(days) for customer, days in found.items()}


def _watched(failures: Iterable[LetDown], days_of: dict[int, list[date]], until: date) -> Watched:
    """From the same moment after each failure, until they bought again or until now."""
    from amends.worth.evidence import Watched

    days, returned = [], []
    for one in failures:
        bought = days_of.get(one.customer, [])
        after = bisect_right(bought, one.watched_from)
        back = bought[after] if after < len(bought) and bought[after] <= until else None
        days.append(((back or until) - one.watched_from).days)
        returned.append(back is not None)
    return Watched.of(days, returned)


def _back_by(day: int, watched: Watched) -> float | None:
    """The share who had bought again by then, those watched for less counted for as long as they
    were (Kaplan & Meier 1958); nothing where nobody was watched for so long."""
    if not len(watched) or (watched.days.max() < day and not watched.returned.all()):
        return None
    away = 1.0
    for moment in sorted(set(watched.days[watched.returned & (watched.days <= day)])):
        came = (watched.days[watched.returned] == moment).sum()
        away *= 1 - came / (watched.days >= moment).sum()
    return round(float(1 - away), 4)


def _lasting(
    coin: Coin, failures: list[LetDown], days_of: dict[int, list[date]], until: date
) -> float | None:
    """The running ratio of those put right, which may be looked at every night: each customer once, and
    none who bought in the days given, for they had not left by then whatever was done."""
    from amends.worth.coin import e_value

    rows: dict[int, tuple[int, int, int, bool]] = {}
    for one in sorted(failures, key=lambda one: one.on):
        bought = days_of.get(one.customer, [])
        before, after = bisect_right(bought, one.on), bisect_right(bought, one.watched_from)
        if not one.put_right or not before or after > before:
            continue
        back = after < len(bought) and bought[after] <= until
        days = ((bought[after] if back else until) - one.on).days
        rows.setdefault(one.customer, (before - 1, (one.on - bought[0]).days, days, back))
    if not rows:
        return None
    x, at, days_gone, returned = map(list, zip(*rows.values(), strict=True))
    return e_value(coin, x=x, at=at, given=GIVEN.days, days=days_gone, returned=returned)


def _coin(book: Book, failures: list[LetDown]) -> Coin | None:
    """How many of a hundred a failure drives away, put right or not, by the model of all that they
    bought; none where there are too few of either."""
    import numpy as np

    from amends.worth import coin
    from amends.worth.histories import TooFew

    row_of = {int(key): row for row, key in enumerate(book.keys)}
    known = [one for one in failures if one.customer in row_of]
    rows = np.array([row_of[one.customer] for one in known], dtype=np.intp)
    at = np.array([one.on.toordinal() for one in known]) - book.rows["first"][rows]
    after = at >= 0
    right = np.array([one.put_right for one in known], dtype=bool)
    try:
        told = coin.lives(
            book.x, book.t_x, book.T, of=rows[after], at=at[after], repaired=right[after]
        )
        return coin.fit_coin(told)
    except TooFew:
        return None


def _told(found: Coin) -> dict[str, Any]:
    """As the page shows it."""
    kept, low, high = found.kept()
    return {
        "alone": found.phi[0],
        "repaired": found.phi[1],
        "errors": list(found.errors),
        "p_value": found.p_value,
        "kept": kept,
        "low": low,
        "high": high,
        "complaints": [found.unrepaired, found.repaired],
    }
