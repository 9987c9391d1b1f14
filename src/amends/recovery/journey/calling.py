"""The customer is on the telephone: those on duty see who it is before they answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from amends.customers.call import Call
from amends.kit.claims import take_turns
from amends.kit.clock import now
from amends.people.person import Person
from amends.recovery.journey.hosting import let_down, recoveries_of, tell_those_on_duty
from amends.recovery.notice import About
from amends.recovery.promise import Promise

if TYPE_CHECKING:
    from amends.customers.customer import Customer
    from amends.people.place import Place


@transaction.atomic
def call(customer: Customer, *, place: Place, outside_id: str | None = None) -> Call:
    """It rings. Told twice with the same number of the telephone system, it rang once."""
    at = now()
    if outside_id:
        take_turns(f"call {outside_id}")
        known = Call.objects.with_people().filter(outside_id=outside_id).first()
        if known is not None:
            return known
    ringing = Call.objects.create(customer=customer, place=place, outside_id=outside_id, at=at)
    recoveries = recoveries_of(customer) or list(let_down([customer.pk], at=at).values())
    tell_those_on_duty(recoveries, place=place, about=About.CALL, words=_words(customer), at=at)
    return ringing


@transaction.atomic
def rang_off(call: Call, *, by: Person) -> None:
    """Nothing happened to a recovery, so no timeline says anything."""
    call.end(at=now())


def _words(customer: Customer) -> str:
    owed = Promise.objects.open().filter(recovery__customer=customer).order_by("due_at", "pk")
    first = owed.first()
    called = f"{customer.called} is calling."
    return f"{called} We owe: {first.words}" if first else f"{called} Let down not long ago."
