"""Whom to see to first: each order held against the customer's own history, the worst first."""

from __future__ import annotations

import math
from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING, Any

from amends.customers.order import Order
from amends.customers.rating import Rating
from amends.customers.worth import Worth
from amends.signals.severity import Suffered, severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

AT_MOST = 1_000  # rows of a look that are held against their history; roughly the worst come first
AT_ONCE = 400


def ranked(rows: Iterable[Any], *, at: datetime, zone: ZoneInfo) -> list[tuple[Any, float]]:
    """The rows of one look with how much it is likely to have hurt."""
    seen = list(islice(rows, AT_MOST))
    orders = [row for row in seen if isinstance(row, Order)]
    history = _histories({order.customer_id for order in orders})
    marks = [(row, _mark(row, history, at, zone)) for row in seen]
    return sorted(marks, key=lambda pair: (-pair[1], pair[0].pk))


def suffered(order: Order, before: Sequence[Order], *, at: datetime, zone: ZoneInfo) -> Suffered:
    """The order as its customer lives it at that moment; `before` are their earlier ones."""
    prices = [float(o.amount) for o in before if o.amount and o.currency == order.currency]
    came = _came(order, at)
    return Suffered(
        days_late=_days_late(order, at, zone),
        never_came=came is None and order.promised_on is not None,
        cancelled=bool(order.cancelled_at and order.cancelled_at <= at),
        short=order.short,
        price=float(order.amount or 0),
        usual_price=sum(prices) / len(prices) if prices else 0.0,
        orders_before=len(before),
        troubles_before=sum(_went_wrong(o, at, zone) for o in before),
    )


def _mark(row: Any, history: dict[int, list[Order]], at: datetime, zone: ZoneInfo) -> float:
    if isinstance(row, Order):
        theirs = history[row.customer_id]
        before = [o for o in theirs if o.ordered_at < row.ordered_at and o.pk != row.pk]
        return severity(suffered(row, before, at=at, zone=zone))
    if isinstance(row, Rating):
        return 1.0 - float(row.score) / row.best
    return _lost(row)


def _lost(worth: Worth) -> float:
    """How likely they are gone; of two as likely, whoever was worth more comes first."""
    gone = 1.0 - (worth.p_alive if worth.p_alive is not None else 1.0)
    fell = float((worth.amount_before or 0) - (worth.amount or 0))
    return min(1.0, gone * 0.9 + 0.02 * math.log10(1.0 + max(fell, 0.0)))


def _histories(customers: Iterable[int]) -> dict[int, list[Order]]:
    found: dict[int, list[Order]] = defaultdict(list)
    for few in _by_the(AT_ONCE, sorted(customers)):
        for order in Order.objects.filter(customer__in=few).order_by():
            found[order.customer_id].append(order)
    return found


def _by_the(size: int, keys: Sequence[int]) -> Iterator[Sequence[int]]:
    return (keys[start : start + size] for start in range(0, len(keys), size))


def _days_late(order: Order, at: datetime, zone: ZoneInfo) -> float:
    if order.promised_on is None:
        return 0.0
    until = (_came(order, at) or at).astimezone(zone).date()
    return float((until - order.promised_on).days)


def _came(order: Order, at: datetime) -> datetime | None:
    came = order.delivered_at
    return came if came is not None and came <= at else None


def _went_wrong(order: Order, at: datetime, zone: ZoneInfo) -> bool:
    return bool(order.cancelled_at) or order.short or _days_late(order, at, zone) > 0
