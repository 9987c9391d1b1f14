"""A call: a customer is on the telephone. The card hangs on it until they have rung off."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models

from amends.customers.customer import Customer
from amends.kit.claims import claim
from amends.kit.refs import RefField
from amends.people.person import Person
from amends.people.place import Place

if TYPE_CHECKING:
    from datetime import datetime

FORGOTTEN_AFTER = timedelta(minutes=30)  # nobody said that they rang off


class CallQuerySet(models.QuerySet["Call"]):
    def visible_to(self, person: Person) -> CallQuerySet:
        return self if person.sees_every_place else self.filter(place__in=person.places_seen())

    def ringing(self, *, at: datetime) -> CallQuerySet:
        return self.filter(ended_at=None, at__range=(at - FORGOTTEN_AFTER, at))

    def with_people(self) -> CallQuerySet:
        return self.select_related("customer", "place")


class Call(models.Model):
    """One call of a customer we know, told by the telephone system."""

    ref = RefField()
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="calls")
    place = models.ForeignKey(Place, models.PROTECT, related_name="calls")
    outside_id = models.CharField(max_length=100, null=True, unique=True)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(
                fields=["place", "at"], condition=models.Q(ended_at=None), name="call_ringing"
            ),
            models.Index(fields=["customer", "-at"], name="call_of_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.customer.called} on the telephone"

    def end(self, *, at: datetime) -> bool:
        won = claim(Call.objects.filter(pk=self.pk, ended_at=None), ended_at=at)
        self.refresh_from_db()
        return won
