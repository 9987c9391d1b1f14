"""A restatement: «so what you're telling me is…», which the customer confirms or corrects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from amends.kit.claims import claim
from amends.kit.errors import Impossible
from amends.kit.refs import RefField
from amends.people.person import Person
from amends.recovery.recovery import Recovery

if TYPE_CHECKING:
    from datetime import datetime


class AlreadyAnswered(Impossible):
    code = "already-answered"


class NoWords(Impossible):
    code = "no-words"


class Restatement(models.Model):
    """Our telling of their story. A new one replaces the one before; each keeps its answer."""

    ref = RefField()
    recovery = models.ForeignKey(Recovery, models.PROTECT, related_name="restatements")
    words = models.TextField()
    hurt_most = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    corrected_at = models.DateTimeField(null=True)
    correction = models.TextField(blank=True)

    class Meta:
        ordering = ["said_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(corrected_at=None),
                name="restatement_has_one_answer",
            )
        ]

    def __str__(self) -> str:
        return self.words[:80]

    @classmethod
    def say(
        cls, recovery: Recovery, *, words: str, hurt_most: str, by: Person, at: datetime
    ) -> Restatement:
        if not words.strip():
            raise NoWords("Say back, in your own words, what you have understood.")
        return cls.objects.create(
            recovery=recovery,
            words=words.strip(),
            hurt_most=hurt_most.strip()[:300],
            by=by,
            said_at=at,
        )

    def confirm(self, *, at: datetime) -> None:
        self._answer(confirmed_at=at)

    def correct(self, *, words: str, at: datetime) -> None:
        if not words.strip():
            raise NoWords("Please tell us what we got wrong.")
        self._answer(corrected_at=at, correction=words.strip())

    def _answer(self, **answer: object) -> None:
        unanswered = Restatement.objects.filter(pk=self.pk, confirmed_at=None, corrected_at=None)
        if not claim(unanswered, **answer):
            raise AlreadyAnswered("This has already been answered. Thank you.")
        self.refresh_from_db()
