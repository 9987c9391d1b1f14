"""A made-up town of buyers, for tests that need a history: how often, how long, how much."""

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from amends.customers.customer import Customer
from amends.customers.order import Order
from amends.customers.rhythm import Rhythm, retell

AS_OF = date(2026, 5, 31)


def buyers(number: int, *, days: int = 720, seed: int = 1, currency: str = "GBP") -> list[Customer]:
    """Whoever they are, each comes at a pace of their own and may leave after any purchase."""
    chance = random.Random(seed)
    customers = Customer.objects.bulk_create(
        Customer(name=f"Buyer {at}", known_as=f"b{at}") for at in range(number)
    )
    Rhythm.objects.bulk_create(_rhythm(one, chance, days, currency) for one in customers)
    return customers


def _rhythm(customer: Customer, chance: random.Random, days: int, currency: str) -> Rhythm:
    age = chance.randrange(30, days)
    pace, leaves = chance.gammavariate(0.9, 1 / 25), chance.betavariate(0.8, 2.5)
    days_bought, day = {0}, 0.0
    while chance.random() > leaves and (day := day + chance.expovariate(pace + 1e-6)) < age:
        days_bought.add(int(day))
    mean = chance.lognormvariate(3, 0.4)
    again = Decimal(f"{mean * (len(days_bought) - 1):.2f}")
    first = AS_OF - timedelta(days=age)
    return Rhythm(
        customer=customer,
        currency=currency,
        purchases=len(days_bought),
        first_on=first,
        last_on=first + timedelta(days=max(days_bought)),
        spent=again + Decimal(f"{mean:.2f}"),
        spent_again=again,
        paid_again=len(days_bought) - 1,
    )


def shoppers(number: int, *, days: int = 720, seed: int = 1) -> list[Customer]:
    """The same, with every order of theirs."""
    customers = buyers(number, days=days, seed=seed)
    chance = random.Random(seed)
    Order.objects.bulk_create(
        Order(
            customer=rhythm.customer,
            outside_id=f"{rhythm.pk}-{on.isoformat()}",
            ordered_on=on,
            ordered_at=datetime(on.year, on.month, on.day, 12, tzinfo=UTC),
            amount=Decimal(f"{chance.lognormvariate(3, 0.4):.2f}"),
            currency="GBP",
        )
        for rhythm in Rhythm.objects.filter(customer__in=customers).select_related("customer")
        for on in _days(rhythm, chance)
    )
    retell(customers)
    return customers


def _days(rhythm: Rhythm, chance: random.Random) -> set[date]:
    """As many days as it says, the first and the last among them."""
    span = (rhythm.last_on - rhythm.first_on).days
    between = chance.sample(
        range(1, max(span, 1)),
        min(rhythm.purchases, max(span, 1)) - 2 if span > 1 and rhythm.purchases > 2 else 0,
    )
    return {
        rhythm.first_on,
        rhythm.last_on,
        *(rhythm.first_on + timedelta(days=at) for at in between),
    }
