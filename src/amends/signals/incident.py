"""An incident: something that went wrong for many at once, with the list of whom it touched. Each
has a thread of their own, and how far we are can be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from amends.customers.customer import Customer
from amends.customers.order import Order
from amends.kit.claims import claim
from amends.kit.refs import RefField
from amends.people.person import Person
from amends.people.place import Place
from amends.recovery.failure import Kind
from amends.recovery.recovery import Recovery
from amends.remedies.remedy import Remedy

if TYPE_CHECKING:
    from datetime import datetime


class State(models.TextChoices):
    WAITING = "waiting", "to come"
    OPENED = "opened", "in touch"
    LEFT = "left", "left out"


class IncidentQuerySet(models.QuerySet["Incident"]):
    def visible_to(self, person: Person) -> IncidentQuerySet:
        if not person.is_active:
            return self.none()
        if person.sees_every_place:
            return self
        return self.filter(place__in=person.places_seen())

    def under_way(self) -> IncidentQuerySet:
        return self.filter(finished_at=None, stopped_at=None).exclude(started_at=None)


class Incident(models.Model):
    """What went wrong, what we say to everybody it touched, and in whose name."""

    ref = RefField()
    name = models.CharField(max_length=120)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.CORE)
    happened_at = models.DateTimeField(null=True)
    we_saw = models.TextField()
    sorry = models.TextField()
    remedy = models.ForeignKey(Remedy, models.PROTECT, null=True, related_name="+")
    value = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    signs = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_under_way(self) -> bool:
        return bool(self.started_at) and not (self.stopped_at or self.finished_at)

    def counts(self) -> dict[str, int]:
        counted = self.touched.order_by().values("state").annotate(n=models.Count("pk"))
        found = {row["state"]: row["n"] for row in counted}
        return {state.value: found.get(state.value, 0) for state in State}


class Touched(models.Model):
    """A customer the incident touched: once, however many of their orders it hit."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="touched")
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+")
    order = models.ForeignKey(Order, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    why = models.CharField(max_length=300, blank=True)
    recovery = models.ForeignKey(Recovery, models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "touched"
        constraints = [
            models.UniqueConstraint(fields=["incident", "customer"], name="touched_once")
        ]
        indexes = [
            models.Index(fields=["incident", "state", "id"], name="touched_next"),
            models.Index(
                fields=["done_at"], condition=Q(state="opened"), name="touched_of_the_hour"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer}: {self.get_state_display()}"

    def take(self, state: State, *, at: datetime, why: str = "") -> bool:
        """True for the one who took it off the list."""
        waiting = Touched.objects.filter(pk=self.pk, state=State.WAITING)
        return claim(waiting, state=state, done_at=at, why=why[:300])

    def became(self, recovery: Recovery, *, why: str = "") -> None:
        Touched.objects.filter(pk=self.pk).update(recovery=recovery, why=why)


class Unknown(models.Model):
    """A line of the list that leads to nobody we know."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="unknown")
    number = models.PositiveIntegerField()
    words = models.CharField(max_length=200)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["incident", "words"], name="unknown_line_once")
        ]

    def __str__(self) -> str:
        return self.words
