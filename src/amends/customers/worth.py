"""What a customer is likely to bring, with how sure we are of it, and whether they are still with us.
Told anew every night from their rhythm."""

from __future__ import annotations

from django.db import models

from amends.customers.customer import Customer


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
    amount_before = models.DecimalField(max_digits=14, decimal_places=2, null=True)  # a quarter ago
    currency = models.CharField(max_length=3, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["-amount"], name="worth_amount"),
            models.Index(fields=["overdue", "p_alive"], name="worth_quiet"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} as of {self.as_of}"
