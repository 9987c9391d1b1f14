"""How much an order that went wrong is likely to have hurt, from 0 to 1: for ranking those who said
nothing, the worst first. Pure; it never sees what anybody scored or wrote."""

from __future__ import annotations

import math
from dataclasses import dataclass

# Set on one half of the orders of a marketplace whose buyers scored and wrote nothing, rounded, and
# checked on the other half (docs/use/silent-sufferers.md has the figures). An order that came on
# its day begins at START; a score of two stars of five or fewer is what counts as hurt.
START = -1.3
LATE, EARLY = 0.8, -0.85  # for every doubling of the days, more or less
NEVER_CAME, CANCELLED = 2.2, 1.75
MONTH = 30.0  # days, after which another one adds nothing
# The same orders say little about what follows, so it is our judgement, and small.
SHORT = 1.6
AGAIN = 0.35  # for each time it went wrong for this customer before
OFTEN = 3
FIRST = 0.1  # whoever knows nothing else of us
DEARER = 0.1  # for every doubling against what the customer usually spends
DEAR = 0.02  # for every tenfold price: it decides between equals


@dataclass(frozen=True)
class Suffered:
    """One order as the customer lived it. Days are counted from the promised day, by the calendar;
    money is in the order's own currency, and nothing is compared across customers but `price`."""

    days_late: float = 0.0  # until it came, or until today; negative when it came early
    never_came: bool = False  # nothing came, and the promised day is over
    cancelled: bool = False
    short: bool = False  # it came incomplete
    price: float = 0.0
    usual_price: float = 0.0  # mean of the customer's earlier orders; nothing when there are none
    orders_before: int = 0
    troubles_before: int = 0  # earlier orders that were late, cancelled or short


def severity(suffered: Suffered) -> float:
    """From 0 (nothing happened) to 1. Only the order of two figures means something."""
    z = START + _what_happened(suffered) + _to_this_customer(suffered)
    return 1.0 / (1.0 + math.exp(-z))


def _what_happened(suffered: Suffered) -> float:
    missing = SHORT if suffered.short else 0.0
    if suffered.cancelled:
        return CANCELLED
    if suffered.never_came:
        # At least as bad as anything that came late so far.
        return max(NEVER_CAME, LATE * _days(suffered.days_late)) + missing
    if suffered.days_late > 0:
        return LATE * _days(suffered.days_late) + missing
    return EARLY * _days(-suffered.days_late) + missing


def _to_this_customer(suffered: Suffered) -> float:
    again = AGAIN * min(suffered.troubles_before, OFTEN)
    first = FIRST if suffered.orders_before == 0 else 0.0
    dear = DEAR * math.log10(1.0 + max(suffered.price, 0.0))
    if suffered.usual_price <= 0 or suffered.price <= 0:
        return again + first + dear
    against = math.log2(suffered.price) - math.log2(suffered.usual_price)
    return again + dear + DEARER * max(-1.0, min(1.0, against))


def _days(days: float) -> float:
    return math.log1p(max(0.0, min(days, MONTH)))
