"""One line of a life with us, to be drawn: when they bought, when we let them down, when it was put
right."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from amends.customers.order import Order
from amends.customers.visit import Visit
from amends.recovery.recovery import Recovery

MOST = 300  # days; of a longer life the latest are drawn


@dataclass
class Day:
    on: date
    bought: bool = False
    let_down: str = ""
    put_right: str = ""


def strip(customer, person):
    """Days on which something happened, the earliest first; none when there is nothing to compare."""
    days = {}
    for on in _purchases(customer, person):
        days.setdefault(on, Day(on)).bought = True
    recoveries = Recovery.objects.visible_to(person).filter(customer=customer)
    for recovery in recoveries.order_by("-known_at")[:MOST]:
        known, mended = _on(recovery.known_at), recovery.put_right_at
        days.setdefault(known, Day(known)).let_down = recovery.about or "Something went wrong"
        if mended:
            days.setdefault(_on(mended), Day(_on(mended))).put_right = recovery.about or "Put right"
    told = sorted(days.values(), key=lambda day: day.on)[-MOST:]
    return told if len(told) > 1 else []


def _purchases(customer, person):
    orders = Order.objects.visible_to(person).filter(customer=customer, cancelled_at=None)
    visits = Visit.objects.visible_to(person).filter(customer=customer, amount__gt=0)
    yield from orders.order_by("-ordered_at").values_list("ordered_on", flat=True)[:MOST]
    for at in visits.order_by("-arrived_at").values_list("arrived_at", flat=True)[:MOST]:
        if at:
            yield _on(at)


def _on(at):
    return timezone.localtime(at).date()
