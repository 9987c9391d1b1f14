"""Whose next order or visit somebody here waits for, and since when: what an import must not write
down as mere history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amends.recovery.promise import Promise, Trigger
from amends.recovery.recovery import Recovery

if TYPE_CHECKING:
    from datetime import datetime

WAITED_FOR = (Trigger.NEXT_ORDER, Trigger.NEXT_VISIT)


def awaited() -> dict[int, datetime]:
    """Customers with a promise that waits for them, or a recovery that is open."""
    waiting = Promise.objects.open().filter(trigger__in=WAITED_FOR, triggered_at=None)
    found = [
        *Recovery.objects.open().order_by().values_list("customer_id", "known_at").iterator(),
        *waiting.order_by().values_list("recovery__customer_id", "made_at").iterator(),
    ]
    since: dict[int, datetime] = {}
    for customer, at in found:
        since[customer] = min(at, since.get(customer, at))
    return since
