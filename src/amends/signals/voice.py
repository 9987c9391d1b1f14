"""How many of those we let down say so: failures that the system saw, and who told us of theirs.
Those the system cannot see, a rude word at the till, are in neither number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from amends.recovery.recovery import FoundBy, Recovery
from amends.signals.finding import candidates
from amends.signals.share import Share
from amends.signals.watch import Sees, Watch

if TYPE_CHECKING:
    from datetime import datetime

QUARTER = 90  # days
SEEN = (Sees.LATE, Sees.MISSING, Sees.CANCELLED, Sees.SHORT)


def silent(*, at: datetime, days: int = QUARTER) -> Share:
    """Of the customers whose orders went wrong in the last days, how many have said nothing since
    they placed them. What counts as late is what the watches say, switched on or not."""
    told: set[int] = set()
    let_down: set[int] = set()
    for watch in Watch.objects.filter(sees__in=SEEN).select_related("place"):
        spoke = Recovery.objects.filter(
            customer=OuterRef("customer"),
            found_by=FoundBy.CUSTOMER,
            known_at__gte=OuterRef("ordered_at"),
        )
        rows = candidates(watch, at=at, back=days).annotate(spoke=Exists(spoke.order_by()))
        for who, has_spoken in rows.order_by().values_list("customer", "spoke"):
            let_down.add(who)
            if has_spoken:
                told.add(who)
    return Share(len(let_down - told), len(let_down))
