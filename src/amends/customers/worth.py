"""What a customer is likely to bring, with how sure we are of it, and whether they are still with us.
Told anew every night from their rhythm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models

from amends.customers.customer import Customer
from amends.customers.terms import Terms

if TYPE_CHECKING:
    from decimal import Decimal


class Worth(models.Model):
    """One line a customer, as of a day. What their history is too short to say stays empty."""

    customer = models.OneToOneField(
        Customer, models.CASCADE, primary_key=True, related_name="worth"
    )
    as_of = models.DateField()
    rung = models.CharField(max_length=20)  # how much history there was to go by
    p_alive = models.FloatField(null=True)  # how likely still with us
    overdue = models.FloatField(null=True)  # chance of so long a silence from one still with us
    expected = models.FloatField(null=True)  # purchases in the coming year
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)  # over the years set
    low = models.DecimalField(max_digits=14, decimal_places=2, null=True)  # nine in ten come to
    high = models.DecimalField(max_digits=14, decimal_places=2, null=True)  # between these two
    amount_before = models.DecimalField(max_digits=14, decimal_places=2, null=True)  # a quarter ago
    currency = models.CharField(max_length=3, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["-amount"], name="worth_amount"),
            models.Index(fields=["overdue", "p_alive"], name="worth_quiet"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} as of {self.as_of}"


@dataclass(frozen=True)
class Quarrel:
    """A small sum beside a customer who is worth far more (S0-18)."""

    amount: Decimal
    worth: Decimal
    currency: str

    @property
    def times(self) -> int:
        return round(self.worth / self.amount)


def quarrel_over(amount: Decimal | None, *, customer: Customer, currency: str) -> Quarrel | None:
    """The two sums side by side, when the one is too small to quarrel over."""
    worth = getattr(customer, "worth", None)
    if not amount or worth is None or worth.amount is None or worth.currency != currency:
        return None
    if not Terms.ours().is_small(amount, beside=worth.amount):
        return None
    return Quarrel(amount, worth.amount, currency)
