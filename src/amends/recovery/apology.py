"""An apology: one, human, after listening, in words of their own, for failures named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from amends.kit.errors import Impossible
from amends.kit.refs import RefField
from amends.people.person import Person
from amends.recovery.complaint import must_have_listened
from amends.recovery.failure import Failure
from amends.recovery.recovery import Recovery

if TYPE_CHECKING:
    from datetime import datetime

SHORTEST = 20  # characters; «Sorry.» alone owns nothing


class AlreadySorry(Impossible):
    """One honest apology will do; after that we thank, report and ask (S2-09, T6)."""

    code = "already-sorry"


class TooShort(Impossible):
    code = "too-short"


class ApologyQuerySet(models.QuerySet["Apology"]):
    def given(self) -> ApologyQuerySet:
        """Not those called back before they left."""
        return self.filter(called_back_at=None)


class Apology(models.Model):
    """Covers every failure not yet apologised for, so a broken promise gets one of its own."""

    ref = RefField()
    recovery = models.ForeignKey(Recovery, models.PROTECT, related_name="apologies")
    failures = models.ManyToManyField(Failure, related_name="apologies")
    words = models.TextField()
    channel = models.CharField(max_length=30)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    called_back_at = models.DateTimeField(null=True)

    objects = ApologyQuerySet.as_manager()

    class Meta:
        ordering = ["said_at", "pk"]
        verbose_name_plural = "apologies"

    def __str__(self) -> str:
        return self.words[:80]

    @classmethod
    def say(
        cls, recovery: Recovery, *, words: str, channel: str, by: Person, at: datetime
    ) -> Apology:
        """What an apology must contain: a person who says it, their own words, and at least one
        failure it is for that nobody has apologised for yet."""
        must_have_listened(recovery)
        if len(words.strip()) < SHORTEST:
            raise TooShort("Say in a sentence of your own what you are sorry for.")
        failures = list(recovery.failures.filter(sorry_at=None))
        claimed = recovery.failures.filter(sorry_at=None).update(sorry_at=at)
        if not failures or claimed != len(failures):
            raise AlreadySorry(
                f"{recovery.customer.called} has already had an apology for this. "
                "Thank them instead, or tell them what you are doing."
            )
        apology = cls.objects.create(
            recovery=recovery, words=words.strip(), channel=channel, by=by, said_at=at
        )
        apology.failures.set(failures)
        return apology

    def call_back(self, *, at: datetime) -> None:
        """It never reached them: what it was for is owed a sorry again."""
        self.failures.update(sorry_at=None)
        self.called_back_at = at
        self.save(update_fields=["called_back_at"])
