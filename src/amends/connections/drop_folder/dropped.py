"""What became of a file that was put into the drop folder."""

from __future__ import annotations

from django.db import models

MOST = 500  # are remembered


class Dropped(models.Model):
    name = models.CharField(max_length=255)
    place = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField()
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=400, blank=True)
    kept_as = models.CharField(max_length=300)

    class Meta:
        verbose_name_plural = "dropped"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def note(cls, **told: object) -> Dropped:
        made = cls.objects.create(**told)
        old = cls.objects.order_by("-pk").values_list("pk", flat=True)[MOST : MOST + 1]
        if found := list(old):
            cls.objects.filter(pk__lte=found[0]).delete()
        return made
