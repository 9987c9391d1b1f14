"""How this installation sends: what the owner decided about undoing, quoting and the second way."""

from __future__ import annotations

from django.db import models

HELD_LONGER = 5  # seconds beyond what is shown, so that an undo pressed at the last moment counts


class Sending(models.Model):
    """One row, or none: then what stands here holds."""

    undo_seconds = models.PositiveSmallIntegerField(default=20)
    quotes = models.BooleanField(default=True)
    second_allowed = models.BooleanField(default=False)
    second_after_minutes = models.PositiveIntegerField(default=30)
    dkim_selector = models.CharField(max_length=63, blank=True)

    class Meta:
        verbose_name_plural = "sending"

    def __str__(self) -> str:
        return f"undo for {self.undo_seconds} s"

    @classmethod
    def rules(cls) -> Sending:
        return cls.objects.first() or cls()
