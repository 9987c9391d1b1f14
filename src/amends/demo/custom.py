"""How the town has bought these two years: regulars, strangers, some who went quiet; and a few orders
that came late and of which nobody has said a word."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

from amends.customers.customer import Customer
from amends.customers.order import Order
from amends.customers.rhythm import retell
from amends.customers.spelling import findable, learnable
from amends.customers.terms import Terms
from amends.customers.visit import Visit
from amends.customers.vocabulary import Word
from amends.kit.clock import now

if TYPE_CHECKING:
    from collections.abc import Iterator

    from amends.demo.town import Town
    from amends.people.place import Place

DAYS = 730
EACH = 100  # customers a place, beside those who have a story
LATE = 0.07  # of the orders
FIRST = "Ada Basil Carmen Derek Edith Femi Greta Hassan Iris Jonas Kath Luis Maud Nils Orla Pavel Quinn Rosa Stan Tess Ugo Vera Will Yusuf Zoe"  # fmt: skip
LAST = "Abbott Birch Crane Dunn Ellis Frost Gale Hobbs Irving Judd Kerr Lamb Moss Nye Oakes Pike Rudd Shaw Tate Vale Ward Yates"  # fmt: skip


def buy(town: Town) -> None:
    """Everybody's past, the same in every sample. What an owner would have to say is said for them."""
    chance = Random(1730)  # noqa: S311  a sample, not a secret
    bought = []
    for key, place in town.places.items():
        for customer in _customers(place, chance):
            bought.append(customer)
            days = list(_days(chance))
            mean = chance.lognormvariate(2.9, 0.35)
            if key in ("row", "river"):
                _came(customer, place, days, mean, chance)
            else:
                _ordered(customer, place, days, mean * 1.6, chance)
    retell(bought)
    Terms.objects.get_or_create(
        defaults={"margin_percent": Decimal(35), "rate_percent": Decimal(8)}
    )


def _customers(place: Place, chance: Random) -> list[Customer]:
    """Those of the stories, and as many others as make a town."""
    theirs = list(place.customers.order_by("pk"))
    names = [f"{first} {last}" for first in FIRST.split() for last in LAST.split()]
    some = chance.sample(names, EACH)
    since = now() - timedelta(days=DAYS)
    made = Customer.objects.bulk_create(
        Customer(name=name, known_since=since, findable=findable([name], ())) for name in some
    )
    Word.learn(learnable(some, ()))
    place.customers.add(*made)
    return theirs + made


def _days(chance: Random) -> Iterator[int]:
    """Days ago, the latest last: at a pace of their own, until they leave or until yesterday."""
    ago = float(chance.randrange(30, DAYS))
    pace, leaves = chance.gammavariate(1.1, 1 / 22), chance.betavariate(0.7, 4)
    while ago >= 1:
        yield int(ago)
        if chance.random() < leaves:
            return
        ago -= 1 + chance.expovariate(pace + 1e-4)


def _came(customer: Customer, place: Place, days: list[int], mean: float, chance: Random) -> None:
    Visit.objects.bulk_create(
        Visit(
            customer=customer,
            place=place,
            arrived_at=(at := _moment(place, ago, chance)),
            left_at=at + timedelta(minutes=50),
            amount=_sum(mean, chance),
            currency="GBP",
        )
        for ago in days
    )


def _ordered(
    customer: Customer, place: Place, days: list[int], mean: float, chance: Random
) -> None:
    orders = []
    for ago in days:
        at = _moment(place, ago, chance)
        promised = at.date() + timedelta(days=4)
        late = chance.choice((2, 5, 9)) if chance.random() < LATE else -1
        came = at + timedelta(days=4 + late)
        orders.append(
            Order(
                customer=customer,
                place=place,
                outside_id=f"{place.slug.rsplit('-', 1)[-1][:1].upper()}{customer.pk:04d}{ago:03d}",
                ordered_at=at,
                ordered_on=at.date(),
                promised_on=promised,
                delivered_at=came if came < now() else None,
                amount=_sum(mean, chance),
                currency="GBP",
            )
        )
    Order.objects.bulk_create(orders)


def _moment(place: Place, ago: int, chance: Random) -> datetime:
    on = now().astimezone(place.zone).date() - timedelta(days=ago)
    return datetime.combine(on, time(chance.randrange(10, 14), chance.randrange(60)), place.zone)


def _sum(mean: float, chance: Random) -> Decimal:
    return Decimal(f"{mean * chance.lognormvariate(0, 0.3):.2f}")
