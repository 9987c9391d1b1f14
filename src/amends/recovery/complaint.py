"""A complaint: what the customer said, in their words, on any channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from amends.kit.errors import Impossible
from amends.kit.ready import add_unnumbered
from amends.kit.refs import RefField
from amends.mailroom.letter import Letter
from amends.people.person import Person
from amends.recovery.recovery import Recovery

if TYPE_CHECKING:
    from datetime import datetime

# Where a complaint can come from. The list is open-ended: any word is stored (S2-13).
CHANNELS = ["in person", "telephone", "e-mail", "web form", "letter", "fax", "text message", "API"]
FACE_TO_FACE = frozenset({"in person", "telephone"})


class NotYetRead(Impossible):
    code = "story-not-read"


class Complaint(models.Model):
    """The customer's own words. They are never edited; more words are another complaint."""

    ref = RefField()
    recovery = models.ForeignKey(Recovery, models.PROTECT, related_name="complaints")
    channel = models.CharField(max_length=30)
    words = models.TextField()
    said_at = models.DateTimeField()
    taken_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_index=False
    )
    letter = models.OneToOneField(Letter, models.PROTECT, null=True, related_name="complaint")

    class Meta:
        ordering = ["said_at", "pk"]

    def __str__(self) -> str:
        return self.words[:80]

    @classmethod
    def take(
        cls,
        recovery: Recovery,
        *,
        channel: str,
        words: str,
        at: datetime,
        by: Person | None = None,
        letter: Letter | None = None,
    ) -> Complaint:
        complaint = cls(
            recovery=recovery,
            channel=channel[:30],
            words=words,
            said_at=at,
            taken_by=by,
            letter=letter,
        )
        add_unnumbered(complaint)
        return complaint


def must_have_listened(recovery: Recovery) -> None:
    """Let them finish first: nothing is answered before somebody has read the story (S4-22).
    What we found ourselves has no story to read (T5)."""
    if recovery.listened_at is None and recovery.complaints.exists():
        raise NotYetRead("Please read the story first.")
