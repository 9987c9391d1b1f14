"""What a customer ordered: the trace of a return, and of a failure when it came late."""

from __future__ import annotations

from django.db import models

from amends.customers.customer import Customer
from amends.kit.clock import now
from amends.people.person import Person
from amends.people.place import Place


class OrderQuerySet(models.QuerySet["Order"]):
    def visible_to(self, person: Person) -> OrderQuerySet:
        """Seen where it was placed; an order of no place wherever its customer is known."""
        if person.sees_every_place:
            return self
        here = models.Q(place__in=person.places_seen())
        known = Customer.objects.visible_to(person)
        return self.filter(here | models.Q(place=None, customer__in=known))


class Order(models.Model):
    """One order, known by its number in the system it came from."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="orders")
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="orders")
    outside_id = models.CharField(max_length=100, unique=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    ordered_at = models.DateTimeField(default=now)
    promised_on = models.DateField(null=True)
    delivered_at = models.DateTimeField(null=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        ordering = ["-ordered_at"]
        indexes = [models.Index(fields=["customer", "-ordered_at"])]

    def __str__(self) -> str:
        return self.outside_id
