"""A calendar of a place that we read at its address, and what became of each of its events."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from amends.customers.visit import Visit
from amends.kit.claims import claim
from amends.kit.clock import now
from amends.kit.errors import Impossible
from amends.kit.outside import Refused, Unreachable, must_be_outside, parsed
from amends.kit.refs import RefField
from amends.kit.sealing import seal, unseal
from amends.people.place import Place

if TYPE_CHECKING:
    from datetime import datetime

    from amends.people.person import Person

PURPOSE = "calendars"
EVERY = timedelta(minutes=5)
WHOLE_EVERY = timedelta(hours=1)  # though nothing changed there: somebody may be a customer now
PAUSES = (timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))


class NoCalendar(Impossible):
    code = "no-calendar"


class CalendarQuerySet(models.QuerySet["Calendar"]):
    def due(self, *, at: datetime) -> CalendarQuerySet:
        return self.filter(next_at__lte=at)


class Calendar(models.Model):
    """The address holds a secret: sealed while it is kept, and shown to nobody again."""

    ref = RefField()
    place = models.ForeignKey(Place, models.CASCADE, related_name="calendars")
    name = models.CharField(max_length=80)
    sealed = models.TextField()
    next_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    whole_at = models.DateTimeField(null=True)
    etag = models.CharField(max_length=200, blank=True)
    trouble = models.CharField(max_length=300, blank=True)
    troubles = models.PositiveSmallIntegerField(default=0)

    objects = CalendarQuerySet.as_manager()

    class Meta:
        ordering = ["place", "name", "pk"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def add(cls, *, name: str, place: Place, url: str, by: Person) -> Calendar:
        _owner(by)
        return cls.objects.create(
            name=name.strip()[:80],
            place=place,
            sealed=seal(understood(url), purpose=PURPOSE),
            next_at=now(),
        )

    def take_away(self, *, by: Person) -> None:
        """Who has booked stays booked."""
        _owner(by)
        self.delete()

    def read_now(self, *, by: Person) -> None:
        _owner(by)
        Calendar.objects.filter(pk=self.pk).update(next_at=now(), etag="")

    @property
    def url(self) -> str:
        return unseal(self.sealed, purpose=PURPOSE)

    @property
    def known(self) -> int:
        return self.bookings.exclude(visit=None).count()

    @property
    def unknown(self) -> int:
        return self.bookings.filter(visit=None).count()

    def claim(self, *, at: datetime) -> bool:
        """Won by one worker, who has until the next time to come back."""
        due = Calendar.objects.due(at=at).filter(pk=self.pk, next_at=self.next_at)
        return claim(due, next_at=at + EVERY)

    def was_read(self, *, at: datetime, etag: str, is_whole: bool) -> None:
        """`etag`: what to name next time, so that nothing travels while nothing changed."""
        told: dict[str, Any] = {"read_at": at, "etag": etag[:200], "trouble": "", "troubles": 0}
        if is_whole:
            told["whole_at"] = at
        Calendar.objects.filter(pk=self.pk).update(**told)

    def was_not_read(self, why: str, *, at: datetime) -> None:
        pause = PAUSES[min(self.troubles, len(PAUSES) - 1)]
        Calendar.objects.filter(pk=self.pk).update(
            trouble=why[:300], troubles=models.F("troubles") + 1, next_at=at + pause
        )


class Booking(models.Model):
    """One event: the visit it became, or none while nobody we know is meant. Whom it names beside
    that is not kept."""

    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="bookings")
    key = models.CharField(max_length=64)
    visit = models.ForeignKey(Visit, models.CASCADE, null=True, related_name="+")
    starts_at = models.DateTimeField()
    told = models.CharField(max_length=64)
    is_missing = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["calendar", "key"], name="booked_once")]

    def __str__(self) -> str:
        return f"{self.calendar} {self.starts_at:%d %B %H:%M}"


@transaction.atomic
def forget_past(*, before: datetime) -> None:
    Booking.objects.filter(starts_at__lt=before).delete()


def understood(url: str) -> str:
    """An address that can be asked, as it will be; never repeated in what we say of it."""
    plain = url.strip()
    if plain.lower().startswith(("webcal://", "webcals://")):
        plain = f"https://{plain.partition('://')[2]}"
    try:
        parts = parsed(plain)
        must_be_outside(parts.hostname or "", parts.port or 443)
    except (Refused, Unreachable) as no:
        raise NoCalendar(str(no)) from None
    return plain


def _owner(by: Person) -> None:
    if not by.is_owner:
        raise NoCalendar("Only an owner can change this.")
