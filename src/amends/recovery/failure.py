"""A failure: one thing that went wrong, and what it cost the customer. Fault gates nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from amends.customers.order import Order
from amends.customers.visit import Visit
from amends.kit.errors import Impossible
from amends.kit.ready import add
from amends.kit.refs import RefField
from amends.people.person import Person
from amends.recovery.recovery import Recovery

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal


class Kind(models.TextChoices):
    CORE = "core", "What we made or sold"
    DELAY = "delay", "It came late, or not at all"
    MONEY = "money", "Price or payment"
    BEHAVIOUR = "behaviour", "How we behaved"
    EXPECTATION = "expectation", "Hoped for something else"
    BAD_DAY = "bad_day", "A bad day"
    BROKEN_PROMISE = "broken_promise", "We broke a promise"


# Soothed and smoothed over; nobody's fault, and no cause is counted (S3-03, S3-04, S3-06).
NO_FAULT = frozenset({Kind.EXPECTATION, Kind.BAD_DAY})


class Severity(models.IntegerChoices):
    MINOR = 1, "A small thing"
    MODERATE = 2, "It spoilt something"
    SEVERE = 3, "It really hurt"


class Fault(models.TextChoices):
    OURS = "ours", "ours"
    NOBODY = "nobody", "nobody's"
    THEIRS = "theirs", "theirs"


class NothingSaid(Impossible):
    code = "nothing-said"


class Failure(models.Model):
    """One thing that went wrong."""

    ref = RefField()
    recovery = models.ForeignKey(Recovery, models.PROTECT, related_name="failures")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    severity = models.PositiveSmallIntegerField(choices=Severity.choices, default=Severity.MODERATE)
    words = models.CharField(max_length=300)
    happened_at = models.DateTimeField(null=True)
    involved = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    fault = models.CharField(max_length=10, choices=Fault.choices, blank=True)
    order = models.ForeignKey(Order, models.PROTECT, null=True, related_name="failures")
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, related_name="failures")
    price = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    cost_money = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    cost_minutes = models.PositiveIntegerField(null=True)
    cost_trips = models.PositiveSmallIntegerField(null=True)
    cost_worry = models.CharField(max_length=300, blank=True)
    noted_at = models.DateTimeField()
    sorry_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["noted_at", "pk"]

    def __str__(self) -> str:
        return self.words

    @classmethod
    def note(
        cls,
        recovery: Recovery,
        *,
        at: datetime,
        kind: str = Kind.CORE,
        words: str = "",
        severity: int = Severity.MODERATE,
        involved: Person | None = None,
        order: Order | None = None,
        visit: Visit | None = None,
        happened_at: datetime | None = None,
        price: Decimal | None = None,
    ) -> Failure:
        failure = cls(
            recovery=recovery,
            kind=kind,
            severity=severity,
            words=words.strip()[:300] or Kind(kind).label,
            involved=involved,
            order=order,
            visit=visit,
            happened_at=happened_at,
            price=price,
            noted_at=at,
        )
        return add(failure)

    def it_cost(
        self, *, money: Decimal | None, minutes: int | None, trips: int | None, worry: str
    ) -> None:
        """What it cost the customer beyond the price: nerves, trouble and time (S1-03)."""
        self.cost_money, self.cost_minutes, self.cost_trips = money, minutes, trips
        self.cost_worry = worry.strip()[:300]
        self.save(update_fields=["cost_money", "cost_minutes", "cost_trips", "cost_worry"])
