"""What we know against an address: letters to it came back, or whoever reads it wants none. It
belongs to the address, not to a person: a corrected address is free of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models

from amends.kit.claims import take_turns
from amends.kit.ready import ready

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet

SOFT_FOR = timedelta(days=3)  # longer each time
SOFT_AT_MOST = timedelta(days=30)


class Grip(models.TextChoices):
    HARD = "hard", "letters to it come back"
    SOFT = "soft", "a letter to it came back"
    UNWANTED = "unwanted", "they do not want our mail"


class Mark(models.Model):
    """At most one for each address; the graver stays."""

    address = models.CharField(max_length=320, unique=True)  # in small letters
    grip = models.CharField(max_length=8, choices=Grip.choices)
    why = models.CharField(max_length=300)
    at = models.DateTimeField()
    until = models.DateTimeField(null=True)  # none: until somebody lifts it
    times = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.address}: {self.get_grip_display()}, {self.why}"

    @classmethod
    def put(cls, address: str, grip: Grip, *, why: str, at: datetime) -> Mark:
        """A soft one passes by itself, later each time, and never takes the place of a graver."""
        key = key_of(address)
        take_turns(f"mark {key}")
        mark = Mark.objects.filter(address=key).first()
        if mark is None:
            mark = Mark(address=key, times=0)
        elif grip == Grip.SOFT and mark.grip != Grip.SOFT:
            return mark
        mark.grip, mark.why, mark.at, mark.times = grip, why[:300], at, mark.times + 1
        passing = min(SOFT_FOR * mark.times, SOFT_AT_MOST)
        mark.until = at + passing if grip == Grip.SOFT else None
        mark.save()
        return mark

    @classmethod
    def on(cls, addresses: Iterable[str], *, at: datetime) -> dict[str, Mark]:
        """What stands against these now, by address in small letters."""
        keys = {key_of(address) for address in addresses if address}
        if not keys:
            return {}
        marks = _on(tuple(sorted(keys)))
        return {mark.address: mark for mark in marks if mark.stands(at)}

    @classmethod
    def will_be_looked_for(cls, address: str) -> None:
        """Asked for along with the next question."""
        _on.ahead((key_of(address),))

    @classmethod
    def lift(cls, address: str) -> bool:
        """Somebody says that it works, or that they do want our mail."""
        lifted, _ = Mark.objects.filter(address=key_of(address)).delete()
        return lifted > 0

    def stands(self, at: datetime) -> bool:
        return self.until is None or self.until > at

    @property
    def closes(self) -> bool:
        """No letter at all goes there, until somebody has looked."""
        return self.grip == Grip.HARD


@ready
def _on(keys: tuple[str, ...]) -> QuerySet[Mark]:
    return Mark.objects.filter(address__in=keys)


def key_of(address: str) -> str:
    return address.strip().lower()[:320]
