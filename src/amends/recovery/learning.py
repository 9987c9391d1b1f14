"""Learning: the cause behind a failure, the improvement meant to end it, the idea somebody gave us.
Causes are processes, never names (S0-13, T7)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models, transaction

from amends.kit.aside import beside
from amends.kit.claims import claim, take_turns
from amends.kit.errors import Impossible
from amends.kit.refs import RefField
from amends.people.person import Person
from amends.recovery.failure import NO_FAULT
from amends.recovery.recovery import Recovery
from amends.recovery.timeline import Entry, Verb
from amends.recovery.wish import Wants, Wish

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

TELL_WITHIN = timedelta(days=7)
LOOKED_BACK = timedelta(days=90)
STEPS = [Decimal(step) for step in (0, 10, 25, 50, 100, 250, 500, 1000)]


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
        return self.annotate(
            times=models.Count("findings", filter=counting, distinct=True)
        ).order_by("-times", "name")


class Cause(models.Model):
    """A repeatable reason behind failures, in a tree."""

    ref = RefField()
    name = models.CharField(max_length=120)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True)

    objects = CauseQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["parent", "name"], name="cause_named_once")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    @transaction.atomic
    def called(cls, name: str) -> Cause:
        name = name.strip()[:120]
        if not name:
            raise NoReason("What lies behind it? Name what happens, never who.")
        take_turns(f"cause {name.lower()}")
        return cls.known_as(name) or cls.objects.create(name=name)

    @classmethod
    def known_as(cls, name: str) -> Cause | None:
        return cls.objects.filter(name__iexact=name).first()


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

    ref = RefField()
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


@dataclass(frozen=True)
class Sums:
    """So many asked for a sum of at least `least`, and less than `below` where that has an end."""

    currency: str
    least: Decimal
    below: Decimal | None
    times: int


@dataclass(frozen=True)
class Spread:
    """What people thought fair for one and the same cause: the spread, never an average (S4-17)."""

    wishes: int
    wants: list[tuple[str, int]]
    sums: list[Sums]


def spread_of_wishes(cause: Cause, *, seen_by: Person) -> Spread:
    seen = Recovery.objects.visible_to(seen_by).filter(finding__cause=cause)
    currency = "recovery__place__business__currency"
    wishes = Wish.objects.filter(recovery__in=seen).values_list("wants", "amount", currency)
    found = list(wishes)
    wants = Counter(wanted for wanted, _, _ in found)
    named = [(label, wants[value]) for value, label in Wants.choices if wants[value]]
    if wants[""]:
        named.append(("in their own words", wants[""]))
    return Spread(len(found), named, spread((money, amount) for _, amount, money in found))


def spread(sums: Iterable[tuple[str, Decimal | None]]) -> list[Sums]:
    """Pure: how many asked for nothing up to ten, ten to twenty-five, and so on; no empty ends."""
    times: Counter[tuple[str, int]] = Counter()
    for currency, amount in sums:
        if amount is not None:
            times[currency, max(i for i, least in enumerate(STEPS) if least <= amount)] += 1
    steps = []
    for currency in sorted({currency for currency, _ in times}):
        reached = [i for money, i in times if money == currency]
        for i in range(min(reached), max(reached) + 1):
            below = STEPS[i + 1] if i + 1 < len(STEPS) else None
            steps.append(Sums(currency, STEPS[i], below, times[currency, i]))
    return steps


def before_and_since(improvement: Improvement, *, at: datetime) -> tuple[int, int]:
    """How often the cause was met in the ninety days before it was made, and since then (S2-17)."""
    if improvement.made_at is None:
        return 0, 0
    found = Finding.objects.filter(cause=improvement.cause_id, counts=True)
    known = found.filter(recovery__known_at__lte=at)
    since = known.filter(recovery__known_at__gt=improvement.made_at).count()
    back = (improvement.made_at - LOOKED_BACK, improvement.made_at)
    return known.filter(recovery__known_at__range=back).count(), since


class IdeaQuerySet(models.QuerySet["Idea"]):
    def visible_to(self, person: Person) -> IdeaQuerySet:
        if person.sees_every_place:
            return self
        return self.filter(beside("recovery__place", person.places_seen()))

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

    ref = RefField()
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
