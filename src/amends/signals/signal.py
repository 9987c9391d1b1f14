"""A signal: one customer, what we saw, and why in words; and each look that was taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from amends.customers.customer import Customer
from amends.customers.order import Order
from amends.customers.rating import Rating
from amends.kit.claims import claim
from amends.kit.errors import Impossible
from amends.kit.refs import RefField
from amends.people.person import Person
from amends.people.place import Place
from amends.recovery.recovery import Recovery
from amends.signals.watch import Watch

if TYPE_CHECKING:
    from datetime import datetime


HURT, BADLY_HURT = 0.45, 0.7


class State(models.TextChoices):
    NEW = "new", "to look at"
    OPENED = "opened", "being put right"
    LEFT = "left", "left alone"


class LeftOut(models.TextChoices):
    PEACE = "peace", "asked to be left in peace"
    OPEN = "open", "being put right already"
    TALKED = "talked", "have talked with us since"
    BEFORE = "before", "named already"


def reasons_in(counts: dict[str, int]) -> list[tuple[str, int]]:
    return [(str(why.label), counts[why]) for why in LeftOut if counts.get(why)]


class Settled(Impossible):
    code = "already-settled"


class NoWords(Impossible):
    code = "no-words"


class SignalQuerySet(models.QuerySet["Signal"]):
    def visible_to(self, person: Person) -> SignalQuerySet:
        if not person.is_active:
            return self.none()
        if person.sees_every_place:
            return self
        return self.filter(place__in=person.places_seen())

    def new(self) -> SignalQuerySet:
        return self.filter(state=State.NEW)

    def with_people(self) -> SignalQuerySet:
        known = self.select_related(
            "watch__place",
            "customer",
            "place__business",
            "order__place",
            "rating",
            "by",
            "recovery",
        )
        return known.prefetch_related("customer__addresses")


class Signal(models.Model):
    """One event is signalled once, whichever watch saw it first: an order, a rating, or a silence,
    which begins on the day of the last purchase."""

    ref = RefField()
    watch = models.ForeignKey(Watch, models.PROTECT, related_name="signals")
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="signals")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    order = models.ForeignKey(Order, models.PROTECT, null=True, related_name="+", db_index=False)
    rating = models.ForeignKey(Rating, models.PROTECT, null=True, related_name="+", db_index=False)
    quiet_since = models.DateField(null=True)
    why = models.CharField(max_length=500)
    severity = models.FloatField()
    found_at = models.DateTimeField()
    by_itself = models.BooleanField(default=False)  # its watch was allowed to open it
    state = models.CharField(max_length=6, choices=State.choices, default=State.NEW)
    settled_at = models.DateTimeField(null=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    left_why = models.CharField(max_length=300, blank=True)
    recovery = models.ForeignKey(Recovery, models.PROTECT, null=True, related_name="signals")

    objects = SignalQuerySet.as_manager()

    class Meta:
        ordering = ["-severity", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["order"], name="signal_once_an_order"),
            models.UniqueConstraint(fields=["rating"], name="signal_once_a_rating"),
            models.UniqueConstraint(
                fields=["customer", "quiet_since"], name="signal_once_a_silence"
            ),
            models.CheckConstraint(
                condition=Q(state=State.NEW, settled_at=None)
                | ~Q(state=State.NEW) & Q(settled_at__isnull=False),
                name="signal_settled_with_a_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-severity"], name="signal_list"),
            models.Index(fields=["found_at"], name="signal_found"),
            models.Index(
                fields=["id"], condition=Q(state="new", by_itself=True), name="signal_to_open"
            ),
        ]

    def __str__(self) -> str:
        return self.why

    @property
    def how_bad(self) -> str:
        """In words: the figure itself says nothing to anybody."""
        if self.severity >= BADLY_HURT:
            return "badly hurt"
        return "hurt" if self.severity >= HURT else "a little hurt, or not at all"

    def settle(self, state: State, *, at: datetime, by: Person | None, left_why: str = "") -> None:
        """Of two who press at once, one settles it."""
        mine = Signal.objects.filter(pk=self.pk, state=State.NEW)
        told = {"by": by, "left_why": left_why.strip()[:300]}
        if not claim(mine, state=state, settled_at=at, **told):
            self.refresh_from_db()
            who = self.by.name if self.by else "Amends"
            raise Settled(f"{who} has seen to this already: {self.get_state_display()}.")
        self.refresh_from_db()

    def became(self, recovery: Recovery) -> None:
        self.recovery = recovery
        Signal.objects.filter(pk=self.pk).update(recovery=recovery)


class Look(models.Model):
    """One look of a watch: how many it named, and how many it left out, and why."""

    watch = models.ForeignKey(Watch, models.CASCADE, related_name="looks")
    at = models.DateTimeField()
    named = models.PositiveIntegerField()
    waiting = models.PositiveIntegerField()  # above what a day allows
    left_out = models.JSONField(default=dict)  # reason: how many

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["watch", "-at"], name="look_latest")]

    def __str__(self) -> str:
        return f"{self.watch}: {self.named}"

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Why some were left out, and how many."""
        return reasons_in(self.left_out)
