"""Which customer of a place an event is about: by e-mail, by telephone, by a name that only one has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amends.customers.customer import AddressKind, Customer
from amends.people.person import Person

if TYPE_CHECKING:
    from amends.connections.calendar.reading import Event
    from amends.people.place import Place

SHORTEST = 5  # signs of a name that says who is meant


def who(event: Event, *, place: Place) -> Customer | None:
    """Nobody is made a customer by standing in a calendar; whoever works here is nobody's guest."""
    ours = _ours(event.emails)
    for email in event.emails:
        found = None if email in ours else _at(AddressKind.EMAIL, email, place)
        if found is not None:
            return found
    for phone in event.phones:
        found = _at(AddressKind.PHONE, phone, place)
        if found is not None:
            return found
    return _called(event.names, place)


def _at(kind: str, value: str, place: Place) -> Customer | None:
    found = Customer.at(kind, value)
    return found if found is not None and found.places.filter(pk=place.pk).exists() else None


def _ours(emails: tuple[str, ...]) -> set[str]:
    return set(Person.objects.filter(email__in=emails).values_list("email", flat=True))


def _called(names: tuple[str, ...], place: Place) -> Customer | None:
    """A first and a last name, word for word; of two who share it neither."""
    for name in names:
        if len(name) < SHORTEST or " " not in name:
            continue
        found = list(Customer.objects.filter(places=place, name__iexact=name)[:2])
        if len(found) == 1:
            return found[0]
    return None
