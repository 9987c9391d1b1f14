"""A place: a shop, restaurant, branch or team, with the hours it is open."""

from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q

from amends.kit.errors import Impossible
from amends.kit.refs import RefField
from amends.people.business import Business

if TYPE_CHECKING:
    from amends.people.person import Person

WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
WEEKDAY_CHOICES = list(enumerate(WEEKDAYS))


class NoSuchPlace(Impossible):
    code = "no-such-place"


class PlaceQuerySet(models.QuerySet["Place"]):
    def visible_to(self, person: "Person") -> Self:
        """Owner and auditor see every place, others the places they work at."""
        if not person.is_active:
            return self.none()
        if person.sees_every_place:
            return self
        return self.filter(work__person=person)

    def with_hours(self) -> Self:
        return self.prefetch_related("opening_hours", "special_days")

    def run_by(self, person: "Person") -> Self:
        """The places whose people and hours this person may change."""
        if not person.may_write or not person.is_manager:
            return self.none()
        return self.visible_to(person)


class Place(models.Model):
    """Where customers meet us, with its own people, hours and time zone."""

    ref = RefField()
    slug = models.SlugField(max_length=60, unique=True)
    business = models.ForeignKey(Business, models.PROTECT, related_name="places")
    name = models.CharField(max_length=120)
    timezone = models.CharField(max_length=64, default="Europe/London")
    phone = models.CharField(max_length=40, blank=True)
    street = models.CharField(max_length=240, blank=True)
    mail_address = models.EmailField(blank=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def called(cls, name: str) -> "Place":
        """By its short name or its ref, as somebody types it."""
        found = cls.objects.filter(Q(slug=name) | Q(ref=name)).first()
        if found is None:
            known = ", ".join(cls.objects.values_list("slug", flat=True)[:20])
            raise NoSuchPlace(f"There is no place {name}. There are: {known or 'none yet'}.")
        return found

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


class OpeningHours(models.Model):
    """One stretch of a weekday; several make a split shift; closing at or before opening
    means past midnight."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField(choices=WEEKDAY_CHOICES)
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        verbose_name_plural = "opening hours"
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="opening_hours_weekday"),
            models.UniqueConstraint(fields=["place", "weekday", "opens"], name="opens_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"


class SpecialDay(models.Model):
    """A date whose hours replace the weekday's; without hours the place is closed that day."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="special_days")
    on = models.DateField()
    opens = models.TimeField(null=True, blank=True)
    closes = models.TimeField(null=True, blank=True)
    name = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["on", "opens"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens__isnull=True, closes__isnull=True)
                | Q(opens__isnull=False, closes__isnull=False),
                name="special_day_both_or_neither",
            ),
            models.UniqueConstraint(F("place"), F("on"), F("opens"), name="special_day_opens_once"),
        ]

    def __str__(self) -> str:
        hours = (
            f"{self.opens:%H:%M}–{self.closes:%H:%M}" if self.opens and self.closes else "closed"
        )
        return f"{self.on:%d %B %Y} {hours}"
