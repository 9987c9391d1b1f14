"""Authority: what a person may give without asking; above it, a yes asked for with a clock."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q

from amends.kit.aside import beside
from amends.kit.claims import claim, take_turns
from amends.kit.errors import Impossible
from amends.kit.refs import RefField
from amends.people.person import Person, Role
from amends.people.place import Place
from amends.recovery.failure import Severity
from amends.recovery.offer import Offer, given_by, given_in
from amends.recovery.recovery import Recovery

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime


class NotAllowed(Impossible):
    code = "not-allowed"


class AlreadyAnswered(Impossible):
    code = "already-answered"


class Authority(models.Model):
    """One line of the owner's policy. The line that names most about a recovery holds;
    an empty limit is no limit."""

    role = models.CharField(max_length=12, choices=Role.choices, blank=True)
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    place = models.ForeignKey(Place, models.CASCADE, null=True, blank=True, related_name="+")
    severity = models.PositiveSmallIntegerField(choices=Severity.choices, null=True, blank=True)
    per_recovery = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    per_day = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    per_month = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["role", "pk"]
        verbose_name_plural = "authority"
        constraints = [
            models.CheckConstraint(
                condition=~Q(role="") | Q(person__isnull=False), name="authority_for_somebody"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person or self.get_role_display()}"

    @property
    def closeness(self) -> tuple[bool, bool, bool]:
        return (self.person_id is not None, self.place_id is not None, self.severity is not None)


@dataclass(frozen=True)
class Limit:
    """What is left for one person in one recovery; None is without end."""

    in_recovery: Decimal | None
    today: Decimal | None
    this_month: Decimal | None

    @property
    def left(self) -> Decimal | None:
        """The tightest of the three."""
        limits = [x for x in (self.in_recovery, self.today, self.this_month) if x is not None]
        return max(min(limits), Decimal(0)) if limits else None

    def covers(self, amount: Decimal) -> bool:
        return self.left is None or amount <= self.left


NOTHING = Limit(Decimal(0), Decimal(0), Decimal(0))


def authority_of(person: Person, recovery: Recovery) -> Authority | None:
    severity = max((f.severity for f in recovery.failures.all()), default=None)
    lines = Authority.objects.filter(
        Q(person=person) | Q(person=None, role=person.role),
        Q(place=None) | Q(place=recovery.place_id),
        Q(severity=None) | Q(severity=severity),
    )
    return max(lines, key=lambda line: line.closeness, default=None)


def limit_for(person: Person, recovery: Recovery, *, at: datetime) -> Limit:
    """What this person may still give here without asking. An owner may always."""
    if person.is_owner:
        return Limit(None, None, None)
    line = authority_of(person, recovery)
    if line is None or not person.may_write:
        return NOTHING
    local = at.astimezone(ZoneInfo(recovery.place.timezone))
    day = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return Limit(
        in_recovery=_left(line.per_recovery, lambda: given_in(recovery)),
        today=_left(line.per_day, lambda: given_by(person, since=day)),
        this_month=_left(line.per_month, lambda: given_by(person, since=day.replace(day=1))),
    )


def weighed_alone(person: Person, recovery: Recovery, *, at: datetime) -> Limit:
    """The same, for whoever gives now: until they have, nobody else gives in their name or in this
    recovery. Two at once would both fit under one limit."""
    take_turns(f"given by {person.pk}", f"given in {recovery.pk}")
    return limit_for(person, recovery, at=at)


def _left(limit: Decimal | None, used: Callable[[], Decimal]) -> Decimal | None:
    """What was used is only asked for where there is a limit."""
    return None if limit is None else limit - used()


class ApprovalQuerySet(models.QuerySet["Approval"]):
    def open(self) -> ApprovalQuerySet:
        return self.filter(answered_at=None)

    def waiting_for(self, person: Person) -> ApprovalQuerySet:
        return self.open().filter(of=person)

    def overdue(self, *, at: datetime) -> ApprovalQuerySet:
        return self.open().filter(due_at__lte=at)

    def answered(self) -> ApprovalQuerySet:
        return self.exclude(answered_at=None)

    def visible_to(self, person: Person) -> ApprovalQuerySet:
        if not person.is_active:
            return self.none()
        if person.sees_every_place:
            return self
        return self.filter(beside("offer__recovery__place", person.places_seen()))

    def with_people(self) -> ApprovalQuerySet:
        joined = self.select_related(
            "offer__recovery__customer",
            "offer__recovery__place__business",
            "asked_by",
            "of",
            "answered_by",
        )
        return joined.prefetch_related("offer__lines", "offer__recovery__wishes")


class Approval(models.Model):
    """A yes asked for above the authority. When its clock runs out it goes to the next person."""

    ref = RefField()
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="approvals")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    of = models.ForeignKey(Person, models.PROTECT, related_name="approvals")
    due_at = models.DateTimeField()
    passed_on = models.PositiveSmallIntegerField(default=0)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    said_yes = models.BooleanField(null=True)
    words = models.TextField(blank=True)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        ordering = ["due_at"]
        indexes = [models.Index(fields=["answered_at", "due_at"])]

    def __str__(self) -> str:
        return f"{self.of}: {self.offer}"

    @classmethod
    def ask(cls, offer: Offer, *, by: Person, of: Person, at: datetime, due: datetime) -> Approval:
        return cls.objects.create(offer=offer, asked_by=by, asked_at=at, of=of, due_at=due)

    def answer(self, *, yes: bool, words: str, by: Person, at: datetime) -> None:
        self._may_answer(by)
        if not claim(
            Approval.objects.filter(pk=self.pk, answered_at=None),
            answered_at=at,
            answered_by=by,
            said_yes=yes,
            words=words.strip(),
        ):
            self.refresh_from_db()
            raise AlreadyAnswered(f"{self.answered_by} has already answered this.")
        self.refresh_from_db()

    def pass_on(self, to: Person, *, due: datetime) -> bool:
        waiting = Approval.objects.filter(pk=self.pk, answered_at=None, due_at=self.due_at)
        won = claim(waiting, of=to, due_at=due, passed_on=self.passed_on + 1)
        self.refresh_from_db()
        return won

    def may_be_answered_by(self, person: Person) -> bool:
        """Whoever was asked, or anyone who may give this much themselves; never the asker alone."""
        if person == self.of or person.is_owner:
            return person.may_write
        return person.manages(self.offer.recovery.place) and person != self.asked_by

    def _may_answer(self, person: Person) -> None:
        if not self.may_be_answered_by(person):
            raise NotAllowed("This is for a manager of the place to answer.")
