"""Who takes part in a recovery's conversation: the customer, and companions who were let in."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from amends.customers.customer import Address, AddressKind, key_of
from amends.kit.ready import ready
from amends.mailroom.addresses import is_ours
from amends.recovery.recovery import Recovery

if TYPE_CHECKING:
    from django.db.models import QuerySet


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
    if _theirs(recovery.ref, key):
        return TakesPart.CUSTOMER
    let_in = recovery.companions.exclude(leave_given_at=None)
    is_companion = let_in.filter(email__iexact=address.strip()).exists()
    return TakesPart.COMPANION if is_companion else TakesPart.STRANGER


def will_be_part_of(recovery: str, address: str) -> None:
    """Asked for along with the next question."""
    _theirs.ahead(recovery, key_of(AddressKind.EMAIL, address))


@ready
def _theirs(recovery: str, key: str) -> QuerySet[Address, Any]:
    whose = Recovery.objects.filter(ref=recovery).order_by().values("customer")
    known = Address.objects.filter(customer__in=whose, kind=AddressKind.EMAIL, key=key)
    return known.values_list("pk")
