"""One line of a life with us, to be drawn: when they bought, when we let them down, when it was put
right."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from amends.customers.order import Order
from amends.customers.rhythm import purchases
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
    rows = (kind.objects.visible_to(person).filter(customer=customer) for kind in (Order, Visit))
    return (on for _, on in purchases(*rows, latest=MOST))


def _on(at):
    return timezone.localtime(at).date()
