"""How many quiet customers a day, whatever found them: more than people can see to helps nobody."""

from __future__ import annotations

from django.db import models

IN_ALL = 40


class Pace(models.Model):
    """One row: what the owner set."""

    per_day = models.PositiveSmallIntegerField(default=IN_ALL)

    def __str__(self) -> str:
        return f"{self.per_day} a day"

    @classmethod
    def set(cls) -> Pace:
        return cls.objects.order_by("pk").first() or cls()
