"""What is well formed: records that hold, addresses, time zones, weeks without overlap."""

from collections.abc import Iterable
from datetime import time
from itertools import pairwise
from typing import TypeVar
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.text import slugify

from amends.kit.errors import Impossible
from amends.people.business import Business
from amends.people.person import Person, lowered
from amends.people.place import WEEKDAYS, Place

Row = tuple[int, time, time]
Kept = TypeVar("Kept", Business, Place, Person)


def checked(kept: Kept, **changes: str) -> Kept:
    for name, value in changes.items():
        setattr(kept, name, value)
    try:
        kept.full_clean(exclude=["password"])
    except ValidationError as wrong:
        if kept.pk:
            kept.refresh_from_db()
        raise Impossible(" ".join(wrong.messages), code="not-valid") from wrong
    kept.save(update_fields=None if kept._state.adding else changes)
    return kept


def address(email: str) -> str:
    try:
        validate_email(lowered(email))
    except ValidationError as wrong:
        raise Impossible(" ".join(wrong.messages), code="not-valid") from wrong
    return lowered(email)


def known_zone(timezone: str) -> str:
    if timezone not in available_timezones():
        raise Impossible(f"There is no time zone called {timezone}.", code="no-such-zone")
    return timezone


def free_slug(name: str) -> str:
    stem = slugify(name)[:50] or "place"
    taken = set(Place.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(
        slug for slug in [stem, *(f"{stem}-{n}" for n in range(2, 10_000))] if slug not in taken
    )


def apart(week: Iterable[Row]) -> list[Row]:
    """The rows in order, when no stretch of a day runs into the next one of that day."""
    rows = sorted(week)
    for (weekday, opens, closes), (next_weekday, next_opens, _) in pairwise(rows):
        if weekday == next_weekday and (closes <= opens or closes > next_opens):
            raise Impossible(f"Two stretches on {WEEKDAYS[weekday]} overlap.", code="overlap")
    return rows
