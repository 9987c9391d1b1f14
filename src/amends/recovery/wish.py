"""A wish: what the customer would think fair, in their words, recorded before anything is offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from amends.customers.wants import Wants as Wants
from amends.kit.errors import Impossible
from amends.people.person import Person
from amends.recovery.recovery import Recovery

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal


class NoWish(Impossible):
    code = "no-wish"


class Wish(models.Model):
    """Their words, and the sum in them if there is one. A later wish stands beside the first."""

    recovery = models.ForeignKey(Recovery, models.PROTECT, related_name="wishes")
    words = models.TextField()
    wants = models.CharField(max_length=10, choices=Wants.choices, blank=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    behind_it = models.TextField(blank=True)
    taken_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["said_at", "pk"]
        verbose_name_plural = "wishes"

    def __str__(self) -> str:
        return self.words[:80]

    @classmethod
    def take(
        cls,
        recovery: Recovery,
        *,
        words: str,
        at: datetime,
        wants: str = "",
        amount: Decimal | None = None,
        behind_it: str = "",
        by: Person | None = None,
    ) -> Wish:
        if not words.strip() and wants != Wants.HEARD:
            raise NoWish("What would they think fair? Write it in their own words.")
        return cls.objects.create(
            recovery=recovery,
            words=words.strip() or "I only wanted you to know.",
            wants=wants,
            amount=amount,
            behind_it=behind_it.strip(),
            taken_by=by,
            said_at=at,
        )
