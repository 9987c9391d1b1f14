"""A rating: so many stars of so many, with or without words. Many who were hurt give one and say
nothing more."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models import F, Q

from amends.customers.customer import Customer
from amends.customers.order import Order
from amends.people.person import Person
from amends.people.place import Place

if TYPE_CHECKING:
    from datetime import datetime

BEST = 5


class RatingQuerySet(models.QuerySet["Rating"]):
    def visible_to(self, person: Person) -> RatingQuerySet:
        """Seen where it was given; one of no place wherever its customer is known."""
        if person.sees_every_place:
            return self
        known = Customer.objects.visible_to(person)
        here = Q(place__in=person.places_seen())
        return self.filter(here | Q(place=None, customer__in=known))


class Rating(models.Model):
    """What a customer gave us: `score` of `best`."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="ratings", db_index=False)
    order = models.ForeignKey(Order, models.PROTECT, null=True, related_name="ratings")
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, related_name="ratings", db_index=False
    )
    outside_id = models.CharField(max_length=100)
    score = models.DecimalField(max_digits=5, decimal_places=2)
    best = models.PositiveSmallIntegerField(default=BEST)
    words = models.TextField(blank=True)
    at = models.DateTimeField()

    objects = RatingQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        indexes = [
            models.Index(fields=["customer", "-at"]),
            models.Index(fields=["at"], condition=Q(words=""), name="rating_without_words"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["outside_id"], name="rating_once"),
            models.CheckConstraint(
                condition=Q(score__gte=0) & Q(score__lte=F("best")), name="rating_within"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.score.normalize():f} of {self.best}"

    @classmethod
    @transaction.atomic
    def told(
        cls, *, customer: Customer, outside_id: str, score: Decimal, at: datetime, **facts: Any
    ) -> tuple[Rating, bool]:
        """Told again it is corrected: what is left out stays as it was."""
        known = {"customer": customer, "score": score, "at": at, **facts}
        return cls.objects.update_or_create(outside_id=outside_id, defaults=known)
