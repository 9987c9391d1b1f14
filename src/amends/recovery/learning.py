"""Learning: the cause behind a failure, the improvement meant to end it, the idea somebody gave us.
Causes are processes, never names (S0-13, T7)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models

from amends.kit.claims import claim
from amends.kit.errors import Impossible
from amends.kit.refs import new_ref
from amends.people.person import Person
from amends.recovery.failure import NO_FAULT
from amends.recovery.recovery import Recovery
from amends.recovery.timeline import Entry, Verb

if TYPE_CHECKING:
    from datetime import date, datetime

TELL_WITHIN = timedelta(days=7)


class NoReason(Impossible):
    code = "no-reason"


class AlreadyAnswered(Impossible):
    code = "already-answered"


class CauseQuerySet(models.QuerySet["Cause"]):
    def counted(self, *, seen_by: Person | None = None) -> CauseQuerySet:
        """With the number of recoveries behind each, most frequent first; of those that this
        person may see, when one is given."""
        counting = models.Q(findings__counts=True)
        if seen_by is not None and not seen_by.sees_every_place:
            counting &= models.Q(findings__recovery__place__in=seen_by.places_seen())
        return self.annotate(times=models.Count("findings", filter=counting)).order_by(
            "-times", "name"
        )


class Cause(models.Model):
    """A repeatable reason behind failures, in a tree."""

    ref = models.CharField(max_length=16, unique=True, default=new_ref, editable=False)
    name = models.CharField(max_length=120)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True)

    objects = CauseQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["parent", "name"], name="cause_named_once")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def called(cls, name: str) -> Cause:
        name = name.strip()[:120]
        if not name:
            raise NoReason("What lies behind it? Name what happens, never who.")
        return cls.objects.filter(name__iexact=name).first() or cls.objects.create(name=name)


class Finding(models.Model):
    """A recovery's cause, or why there is none. A bad day counts for no cause (S3-04)."""

    recovery = models.OneToOneField(Recovery, models.PROTECT, related_name="finding")
    cause = models.ForeignKey(Cause, models.PROTECT, null=True, related_name="findings")
    one_off_why = models.CharField(max_length=300, blank=True)
    counts = models.BooleanField(default=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    found_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(cause__isnull=False) | ~models.Q(one_off_why=""),
                name="finding_has_a_cause_or_a_reason",
            )
        ]

    def __str__(self) -> str:
        return self.cause.name if self.cause else self.one_off_why

    @classmethod
    def find(
        cls,
        recovery: Recovery,
        *,
        by: Person,
        at: datetime,
        cause: Cause | None = None,
        one_off_why: str = "",
    ) -> Finding:
        if cause is None and not one_off_why.strip():
            raise NoReason("Name the cause, or say why this will not happen again.")
        counts = recovery.failures.exclude(kind__in=NO_FAULT).exists()
        finding, _ = cls.objects.update_or_create(
            recovery=recovery,
            defaults={
                "cause": cause,
                "one_off_why": one_off_why.strip()[:300],
                "counts": counts,
                "by": by,
                "found_at": at,
            },
        )
        return finding

    @property
    def is_settled(self) -> bool:
        """Part six: a one-off that says why, or a cause that something is being done about."""
        return self.cause is None or self.cause.improvements.exists()


class Improvement(models.Model):
    """A change meant to end a cause: owner, date, and the day we look whether it worked."""

    ref = models.CharField(max_length=16, unique=True, default=new_ref, editable=False)
    cause = models.ForeignKey(Cause, models.PROTECT, related_name="improvements")
    words = models.CharField(max_length=300)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="improvements")
    raised_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    due_on = models.DateField()
    check_on = models.DateField()
    made_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due_on"]

    def __str__(self) -> str:
        return self.words

    @classmethod
    def raise_(
        cls,
        cause: Cause,
        *,
        words: str,
        owner: Person,
        due: date,
        check: date,
        by: Person,
        at: datetime,
    ) -> Improvement:
        if not words.strip():
            raise NoReason("What will be different from now on?")
        if check < due:
            raise NoReason("Look whether it worked after it is made, not before.")
        return cls.objects.create(
            cause=cause,
            words=words.strip()[:300],
            owner=owner,
            due_on=due,
            check_on=check,
            raised_by=by,
            raised_at=at,
        )

    def made(self, *, at: datetime) -> None:
        if not claim(Improvement.objects.filter(pk=self.pk, made_at=None), made_at=at):
            raise AlreadyAnswered("This was already made.")
        self.refresh_from_db()


class IdeaQuerySet(models.QuerySet["Idea"]):
    def visible_to(self, person: Person) -> IdeaQuerySet:
        if person.sees_every_place:
            return self
        return self.filter(recovery__place__in=person.places_seen())

    def unanswered(self) -> IdeaQuerySet:
        return self.filter(answered_at=None)

    def outcome_untold(self, *, at: datetime) -> IdeaQuerySet:
        """Something came of it a week ago, and its giver does not know (S1-15)."""
        told = Entry.objects.filter(
            recovery=models.OuterRef("recovery"),
            verb__in=(Verb.TOLD, Verb.IDEA_ANSWERED),
            at__gte=models.OuterRef("improvement__made_at"),
        )
        made = self.filter(improvement__made_at__lte=at - TELL_WITHIN)
        return made.exclude(models.Exists(told))

    def with_people(self) -> IdeaQuerySet:
        return self.select_related(
            "recovery__customer", "recovery__place", "improvement__cause", "answered_by"
        )


class Idea(models.Model):
    """A customer's suggestion; its giver is owed an answer (S1-13). Named only with leave (S1-14)."""

    ref = models.CharField(max_length=16, unique=True, default=new_ref, editable=False)
    recovery = models.ForeignKey(Recovery, models.PROTECT, related_name="ideas")
    words = models.TextField()
    given_at = models.DateTimeField()
    may_be_named = models.BooleanField(default=False)
    improvement = models.ForeignKey(Improvement, models.PROTECT, null=True, related_name="ideas")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = IdeaQuerySet.as_manager()

    class Meta:
        ordering = ["given_at"]

    def __str__(self) -> str:
        return self.words[:80]

    @classmethod
    def give(
        cls, recovery: Recovery, *, words: str, at: datetime, may_be_named: bool = False
    ) -> Idea:
        if not words.strip():
            raise NoReason("What is the idea?")
        return cls.objects.create(
            recovery=recovery, words=words.strip(), given_at=at, may_be_named=may_be_named
        )

    def take_up(self, improvement: Improvement) -> None:
        """Where it went; what came of it is told when it is made."""
        mine = Idea.objects.filter(pk=self.pk, improvement=None)
        if not claim(mine, improvement=improvement):
            raise AlreadyAnswered("This idea has been passed on already.")
        self.refresh_from_db()

    def answer_with(
        self, words: str, *, by: Person, at: datetime, improvement: Improvement | None = None
    ) -> None:
        if not words.strip():
            raise NoReason("Say what became of it.")
        mine = Idea.objects.filter(pk=self.pk, answered_at=None)
        went_to = {"improvement": improvement} if improvement else {}
        if not claim(mine, answer=words.strip(), answered_at=at, answered_by=by, **went_to):
            raise AlreadyAnswered("This idea has its answer already.")
        self.refresh_from_db()
