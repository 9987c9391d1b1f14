"""A message that could not be taken out of its mailbox: tried again later, and at last given up."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F

from amends.kit.clock import now
from amends.mailroom.mailbox import Mailbox

if TYPE_CHECKING:
    from collections.abc import Sequence

DIED = "The connection, or Amends itself, stopped while it was being taken."
LAST_TRY, LAST_DEATH = 3, 5  # a machine that is switched off is seldom the fault of the message
WAITS = {1: timedelta(minutes=1)}
LONGER = timedelta(minutes=5)


class StuckQuerySet(models.QuerySet["Stuck"]):
    def waiting(self, mailbox: Mailbox) -> Self:
        """Those to be tried again."""
        mine = self.filter(mailbox=mailbox, uid_validity=mailbox.uid_validity, given_up_at=None)
        return mine.order_by("uid")


class Stuck(models.Model):
    """A message that could not be taken: why, and how often it was tried. It holds up no other."""

    mailbox = models.ForeignKey(Mailbox, models.CASCADE, related_name="stuck")
    uid_validity = models.BigIntegerField()
    uid = models.BigIntegerField()
    size = models.PositiveBigIntegerField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.TextField(blank=True)
    at = models.DateTimeField()
    next_at = models.DateTimeField()
    given_up_at = models.DateTimeField(null=True)

    objects = StuckQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["mailbox", "uid_validity", "uid"], name="stuck_once")
        ]

    def __str__(self) -> str:
        return f"message {self.uid} of {self.mailbox}"

    @classmethod
    def note(cls, mailbox: Mailbox, uid: int, trouble: str) -> Stuck:
        """One more try that came to nothing."""
        at = now()
        stuck, _ = cls.objects.get_or_create(
            mailbox=mailbox,
            uid=uid,
            uid_validity=mailbox.uid_validity or 0,
            defaults={"at": at, "next_at": at},
        )
        stuck.tries, stuck.trouble = stuck.tries + 1, trouble[:2_000]
        stuck.next_at = at if stuck.is_hopeless else at + WAITS.get(stuck.tries, LONGER)
        cls.objects.filter(pk=stuck.pk).update(
            tries=F("tries") + 1, trouble=stuck.trouble, next_at=stuck.next_at
        )
        return stuck

    @property
    def is_hopeless(self) -> bool:
        return self.tries >= (LAST_DEATH if self.trouble == DIED else LAST_TRY)

    def give_up(self, *, size: int | None = None) -> None:
        Stuck.objects.filter(pk=self.pk).update(given_up_at=now(), size=size)

    @classmethod
    def came_loose(cls, mailbox: Mailbox, uids: Sequence[int]) -> None:
        cls.objects.waiting(mailbox).filter(uid__in=uids).delete()
