"""Follow-ups until the customer is back, and the returns that show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from amends.customers.order import Order
from amends.customers.visit import Visit
from amends.kit.aside import beside
from amends.kit.claims import claim
from amends.kit.errors import Impossible
from amends.kit.refs import RefField
from amends.people.person import Person
from amends.recovery.recovery import Recovery

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


class About(models.TextChoices):
    FIXED = "fixed", "Is it really fixed?"
    STATUS = "status", "Where things stand"
    THANKS = "thanks", "Thank you"
    NEWS = "news", "What changed"
    MISS_YOU = "miss_you", "How are things?"


class Done(Impossible):
    code = "already-done"


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def open(self) -> FollowUpQuerySet:
        return self.filter(done_at=None, dropped_at=None)

    def due_by(self, at: datetime) -> FollowUpQuerySet:
        return self.open().filter(due_at__lte=at).order_by("due_at")

    def visible_to(self, person: Person) -> FollowUpQuerySet:
        if person.sees_every_place:
            return self
        return self.filter(beside("recovery__place", person.places_seen()))

    def with_people(self) -> FollowUpQuerySet:
        return self.select_related("recovery__customer", "recovery__place", "recovery__owner")


class FollowUp(models.Model):
    """A contact after the fix. A person sends it; the clock only says that it is time."""

    ref = RefField()
    recovery = models.ForeignKey(Recovery, models.PROTECT, related_name="followups")
    about = models.CharField(max_length=10, choices=About.choices)
    due_at = models.DateTimeField()
    planned_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    words = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    dropped_at = models.DateTimeField(null=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ["due_at"]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(done_at=None, dropped_at=None),
                name="followup_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_about_display()} {self.due_at:%d %B}"

    def finish(self, *, words: str, by: Person, at: datetime) -> None:
        mine = FollowUp.objects.filter(pk=self.pk, done_at=None, dropped_at=None)
        if not claim(mine, done_at=at, done_by=by, words=words.strip()):
            raise Done("This follow-up has been dealt with already.")
        self.refresh_from_db()

    def plan_again(self, *, due: datetime) -> bool:
        """It was dropped, and is wanted after all; false where somebody else was quicker."""
        mine = FollowUp.objects.filter(pk=self.pk, done_at=None).exclude(dropped_at=None)
        return claim(mine, dropped_at=None, due_at=due)


class Evidence(models.TextChoices):
    VISIT = "visit", "a visit"
    ORDER = "order", "an order"
    OWN_WORD = "own_word", "their own word"


class Trust(models.TextChoices):
    YES = "yes", "Yes"
    NOT_YET = "not_yet", "Not yet"


class NextDoor(models.TextChoices):
    """Would they still choose us, if somebody just as good were next door? (S3-22)"""

    US = "us", "I would still come to you"
    THEM = "them", "I would go there"


class Kind(models.TextChoices):
    """Back because they want to, or because there is nothing else near."""

    LOYAL = "loyal", "came back by choice"
    CAPTIVE = "captive", "came back for want of another"
    UNKNOWN = "unknown", "came back, and has not said why"


class Return(models.Model):
    """Evidence that the customer came back. Alone it is not enough: trust is asked (S3-20, T10)."""

    recovery = models.ForeignKey(Recovery, models.PROTECT, related_name="returns")
    seen_at = models.DateTimeField()
    evidence = models.CharField(max_length=10, choices=Evidence.choices)
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, related_name="+")
    order = models.ForeignKey(Order, models.PROTECT, null=True, related_name="+")
    trust_asked_at = models.DateTimeField(null=True)
    trust = models.CharField(max_length=10, choices=Trust.choices, blank=True)
    trust_words = models.TextField(blank=True)
    next_door = models.CharField(max_length=10, choices=NextDoor.choices, blank=True)
    trust_answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["seen_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["recovery", "visit"], name="visit_returns_once"),
            models.UniqueConstraint(fields=["recovery", "order"], name="order_returns_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_evidence_display()}, {self.seen_at:%d %B}"

    def answer_trust(self, *, trust: str, words: str, next_door: str, at: datetime) -> None:
        unanswered = Return.objects.filter(pk=self.pk, trust_answered_at=None)
        said = {"trust": trust, "trust_words": words.strip(), "next_door": next_door}
        if not claim(unanswered, **said, trust_answered_at=at):
            raise Done("You have told us already. Thank you.")
        self.refresh_from_db()


def kind_of(returns: Iterable[Return]) -> Kind:
    """What they said last decides; coming again without a word tells nothing of why (S3-22)."""
    for seen in sorted(returns, key=lambda one: (one.seen_at, one.pk), reverse=True):
        if seen.next_door == NextDoor.THEM:
            return Kind.CAPTIVE
        if seen.next_door == NextDoor.US or seen.trust == Trust.YES:
            return Kind.LOYAL
    return Kind.UNKNOWN


def is_back(recovery: Recovery) -> bool:
    """Part seven: trust answered with yes, or seen to return a second time."""
    returns = list(recovery.returns.all())
    return len(returns) > 1 or any(r.trust == Trust.YES for r in returns)
