"""What we saw, in words: why a customer is named, for us; and «we saw that…», for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from amends.signals.watch import Sees

if TYPE_CHECKING:
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from amends.customers.customer import Customer
    from amends.customers.order import Order
    from amends.customers.rating import Rating

SORRY = {
    Sees.LATE: "I am sorry. You were waiting for it, and we let you wait without a word.",
    Sees.MISSING: "I am sorry. You paid for it, and you have nothing in your hands.",
    Sees.CANCELLED: "I am sorry. You had chosen it, and counted on us.",
    Sees.SHORT: "I am sorry. You paid for all of it, and a part was missing when you opened it.",
    Sees.RATING: "I am sorry. We did not give you what you came to us for.",
    Sees.REFUND: "I am sorry that it went so far. Money back alone does not put it right.",
}


@dataclass(frozen=True)
class Event:
    """What a watch saw, and the calendar and day in which it is told."""

    zone: ZoneInfo
    at: datetime
    order: Order | None = None
    rating: Rating | None = None
    since: date | None = None

    def day(self, on: date) -> str:
        """«Tuesday 3 March»: a day that stays right in a letter read a week later."""
        year = "" if on.year == self.at.astimezone(self.zone).year else f" {on.year}"
        return f"{on:%A} {on.day} {on:%B}{year}"

    def day_of(self, moment: datetime) -> str:
        return self.day(moment.astimezone(self.zone).date())


def why(sees: str, customer: Customer, event: Event) -> str:
    """For us: what happened, and that they have not said a word."""
    who = customer.first_name or customer.called
    if sees == Sees.FALLING:
        return f"{who} comes less and less, and is worth much less to us than a quarter ago."
    if sees == Sees.QUIET:
        last = f" since {event.day(event.since)}" if event.since else ""
        return f"{who} has not been here{last}; so long a silence is unusual for them."
    return f"{what(sees, event)} {who} has not said a word."


def what(sees: str, event: Event) -> str:
    """The failure itself, in words that anybody may read."""
    if event.rating is not None:
        about = f" for order {event.order.outside_id}" if event.order else ""
        return f"{_stars(event.rating)} {event.day_of(event.rating.at)}{about}, without words."
    if event.order is not None:
        return f"Order {_of_the_order(sees, event.order, event)}."
    return f"Not seen since {event.day(event.since)}." if event.since else "Not seen for long."


def we_saw(sees: str, event: Event) -> str:
    """For them, as a person would say it; what happened, and nothing of what we guess."""
    if event.rating is not None:
        about = f" for your order {event.order.outside_id}" if event.order else ""
        stars, on = _stars(event.rating), event.day_of(event.rating.at)
        return f"We saw that you gave us {stars}{about} on {on}."
    if event.order is not None:
        return f"We saw that your order {_of_the_order(sees, event.order, event)}."
    if event.since is None:
        return "We have missed you."
    return f"We have missed you: you were last with us on {event.day(event.since)}."


def sorry(sees: str) -> str:
    """Our own words until the owner has better ones; none for a silence nobody can explain."""
    return SORRY.get(Sees(sees), "")


def _of_the_order(sees: str, order: Order, event: Event) -> str:
    """By how the order stands now: what was missing when it was found may have come since."""
    number = order.outside_id
    if order.cancelled_at:
        return f"{number} was cancelled on {event.day_of(order.cancelled_at)}"
    promised = f"was promised for {event.day(order.promised_on)} and " if order.promised_on else ""
    if order.delivered_at is None:
        if sees == Sees.REFUND:
            return f"{number} was paid back"
        return f"{number} {promised}has not come yet"
    came = f"{number} {promised}came on {event.day_of(order.delivered_at)}"
    if sees == Sees.REFUND:
        return f"{came}, and money for it went back"
    return f"{came}, incomplete" if order.short else came


def _stars(rating: Rating) -> str:
    return f"{rating.score.normalize():f} of {rating.best}"
