"""A watch: a rule, as a row an owner edits, that names customers who were let down, or have gone
quiet, and said nothing."""

from __future__ import annotations

from functools import cached_property
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q

from amends.kit.refs import RefField
from amends.people.person import Person
from amends.people.place import Place
from amends.remedies.remedy import Remedy


class Sees(models.TextChoices):
    LATE = "late", "An order came late"
    MISSING = "missing", "An order never came"
    CANCELLED = "cancelled", "An order was cancelled"
    SHORT = "short", "An order came incomplete"
    RATING = "rating", "A low rating without words"
    REFUND = "refund", "Money went back, and nobody talked"
    QUIET = "quiet", "Somebody has gone quiet"
    FALLING = "falling", "Somebody comes less and less"


# Nobody knows that anything went wrong: there is nothing to be sorry for yet, only to ask.
RHYTHM = frozenset({Sees.QUIET, Sees.FALLING})


class Watch(models.Model):
    """Which of `days`, `mark` and `alive_below` mean something depends on what it sees."""

    ref = RefField()
    sees = models.CharField(max_length=10, choices=Sees.choices)
    name = models.CharField(max_length=120)
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    is_on = models.BooleanField(default=False)
    days = models.PositiveSmallIntegerField(default=0)  # later than, or after the promised day
    within = models.PositiveSmallIntegerField(default=14)  # days; older than that is no news
    mark = models.FloatField(default=0.0)  # rating at most; chance below; fallen by
    alive_below = models.FloatField(default=1.0)
    least = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    per_day = models.PositiveSmallIntegerField(default=10)
    opens = models.BooleanField(default=False)  # makes the recovery itself
    sorry = models.TextField(blank=True)  # our own words when empty
    remedy = models.ForeignKey(Remedy, models.PROTECT, null=True, related_name="+")
    value = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    signs = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    looked_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(null=True)
    changed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "watches"
        constraints = [
            models.CheckConstraint(
                condition=Q(mark__gte=0, mark__lte=1, alive_below__gte=0, alive_below__lte=1),
                name="watch_marks_are_shares",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_of_rhythm(self) -> bool:
        return self.sees in RHYTHM

    @cached_property
    def zone(self) -> ZoneInfo:
        """Whose calendar a promised day is read in: the place's, or that of the first one."""
        place = self.place or Place.objects.order_by("pk").first()
        return place.zone if place else ZoneInfo("UTC")
