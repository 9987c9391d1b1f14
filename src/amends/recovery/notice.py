"""A notice: something one of us must know now; shown on the desk until it is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from amends.kit.ready import add_unnumbered
from amends.people.person import Person
from amends.recovery.recovery import Recovery

if TYPE_CHECKING:
    from datetime import datetime


class About(models.TextChoices):
    ARRIVAL = "arrival", "is here"
    CALL = "call", "is on the telephone"
    BROKEN = "broken", "a promise was broken"
    APPROVAL = "approval", "a yes is asked for"
    ANSWER = "answer", "the customer answered"
    NOT_FIXED = "not_fixed", "it is not fixed"
    CLOCK = "clock", "a clock ran out"
    PERSON = "person", "a person is asked for"
    POST = "post", "post needs a look"


PASSING = frozenset({About.ARRIVAL, About.CALL})  # over when it is over


class NoticeQuerySet(models.QuerySet["Notice"]):
    def unmailed(self) -> NoticeQuerySet:
        """What may be sent after somebody. Who stands at the door is no news an hour later."""
        return self.filter(seen_at=None, mailed_at=None).exclude(about__in=PASSING)

    def untold(self) -> NoticeQuerySet:
        """What no way out beside the desk has looked at yet."""
        return self.filter(told_at=None)

    def unseen_by(self, person: Person) -> NoticeQuerySet:
        return self.filter(person=person, seen_at=None).select_related("recovery__customer")


class Notice(models.Model):
    person = models.ForeignKey(Person, models.CASCADE, related_name="notices")
    recovery = models.ForeignKey(Recovery, models.CASCADE, related_name="notices")
    about = models.CharField(max_length=10, choices=About.choices)
    words = models.CharField(max_length=300)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)  # handed to their telephone, if they have one here

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(
                fields=["person", "-at"], condition=models.Q(seen_at=None), name="notice_unseen"
            ),
            models.Index(
                fields=["at"],
                condition=models.Q(seen_at=None, mailed_at=None),
                name="notice_unmailed",
            ),
            models.Index(fields=["at"], condition=models.Q(told_at=None), name="notice_untold"),
        ]

    def __str__(self) -> str:
        return self.words

    @classmethod
    def tell(
        cls,
        person: Person | None,
        recovery: Recovery,
        about: About,
        words: str,
        *,
        at: datetime,
        has_letter: bool = False,
    ) -> None:
        """`has_letter` when one goes out for this alone, so that the next digest leaves it out."""
        if person is not None and person.is_active:
            notice = cls(
                person=person,
                recovery=recovery,
                about=about,
                words=words[:300],
                at=at,
                mailed_at=at if has_letter else None,
            )
            add_unnumbered(notice)

    def see(self, *, at: datetime) -> None:
        Notice.objects.filter(pk=self.pk, seen_at=None).update(seen_at=at)
