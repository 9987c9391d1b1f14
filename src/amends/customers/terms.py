"""On what terms a customer's worth is reckoned: the owner's own figures. There are no others to start
from: whoever has not set them sees no sum."""

from __future__ import annotations

from decimal import Decimal

from django.db import models

HUNDRED = Decimal(100)


class Terms(models.Model):
    """One row, or none: then only what needs no figure of the owner's is told."""

    margin_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    rate_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    years = models.PositiveSmallIntegerField(default=10)
    quarrel_percent = models.DecimalField(max_digits=5, decimal_places=2, default=Decimal(5))

    class Meta:
        verbose_name_plural = "terms"

    def __str__(self) -> str:
        return f"{self.margin_percent} % over {self.years} years"

    @classmethod
    def ours(cls) -> Terms:
        return cls.objects.first() or cls()

    @property
    def are_set(self) -> bool:
        return self.margin_percent is not None and self.rate_percent is not None

    @property
    def margin(self) -> float:
        """The share of what they pay that stays with us."""
        return float((self.margin_percent or 0) / HUNDRED)

    @property
    def rate(self) -> float:
        """What a year's waiting takes off a sum."""
        return float((self.rate_percent or 0) / HUNDRED)

    @property
    def days(self) -> int:
        return 365 * self.years

    def is_small(self, amount: Decimal, beside: Decimal) -> bool:
        """Too little to quarrel over with a customer worth the other sum (S0-18)."""
        return 0 < amount < beside * self.quarrel_percent / HUNDRED
