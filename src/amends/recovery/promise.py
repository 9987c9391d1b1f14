"""A promise: anything we said we would do, with an owner, a cover, and a due moment or a trigger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from amends.customers.visit import Visit
from amends.kit.aside import beside
from amends.kit.claims import claim
from amends.kit.errors import Impossible
from amends.kit.refs import RefField
from amends.people.person import Person
from amends.recovery.failure import Failure
from amends.recovery.offer import OfferLine
from amends.recovery.recovery import Recovery

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


class Trigger(models.TextChoices):
    NEXT_VISIT = "next_visit", "the next visit"
    NEXT_ORDER = "next_order", "the next order"
    IN_STOCK = "in_stock", "back in stock"


class NoTime(Impossible):
    """A promise without a time or a trigger cannot be kept, so it is not made."""

    code = "no-time"


class Settled(Impossible):
    code = "already-settled"


class NotYours(Impossible):
    code = "not-yours"


UNSETTLED = Q(kept_at=None, broken_at=None, released_at=None)


class PromiseQuerySet(models.QuerySet["Promise"]):
    def open(self) -> PromiseQuerySet:
        return self.filter(UNSETTLED)

    def visible_to(self, person: Person) -> PromiseQuerySet:
        if not person.is_active:
            return self.none()
        if person.sees_every_place:
            return self
        return self.filter(beside("recovery__place", person.places_seen()))

    def overdue(self, *, at: datetime) -> PromiseQuerySet:
        return self.open().filter(due_at__lte=at)

    def due_by(self, at: datetime) -> PromiseQuerySet:
        return self.open().filter(due_at__lte=at).order_by("due_at")

    def waiting_for(self, trigger: str) -> PromiseQuerySet:
        return self.open().filter(trigger=trigger, triggered_at=None)

    def beyond_grace(self, *, at: datetime) -> PromiseQuerySet:
        return self.open().filter(breaks_at__lte=at)

    def greetings_unheard(self, *, at: datetime) -> PromiseQuerySet:
        """Somebody asked for by name is here, and nobody has come yet."""
        return self.open().filter(nudge_at__lte=at, nudged_at=None)

    def concerning(self, visits: Iterable[Visit]) -> PromiseQuerySet:
        """Still to be kept, or hanging on one of these visits, however that went."""
        return self.filter(UNSETTLED | Q(visit__in=visits))

    def broken(self) -> PromiseQuerySet:
        return self.exclude(broken_at=None)

    def late(self) -> PromiseQuerySet:
        return self.filter(kept_at__gt=F("due_at"))

    def with_people(self) -> PromiseQuerySet:
        return self.select_related(
            "recovery__customer", "recovery__place__business", "owner", "host", "cover", "visit"
        )


class Promise(models.Model):
    """Kept, late, broken, moved with leave, or released by the customer; never deleted.

    `due_at` is the moment we gave; `breaks_at` the moment after which it counts as broken. `host`
    is whom the customer counts on; `owner` keeps it, and is somebody else while the host is away."""

    ref = RefField()
    recovery = models.ForeignKey(Recovery, models.PROTECT, related_name="promises")
    line = models.ForeignKey(OfferLine, models.PROTECT, null=True, related_name="promises")
    words = models.CharField(max_length=300)
    asks_for_owner = models.BooleanField(default=False)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="promises")
    host = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    cover = models.ForeignKey(Person, models.PROTECT, null=True, related_name="covers_promises")
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    breaks_at = models.DateTimeField(null=True)
    trigger = models.CharField(max_length=12, choices=Trigger.choices, blank=True)
    triggered_at = models.DateTimeField(null=True)
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, related_name="promises")
    nudge_at = models.DateTimeField(null=True)
    nudged_at = models.DateTimeField(null=True)
    kept_at = models.DateTimeField(null=True)
    kept_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    broken_at = models.DateTimeField(null=True)
    failure = models.OneToOneField(Failure, models.PROTECT, null=True, related_name="promise")
    released_at = models.DateTimeField(null=True)
    released_why = models.CharField(max_length=300, blank=True)
    times_moved = models.PositiveSmallIntegerField(default=0)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_at__isnull=False) | ~Q(trigger=""), name="promise_due_or_triggered"
            ),
            models.CheckConstraint(
                condition=Q(kept_at=None, broken_at=None)
                | Q(kept_at=None, released_at=None)
                | Q(broken_at=None, released_at=None),
                name="promise_ends_once",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=UNSETTLED, name="promise_due"),
            models.Index(fields=["breaks_at"], condition=UNSETTLED, name="promise_breaks"),
            models.Index(fields=["owner", "due_at"]),
        ]

    def __str__(self) -> str:
        return self.words

    @classmethod
    def make(
        cls,
        recovery: Recovery,
        *,
        words: str,
        owner: Person,
        at: datetime,
        due: datetime | None = None,
        breaks: datetime | None = None,
        trigger: str = "",
        cover: Person | None = None,
        line: OfferLine | None = None,
        asks_for_owner: bool = False,
        by: Person | None = None,
    ) -> Promise:
        if due is None and not trigger:
            raise NoTime("By when, or at what event? A promise needs one of them.")
        if due is not None and due <= at:
            raise NoTime("That moment has passed. Promise something that can still be kept.")
        if not words.strip():
            raise NoTime("What do we promise? Say it the way the customer would.")
        return cls.objects.create(
            recovery=recovery,
            words=words.strip()[:300],
            owner=owner,
            host=owner,
            cover=cover if cover != owner else None,
            made_by=by,
            made_at=at,
            due_at=due,
            breaks_at=breaks,
            trigger=trigger,
            line=line,
            asks_for_owner=asks_for_owner,
        )

    def start(
        self,
        *,
        at: datetime,
        due: datetime,
        breaks: datetime,
        nudge: datetime | None = None,
        visit: Visit | None = None,
    ) -> bool:
        """Its trigger happened: the customer is here, or the thing is in."""
        waiting = Promise.objects.filter(UNSETTLED, pk=self.pk, triggered_at=None)
        won = claim(
            waiting, triggered_at=at, due_at=due, breaks_at=breaks, nudge_at=nudge, visit=visit
        )
        self.refresh_from_db()
        return won

    def keep(self, *, by: Person, at: datetime) -> None:
        self._settle(kept_at=at, kept_by=by)

    def owed_after_all(self, *, breaks: datetime) -> None:
        """What we thought had kept it never arrived. There is a little time to make it good."""
        kept = Promise.objects.filter(pk=self.pk).exclude(kept_at=None)
        later = max(self.breaks_at, breaks) if self.breaks_at else None
        claim(kept, kept_at=None, kept_by=None, breaks_at=later)
        self.refresh_from_db()

    def release(self, *, why: str, at: datetime) -> None:
        self._settle(released_at=at, released_why=why.strip()[:300])

    def break_(self, failure: Failure, *, at: datetime) -> None:
        self._settle(broken_at=at, failure=failure)

    def move(self, *, to: datetime, breaks: datetime, at: datetime) -> None:
        """With the customer's leave, and before it is due: afterwards it is late, not moved."""
        if self.due_at and self.due_at <= at:
            raise Settled("It was already due. Keep it now, and say that it is late.")
        if to <= at:
            raise NoTime("That moment has passed.")
        unsettled = Promise.objects.filter(UNSETTLED, pk=self.pk)
        if not claim(unsettled, due_at=to, breaks_at=breaks, times_moved=F("times_moved") + 1):
            raise self._settled_already()
        self.refresh_from_db()

    def nudge(self, *, at: datetime) -> bool:
        unnudged = Promise.objects.filter(UNSETTLED, pk=self.pk, nudged_at=None)
        return claim(unnudged, nudged_at=at)

    def hand_over(self, *, owner: Person, cover: Person | None) -> None:
        """For good: they are the one to count on now."""
        self.host = owner
        self._kept_by(owner, cover)

    def stand_in(self, *, owner: Person, cover: Person | None) -> None:
        """For this time; the host stays who they are."""
        self._kept_by(owner, cover)

    def _kept_by(self, owner: Person, cover: Person | None) -> None:
        self.owner, self.cover = owner, cover if cover != owner else None
        self.save(update_fields=["owner", "host", "cover"])

    def _settle(self, **facts: object) -> None:
        if not claim(Promise.objects.filter(UNSETTLED, pk=self.pk), **facts):
            raise self._settled_already()
        self.refresh_from_db()

    def _settled_already(self) -> Settled:
        self.refresh_from_db()
        who = f" by {self.kept_by.name}" if self.kept_by else ""
        return Settled(f"This promise was already {self.state}{who}.")

    @property
    def state(self) -> str:
        if self.kept_at:
            return "late" if self.due_at and self.kept_at > self.due_at else "kept"
        if self.broken_at:
            return "broken"
        if self.released_at:
            return "released"
        return "open"

    @property
    def event(self) -> str:
        """«At the next visit», «When it is back in stock»; empty when only a day was given."""
        if not self.trigger:
            return ""
        is_stock = self.trigger == Trigger.IN_STOCK
        return (
            f"When {self.get_trigger_display()}" if is_stock else f"At {self.get_trigger_display()}"
        )

    @property
    def ended_at(self) -> datetime | None:
        return self.kept_at or self.broken_at or self.released_at

    @property
    def is_open(self) -> bool:
        return self.state == "open"

    def is_overdue(self, at: datetime) -> bool:
        return self.is_open and self.due_at is not None and self.due_at <= at
