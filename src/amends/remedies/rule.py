"""Rules of the house that may be bent for one customer, with a reason (S4-10, S4-11)."""

from __future__ import annotations

from django.db import models

from amends.kit.refs import RefField


class Rule(models.Model):
    ref = RefField()
    name = models.CharField(max_length=120)
    words = models.CharField(max_length=300, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
