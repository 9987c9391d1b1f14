"""A customer gives us so many stars. What is to be seen in them, signals look for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from amends.customers.rating import Rating

if TYPE_CHECKING:
    from amends.customers.customer import Customer


@transaction.atomic
def rate(*, customer: Customer, outside_id: str, **told: Any) -> Rating:
    """Told once or many times; what is left out stays as it was."""
    facts = {name: value for name, value in told.items() if value is not None}
    rating, _ = Rating.told(customer=customer, outside_id=outside_id, **facts)
    if rating.place:
        customer.places.add(rating.place)
    return rating
