"""A telling: one notice on its way to one phone or one messenger. It is a row before it is sent, and
won by a conditional UPDATE, so that a worker that dies tells nothing twice and forgets nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from amends.connections.phones.messenger import Messenger
from amends.connections.phones.phone import Phone
from amends.kit.claims import claim
from amends.recovery.notice import PASSING, Notice

if TYPE_CHECKING:
    from datetime import datetime

LEASE = timedelta(seconds=60)  # whoever has not come back by then died on the way
PAUSES = (timedelta(seconds=5), timedelta(seconds=20), timedelta(minutes=1), timedelta(minutes=5))
PASSES = timedelta(minutes=15)  # after that nobody stands at the door any more
KEEPS = timedelta(hours=6)


class TellingQuerySet(models.QuerySet["Telling"]):
    def due(self, *, at: datetime) -> TellingQuerySet:
        free = Q(claimed_at=None) | Q(claimed_at__lte=at - LEASE)
        return self.filter(free, done_at=None, next_at__lte=at)


class Telling(models.Model):
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="tellings")
    phone = models.ForeignKey(Phone, models.CASCADE, null=True, related_name="tellings")
    messenger = models.ForeignKey(Messenger, models.CASCADE, null=True, related_name="tellings")
    next_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=200, blank=True)

    objects = TellingQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "phone"], name="told_a_phone_once"),
            models.UniqueConstraint(fields=["notice", "messenger"], name="told_a_messenger_once"),
            models.CheckConstraint(
                condition=Q(phone=None, messenger__isnull=False)
                | Q(phone__isnull=False, messenger=None),
                name="telling_goes_one_way",
            ),
        ]
        indexes = [models.Index(fields=["next_at"], condition=Q(done_at=None), name="telling_due")]

    def __str__(self) -> str:
        return f"{self.notice} by {self.way}"

    @property
    def way(self) -> Phone | Messenger:
        way = self.phone or self.messenger
        assert way is not None
        return way

    @property
    def perhaps_told(self) -> bool:
        """Somebody was on the way with it, and never said how that went."""
        return self.claimed_at is not None

    @property
    def until(self) -> datetime:
        return self.notice.at + (PASSES if self.notice.about in PASSING else KEEPS)

    def claim(self, *, at: datetime) -> bool:
        mine = Telling.objects.due(at=at).filter(pk=self.pk, claimed_at=self.claimed_at)
        return claim(mine, claimed_at=at)

    def done(self, *, at: datetime, why: str = "") -> None:
        Telling.objects.filter(pk=self.pk).update(done_at=at, why=why[:200])

    def again(self, *, at: datetime, why: str) -> None:
        """After a pause, as long as it is any news."""
        pause = PAUSES[min(self.tries, len(PAUSES) - 1)]
        if at + pause >= self.until:
            self.done(at=at, why=why)
            return
        Telling.objects.filter(pk=self.pk).update(
            claimed_at=None, next_at=at + pause, tries=self.tries + 1, why=why[:200]
        )
