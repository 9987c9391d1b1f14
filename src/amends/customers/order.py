"""What a customer ordered: the trace of a return, and of a failure when it came late, came short or
never came."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models import F, Q

from amends.customers import rhythm
from amends.customers.customer import Customer
from amends.kit.clock import now
from amends.people.person import Person
from amends.people.place import Place

if TYPE_CHECKING:
    from datetime import date, datetime


class OrderQuerySet(models.QuerySet["Order"]):
    def visible_to(self, person: Person) -> OrderQuerySet:
        """Seen where it was placed; an order of no place wherever its customer is known."""
        if person.sees_every_place:
            return self
        here = Q(place__in=person.places_seen())
        known = Customer.objects.visible_to(person)
        return self.filter(here | Q(place=None, customer__in=known))

    def kept(self) -> OrderQuerySet:
        """Purchases: neither cancelled nor sent back whole."""
        kept = Q(refunded=0) | Q(refunded__lt=F("amount"))
        return self.filter(kept, cancelled_at=None)


class Order(models.Model):
    """One order, known by its number in the system it came from."""

    # Of ten million rows each index counts, and each check: a customer's orders are found by the
    # index below, nobody asks for all those of a place, and neither is ever deleted.
    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="orders", db_index=False, db_constraint=False
    )
    place = models.ForeignKey(
        Place,
        models.PROTECT,
        null=True,
        related_name="orders",
        db_index=False,
        db_constraint=False,
    )
    outside_id = models.CharField(max_length=100)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    ordered_at = models.DateTimeField(default=now)
    ordered_on = models.DateField(editable=False)  # the day it was where it was placed
    promised_on = models.DateField(null=True)
    delivered_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)  # by either side; whoever cannot send cancels
    refunded = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    short = models.BooleanField(default=False)  # it came incomplete

    objects = OrderQuerySet.as_manager()

    class Meta:
        ordering = ["-ordered_at"]
        # The last four are for those who were let down and said nothing: of what went right, only
        # the day it was promised for is in them.
        indexes = [
            models.Index(fields=["customer", "-ordered_at"]),
            models.Index(
                fields=["promised_on", "delivered_at"],
                condition=Q(promised_on__isnull=False),
                name="order_promised",
            ),
            models.Index(
                fields=["cancelled_at"],
                condition=Q(cancelled_at__isnull=False),
                name="order_cancelled",
            ),
            models.Index(fields=["ordered_on"], condition=Q(short=True), name="order_short"),
            models.Index(
                fields=["ordered_on"], condition=Q(refunded__gt=0), name="order_money_back"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["outside_id"], name="order_once"),
            models.CheckConstraint(condition=Q(refunded__gte=0), name="order_refunded"),
        ]

    def __str__(self) -> str:
        return self.outside_id

    @classmethod
    @transaction.atomic
    def told(cls, *, customer: Customer, outside_id: str, **facts: Any) -> tuple[Order, bool]:
        """Told once or many times: what is left out stays as it was. The order, and whether it is
        new. The customer's rhythm is right when this returns."""
        first = {"customer": customer, "ordered_at": now(), **facts}
        first["ordered_on"] = day_of(first["ordered_at"], first.get("place"))
        order, is_new = cls.objects.get_or_create(outside_id=outside_id, defaults=first)
        theirs = {order.customer_id, customer.pk}
        if not is_new:
            order = cls.objects.select_for_update().select_related(None).get(pk=order.pk)
            order._also(customer, facts)
        rhythm.retell(theirs)
        return order, is_new

    def _also(self, customer: Customer, facts: dict[str, Any]) -> None:
        self.customer = customer
        for name, value in facts.items():
            setattr(self, name, value)
        self.ordered_on = day_of(self.ordered_at, self.place)
        self.save()


def day_of(moment: datetime, place: Place | None) -> date:
    """The day it is there at that moment; the world's day where no place is known."""
    return moment.astimezone(place.zone if place else UTC).date()
