"""A visit: expected, here, greeted, gone. The card «greet by name» hangs on it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from amends.customers.customer import Customer
from amends.kit.claims import claim
from amends.kit.errors import Impossible
from amends.kit.refs import RefField
from amends.people.person import Person
from amends.people.place import Place

if TYPE_CHECKING:
    from datetime import datetime


GONE_AFTER = timedelta(hours=12)  # whoever never said goodbye is taken to have gone by then
AROUND = timedelta(hours=2)  # so early or so late, a booking still counts


class AlreadyGreeted(Impossible):
    code = "already-greeted"


class VisitQuerySet(models.QuerySet["Visit"]):
    def visible_to(self, person: Person) -> VisitQuerySet:
        if person.sees_every_place:
            return self
        return self.filter(place__in=person.places_seen())

    def between(self, start: datetime, end: datetime) -> VisitQuerySet:
        return self.filter(
            Q(arrived_at__range=(start, end)) | Q(arrived_at=None, expected_at__range=(start, end))
        )

    def here(self, *, at: datetime) -> VisitQuerySet:
        return self.filter(arrived_at__range=(at - GONE_AFTER, at), left_at=None)

    def expected(self, *, at: datetime, until: datetime) -> VisitQuerySet:
        """Booked and not here yet; those a little late are still expected."""
        due = (at - AROUND, until)
        coming = self.filter(arrived_at=None, left_at=None, cancelled_at=None)
        return coming.filter(expected_at__range=due)

    def paid(self) -> VisitQuerySet:
        """Purchases, each at the moment `there_at`."""
        there_at = Coalesce("arrived_at", "left_at", "expected_at")
        paid = self.filter(amount__gt=0, cancelled_at=None).alias(there_at=there_at)
        return paid.exclude(there_at=None)

    def with_people(self) -> VisitQuerySet:
        return self.select_related("customer", "place", "greeted_by")


class Visit(models.Model):
    """A customer at a place, booked or walked in."""

    ref = RefField()
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="visits")
    place = models.ForeignKey(Place, models.PROTECT, related_name="visits")
    outside_id = models.CharField(max_length=100, null=True, unique=True)
    table = models.CharField(max_length=40, blank=True)
    expected_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    greeted_at = models.DateTimeField(null=True)
    greeted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="greeted")
    left_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ["-arrived_at", "-expected_at"]
        indexes = [
            models.Index(fields=["place", "arrived_at"]),
            models.Index(fields=["place", "expected_at"]),
            models.Index(fields=["customer", "-arrived_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.customer.called} at {self.place}"

    def arrive(self, *, at: datetime, table: str = "") -> bool:
        """True for the one who said so first."""
        won = claim(
            Visit.objects.filter(pk=self.pk, arrived_at=None),
            arrived_at=at,
            cancelled_at=None,
            table=table.strip()[:40] or self.table,
        )
        self.refresh_from_db()
        return won

    def greet(self, *, by: Person, at: datetime) -> None:
        """Two people may press at once; the first one greeted."""
        won = Visit.objects.filter(pk=self.pk, greeted_at=None).update(greeted_at=at, greeted_by=by)
        self.refresh_from_db()
        if not won:
            who = self.greeted_by.name if self.greeted_by else "Somebody"
            raise AlreadyGreeted(f"{who} has already greeted {self.customer.called}.")

    def leave(self, *, at: datetime) -> None:
        Visit.objects.filter(pk=self.pk, left_at=None).update(left_at=at)
        self.refresh_from_db()

    @property
    def where(self) -> str:
        """«table 7», or as somebody wrote it."""
        return f"table {self.table}" if self.table.isdigit() else self.table

    @property
    def at(self) -> datetime | None:
        return self.arrived_at or self.expected_at
