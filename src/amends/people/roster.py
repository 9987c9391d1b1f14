"""Who is on duty at a place at a moment, and who stands in for whom."""

from django.db import models
from django.db.models import F, Q

from amends.people.person import Person
from amends.people.place import WEEKDAY_CHOICES, Place


class Shift(models.Model):
    """A weekly stretch of work at a place. Somebody without any shift at a place works
    whenever it is open."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="shifts")
    place = models.ForeignKey(Place, models.CASCADE, related_name="shifts")
    weekday = models.PositiveSmallIntegerField(choices=WEEKDAY_CHOICES)
    starts = models.TimeField()
    ends = models.TimeField()

    class Meta:
        ordering = ["weekday", "starts"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="shift_weekday"),
            models.UniqueConstraint(
                fields=["person", "place", "weekday", "starts"], name="shift_starts_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.starts:%H:%M}–{self.ends:%H:%M}"


class Away(models.Model):
    """Somebody is away for a while, and who covers for them."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="away")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    cover = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="covers")
    why = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name_plural = "away"
        ordering = ["from_at"]
        indexes = [models.Index(fields=["until_at", "from_at"], name="away_when")]
        constraints = [
            models.CheckConstraint(condition=Q(until_at__gt=F("from_at")), name="away_ends_later"),
            models.CheckConstraint(
                condition=Q(cover__isnull=True) | ~Q(cover=F("person")), name="away_cover_is_other"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} away until {self.until_at:%d %B}"
