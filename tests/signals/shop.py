"""A shop with customers who were let down and said nothing."""

from datetime import timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from amends.customers.customer import Customer
from amends.customers.order import Order
from amends.customers.rating import Rating
from amends.customers.worth import Worth
from amends.kit.clock import now
from amends.signals import looking, watching
from amends.signals.signal import Signal
from amends.signals.watch import Watch
from tests import cast

numbers = count(1_001)


def customer(name: str = "Judith Lane", **more: Any) -> Customer:
    email = f"{name.lower().replace(' ', '.')}@lane.example"
    return Customer.met(**{"name": name, "email": email, "place": cast.place(), **more})


def order(
    *, of: Customer | None = None, promised: int | None = -4, came: int | None = -1, **more: Any
) -> Order:
    """Days from today; by default promised four days ago and here since yesterday."""
    at = now()
    told = {
        "customer": of or customer(),
        "outside_id": str(next(numbers)),
        "ordered_at": at - timedelta(days=10),
        "promised_on": None if promised is None else (at + timedelta(days=promised)).date(),
        "delivered_at": None if came is None else at + timedelta(days=came),
        "amount": Decimal(40),
        "currency": "GBP",
        "place": cast.place(),
        **more,
    }
    return Order.told(**told)[0]


def rating(*, of: Customer, score: int = 1, days: int = -1, **more: Any) -> Rating:
    at = now() + timedelta(days=days)
    told = {"outside_id": f"r{next(numbers)}", "place": cast.place(), **more}
    return Rating.told(customer=of, score=Decimal(score), at=at, **told)[0]


def worth(*, of: Customer, **more: Any) -> Worth:
    told = {"as_of": now().date(), "rung": "model", "currency": "GBP", **more}
    return Worth.objects.create(customer=of, **told)


def watch(sees: str, *, on: bool = True, **more: Any) -> Watch:
    watching.start_with()
    found = Watch.objects.get(sees=sees)
    return watching.keep(found, by=cast.olive(), is_on=on, **more)


def signal(sees: str = "late", **more: Any) -> Signal:
    """Somebody a watch has named."""
    cast.ana()
    order(**more)
    looking.look(watch(sees), at=now())
    return Signal.objects.with_people().latest("pk")
