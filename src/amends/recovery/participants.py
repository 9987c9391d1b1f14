"""Who takes part in a recovery's conversation: the customer, and companions who were let in."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from amends.customers.customer import Address, AddressKind, key_of
from amends.kit.ready import ready
from amends.mailroom.addresses import is_ours

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from amends.recovery.recovery import Recovery


class TakesPart(Enum):
    """What an address is to a recovery. It is a claim until it is proven (mailroom/trust.py)."""

    CUSTOMER = "customer"
    COMPANION = "companion"
    STRANGER = "stranger"


def part_of(recovery: Recovery, address: str) -> TakesPart:
    """Asked anew for each letter: who has left a recovery is a stranger to it."""
    if not address.strip() or is_ours(address):
        return TakesPart.STRANGER
    key = key_of(AddressKind.EMAIL, address)
    if _theirs(recovery.customer_id, key):
        return TakesPart.CUSTOMER
    let_in = recovery.companions.exclude(leave_given_at=None)
    is_companion = let_in.filter(email__iexact=address.strip()).exists()
    return TakesPart.COMPANION if is_companion else TakesPart.STRANGER


@ready
def _theirs(customer: int, key: str) -> QuerySet[Address, Any]:
    known = Address.objects.filter(customer=customer, kind=AddressKind.EMAIL, key=key)
    return known.values_list("pk")
