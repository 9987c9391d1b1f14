"""What a call means by a name: a place, a person, an order, always among what the caller sees."""

from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from amends.api.refusing import wrong
from amends.people.person import Person
from amends.people.place import Place

Row = TypeVar("Row", bound=Model)


def meant(rows: QuerySet[Row], field: str, *, words: str = "", **lookup: Any) -> Row:
    """The row that a field of the body names, or the refusal that names the field."""
    found = rows.filter(**lookup).first()
    if found is None:
        raise wrong(field, words or "There is none that you may see.")
    return found


def place(person: Person, name: str, *, field: str = "place") -> Place:
    """By slug or reference; without a name the person's only place."""
    found = place_if_any(person, name, field=field)
    if found is None:
        raise wrong(field, "You see several places: say which, by slug or ref.")
    return found


def place_if_any(person: Person, name: str, *, field: str = "place") -> Place | None:
    seen = Place.objects.visible_to(person).select_related("business")
    if name:
        return meant(seen.filter(Q(slug=name) | Q(ref=name)), field)
    first_two = list(seen[:2])
    return first_two[0] if len(first_two) == 1 else None


def person(by: Person, name: str, *, field: str) -> Person:
    """A colleague by reference or address; «me» is the caller."""
    if name == "me":
        return by
    seen = Person.objects.visible_to(by).active()
    return meant(seen.filter(Q(ref=name) | Q(email=name.lower())), field)


def person_if_any(by: Person, name: str, *, field: str) -> Person | None:
    return person(by, name, field=field) if name else None
