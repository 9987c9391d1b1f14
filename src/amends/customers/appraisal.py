"""One reckoning of what all customers are worth, kept with what it rests on and how well it foretold."""

from __future__ import annotations

from django.db import models

from amends.worth.rung import Rung


class Appraisal(models.Model):
    """`figures` is what `amends.worth` needs to tell of one customer, and what the owner is shown."""

    made_at = models.DateTimeField()
    as_of = models.DateField()
    customers = models.PositiveIntegerField()
    rung = models.CharField(max_length=20)
    model = models.CharField(max_length=10, blank=True)
    figures = models.JSONField(default=dict)

    class Meta:
        get_latest_by = "pk"

    def __str__(self) -> str:
        return f"{self.customers} customers as of {self.as_of}"

    @property
    def said(self) -> str:
        """How much may be said, in words."""
        return Rung(self.rung).words

    @classmethod
    def last(cls) -> Appraisal | None:
        return cls.objects.order_by("-pk").first()
