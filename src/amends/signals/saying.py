"""What we saw, in words: why a customer is named, for us; and «we saw that…», for them."""

from __future__ import annotations

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
    Sees.MISSING: "I am sorry. You paid for it and have nothing in your hands. I am finding out "
    "where it is, and I will write to you again as soon as I know.",
    Sees.CANCELLED: "I am sorry. You had chosen it and counted on us.",
    Sees.SHORT: "I am sorry. You paid for all of it, and a part was missing when you opened it.",
    Sees.RATING: "I am sorry that it was not what you hoped for from us.",
    Sees.REFUND: "I am sorry that it went so far. Money back alone does not put it right.",
}


def why(
    sees: str,
    customer: Customer,
    *,
    zone: ZoneInfo,
    today: date,
    order: Order | None = None,
    rating: Rating | None = None,
    since: date | None = None,
) -> str:
    """For us: what happened, and that they have not said a word."""
    who = customer.first_name or customer.called
    if since is not None or (order is None and rating is None):
        return _silence(sees, who, since, today)
    told = [_of_the_order(sees, order, zone=zone, today=today)] if order else []
    if rating is not None and sees == Sees.RATING:
        told.append(f"{who} gave {_stars(rating)} {day(_local(rating.at, zone), today=today)}.")
        return f"{' '.join(told)} Not a word with it."
    return f"{' '.join(told)} {who} has not said a word."


def we_saw(
    sees: str,
    *,
    zone: ZoneInfo,
    today: date,
    order: Order | None = None,
    rating: Rating | None = None,
    since: date | None = None,
) -> str:
    """For them, in the words of a person; what happened and nothing of what we guess."""
    if order is not None and sees != Sees.RATING:
        told = _of_the_order(sees, order, zone=zone, today=today)
        return f"We saw that your order{told.removeprefix('Order').removesuffix('.')}."
    if rating is not None:
        when = day(_local(rating.at, zone), today=today)
        about = f" for your order {order.outside_id}" if order else ""
        return f"We saw that you gave us {_stars(rating)} {when}{about}."
    if since is None:
        return "We have missed you."
    return f"We have missed you: you were last with us {day(since, today=today)}."


def sorry(sees: str) -> str:
    """Our own words until the owner has better ones; none for a silence nobody can explain."""
    return SORRY.get(Sees(sees), "")


def day(on: date, *, today: date) -> str:
    """«on Tuesday 3 March»: a day that stays right in a letter read a week later."""
    year = "" if on.year == today.year else f" {on.year}"
    return f"on {on:%A} {on.day} {on:%B}{year}"


def _of_the_order(sees: str, order: Order, *, zone: ZoneInfo, today: date) -> str:
    """By how the order stands now: what was missing when it was found may have come since."""
    number = f"Order {order.outside_id}"
    if order.cancelled_at:
        return f"{number} was cancelled {day(_local(order.cancelled_at, zone), today=today)}."
    promised = (
        f"was promised for {day(order.promised_on, today=today).removeprefix('on ')} and "
        if order.promised_on
        else ""
    )
    if order.delivered_at is None:
        return f"{number} {promised or 'was expected and '}has not come yet."
    came = f"{number} {promised}came {day(_local(order.delivered_at, zone), today=today)}"
    if order.short:
        return f"{came}, incomplete."
    if sees == Sees.REFUND or (order.refunded and sees != Sees.LATE):
        return f"{came}, and money for it went back."
    return f"{came}."


def _silence(sees: str, who: str, since: date | None, today: date) -> str:
    last = f" since {day(since, today=today).removeprefix('on ')}" if since else ""
    if sees == Sees.FALLING:
        return f"{who} comes less and less, and is worth much less to us than a quarter ago."
    return f"{who} has not been here{last}; so long a silence is unusual for them."


def _stars(rating: Rating) -> str:
    return f"{rating.score.normalize():f} of {rating.best}"


def _local(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()
