"""An alarm: a trouble of the installation told once, by a road other than e-mail, and once more when
it is over."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from amends.kit.claims import claim

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

LASTS = timedelta(minutes=1)  # a hiccup is no trouble
NOT_AGAIN = timedelta(hours=1)  # one that comes and goes is told once in this time
AFTER_FAILURE = timedelta(minutes=5)


class AlarmQuerySet(models.QuerySet["Alarm"]):
    def to_tell(self, at: datetime) -> Self:
        """There for long enough, and not told lately."""
        quiet = Q(cleared_at=None) | Q(cleared_at__lte=at - NOT_AGAIN)
        lasting = self.filter(quiet, told_at=None, since__lte=at - LASTS)
        return lasting.filter(next_try_at__lte=at, over_at=None)

    def to_clear(self, at: datetime) -> Self:
        return self.filter(told_at__isnull=False, over_at__lte=at - LASTS, next_try_at__lte=at)


class Alarm(models.Model):
    """One trouble by its name; it stays when it is over, so that it is not told all the time."""

    about = models.CharField(max_length=60, unique=True)
    words = models.TextField()
    since = models.DateTimeField()
    seen_at = models.DateTimeField()
    over_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    cleared_at = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField()

    objects = AlarmQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]

    def __str__(self) -> str:
        return self.words

    @classmethod
    def note(cls, troubles: Mapping[str, str], *, at: datetime) -> None:
        """What is wrong now. What is not among it is over, or at least not seen."""
        known = {alarm.about: alarm for alarm in cls.objects.all()}
        for about, words in troubles.items():
            alarm = known.get(about)
            if alarm is None:
                row = {"words": words, "since": at, "seen_at": at, "next_try_at": at}
                cls.objects.get_or_create(about=about, defaults=row)
            elif alarm.over_at:
                back = {"since": at} if alarm.told_at is None else {}
                cls.objects.filter(pk=alarm.pk).update(
                    words=words, seen_at=at, over_at=None, **back
                )
            else:
                cls.objects.filter(pk=alarm.pk).update(words=words, seen_at=at)
        gone = [about for about, alarm in known.items() if about not in troubles]
        cls.objects.filter(about__in=gone, over_at=None).update(over_at=at)

    def claim_telling(self, *, at: datetime) -> bool:
        """Of two that look at once one tells."""
        return claim(Alarm.objects.to_tell(at).filter(pk=self.pk), told_at=at)

    def claim_clearing(self, *, at: datetime) -> bool:
        done = {"told_at": None, "cleared_at": at}
        return claim(Alarm.objects.to_clear(at).filter(pk=self.pk), **done)

    def not_told(self, *, at: datetime, told_at: datetime | None) -> None:
        """The road was closed: again in a while."""
        Alarm.objects.filter(pk=self.pk).update(
            told_at=told_at, cleared_at=self.cleared_at, next_try_at=at + AFTER_FAILURE
        )
