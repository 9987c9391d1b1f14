"""The root: everything we do to win one customer back. Seven parts, each a moment, none a status."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, Q, Value, When

from amends.customers.customer import Customer
from amends.kit.aside import beside
from amends.kit.claims import claim
from amends.kit.clock import now
from amends.kit.errors import Impossible
from amends.kit.refs import RefField
from amends.people.person import Person
from amends.people.place import Place

if TYPE_CHECKING:
    from datetime import datetime


class Part(models.IntegerChoices):
    HEARD = 1, "Heard"
    UNDERSTOOD = 2, "Understood"
    SORRY = 3, "Sorry"
    AGREED = 4, "Agreed"
    PUT_RIGHT = 5, "Put right"
    LEARNED = 6, "Learned"
    BACK = 7, "Back"

    @property
    def moment(self) -> str:
        return f"{self.name.lower()}_at"


class Outcome(models.TextChoices):
    WON_BACK = "won_back", "won back"
    HELPED_ELSEWHERE = "helped_elsewhere", "helped elsewhere"
    LEFT_IN_PEACE = "left_in_peace", "left in peace"
    LET_GO = "let_go", "let go"
    JOINED = "joined", "goes on in another"
    MISTAKEN = "mistaken", "opened by mistake"


class FoundBy(models.TextChoices):
    CUSTOMER = "customer", "the customer told us"
    STAFF = "staff", "we saw it ourselves"
    SYSTEM = "system", "the system saw it"


class Closed(Impossible):
    code = "closed"


class Taken(Impossible):
    code = "taken"


# The part a recovery is in: the first one not yet done. Kept by the database from the moments.
FIRST_OPEN = Case(
    *[When(**{f"{part.moment}__isnull": True}, then=Value(part.value)) for part in Part],
    default=Value(Part.BACK.value),
)


class RecoveryQuerySet(models.QuerySet["Recovery"]):
    def visible_to(self, person: Person, *, by_place: bool = False) -> RecoveryQuerySet:
        """The one gate: people see the recoveries of their places. They are found by something else,
        a customer or the newest first, unless all that is open is gathered `by_place`."""
        if not person.is_active:
            return self.none()
        if person.sees_every_place:
            return self
        places = person.places_seen()
        return self.filter(Q(place__in=places) if by_place else beside("place", places))

    def open(self) -> RecoveryQuerySet:
        return self.filter(closed_at=None)

    def without_owner(self) -> RecoveryQuerySet:
        return self.open().filter(owner=None)

    def owned_by(self, person: Person) -> RecoveryQuerySet:
        return self.filter(owner=person)

    def waiting_for_us(self) -> RecoveryQuerySet:
        return self.exclude(waiting_since=None).order_by("waiting_since")

    def quiet_since(self, moment: datetime) -> RecoveryQuerySet:
        """Put right, not back, and nobody has been in touch since then (S2-19)."""
        return self.open().filter(put_right_at__lt=moment, touched_at__lt=moment)

    def with_people(self) -> RecoveryQuerySet:
        return self.select_related("customer", "place__business", "owner")


class Recovery(models.Model):
    """Everything we do to win one customer back after one or more failures."""

    ref = RefField()
    # These three each begin an index of several columns below.
    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="recoveries", db_index=False
    )
    place = models.ForeignKey(Place, models.PROTECT, related_name="recoveries", db_index=False)
    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="recoveries", db_index=False
    )
    found_by = models.CharField(max_length=10, choices=FoundBy.choices)
    about = models.CharField(max_length=200)

    known_at = models.DateTimeField(default=now)
    heard_at = models.DateTimeField(null=True)
    understood_at = models.DateTimeField(null=True)
    sorry_at = models.DateTimeField(null=True)
    agreed_at = models.DateTimeField(null=True)
    put_right_at = models.DateTimeField(null=True)
    learned_at = models.DateTimeField(null=True)
    back_at = models.DateTimeField(null=True)
    part = models.GeneratedField(
        expression=FIRST_OPEN, output_field=models.PositiveSmallIntegerField(), db_persist=True
    )

    listened_at = models.DateTimeField(null=True)
    waiting_since = models.DateTimeField(null=True)
    touched_at = models.DateTimeField(default=now)
    customer_decided = models.BooleanField(default=False)
    thanked_at = models.DateTimeField(null=True)
    thanked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="thanks")
    thanked_how = models.CharField(max_length=200, blank=True)
    helped_by = models.CharField(max_length=200, blank=True)

    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    let_go_why = models.TextField(blank=True)
    lost_to = models.CharField(max_length=200, blank=True)
    value_lost = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    entries = models.PositiveIntegerField(default=0)
    joined_to = models.ForeignKey("self", models.PROTECT, null=True, related_name="joined")
    came_after = models.ForeignKey("self", models.PROTECT, null=True, related_name="led_to")

    objects = RecoveryQuerySet.as_manager()

    class Meta:
        ordering = ["-known_at"]
        verbose_name_plural = "recoveries"
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome="")
                | Q(closed_at__isnull=False) & ~Q(outcome=""),
                name="closed_with_an_outcome",
            )
        ]
        indexes = [
            models.Index(fields=["-known_at", "-id"], name="recovery_known"),
            models.Index(fields=["place", "closed_at", "-known_at"], name="recovery_list"),
            models.Index(fields=["owner", "closed_at"], name="recovery_owner"),
            models.Index(fields=["customer", "-known_at"], name="recovery_customer"),
            models.Index(fields=["touched_at"], condition=Q(closed_at=None), name="recovery_open"),
            models.Index(
                fields=["-known_at"],
                condition=Q(closed_at=None, listened_at=None),
                name="recovery_unread",
            ),
            models.Index(
                fields=["waiting_since"],
                condition=Q(waiting_since__isnull=False),
                name="recovery_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer.called}: {self.about}"

    def done(self, part: Part) -> datetime | None:
        moment: datetime | None = getattr(self, part.moment)
        return moment

    def complete(self, part: Part, *, at: datetime) -> bool:
        """True when this step was the one that completed the part; of two at once, one is."""
        undone = Recovery.objects.filter(pk=self.pk, **{part.moment: None})
        won = claim(undone, **{part.moment: at})
        self.refresh_from_db(fields=[part.moment, "part"])
        return won

    def undo(self, part: Part) -> bool:
        done = Recovery.objects.filter(pk=self.pk).exclude(**{part.moment: None})
        won = claim(done, **{part.moment: None})
        self.refresh_from_db(fields=[part.moment, "part"])
        return won

    def give_to(self, person: Person, *, instead_of: Person | None) -> None:
        """Of two people who take it at once, one wins and the other is told who."""
        mine = Recovery.objects.filter(pk=self.pk, owner=instead_of)
        if not claim(mine, owner=person):
            self.refresh_from_db()
            who = self.owner.name if self.owner else "Somebody"
            raise Taken(f"{who} took this a moment ago.")
        self.owner = person

    def must_be_open(self) -> None:
        if self.closed_at:
            raise Closed(f"This recovery was closed: {self.get_outcome_display()}.")

    def close(self, outcome: Outcome, *, at: datetime, **facts: Any) -> None:
        still_open = Recovery.objects.filter(pk=self.pk, closed_at=None)
        if not claim(still_open, closed_at=at, outcome=outcome, waiting_since=None, **facts):
            self.refresh_from_db()
            self.must_be_open()
        self.refresh_from_db()

    def reopen(self) -> None:
        self._set(closed_at=None, outcome="", put_right_at=None, back_at=None)
        self.refresh_from_db(fields=["part"])

    def open_again(self) -> None:
        """Something is left to do, and nothing that was done is undone."""
        self._set(closed_at=None, outcome="")

    def join(self, other: Recovery, *, at: datetime) -> None:
        """From now on it goes on in the other one, and whoever looks for it finds that."""
        self.close(Outcome.JOINED, at=at, joined_to=other)

    def follows(self, other: Recovery) -> None:
        """A matter of its own that came out of another one."""
        self._set(came_after=other)

    def part_again(self) -> None:
        joined = Recovery.objects.filter(pk=self.pk, outcome=Outcome.JOINED)
        if not claim(joined, closed_at=None, outcome="", joined_to=None):
            raise Taken("These are two again already.")
        self.refresh_from_db()

    def goes_on_as(self) -> Recovery:
        """Itself, or the recovery at the end of those it was joined to."""
        here, been = self, {self.pk}
        while here.joined_to_id and here.joined_to_id not in been:
            been.add(here.joined_to_id)
            here = Recovery.objects.with_people().get(pk=here.joined_to_id)
        return here

    def with_joined(self) -> list[Recovery]:
        """Itself and every recovery that goes on in it, however many joins ago."""
        found, new = [self], [self]
        while new:
            unseen = Recovery.objects.exclude(pk__in=[one.pk for one in found])
            new = list(unseen.filter(joined_to__in=new).order_by("pk"))
            found += new
        return found

    def touched(self, *, at: datetime) -> None:
        """We were in touch: nobody is waiting for us any more."""
        self._set(touched_at=at, waiting_since=None)

    def not_touched(self, *, waiting_since: datetime | None, touched_at: datetime) -> None:
        """What we sent was called back. Whoever has written since waits all the same."""
        since = min(filter(None, [self.waiting_since, waiting_since]), default=None)
        self._set(waiting_since=since, touched_at=touched_at)

    def waits(self, *, since: datetime) -> None:
        if self.waiting_since is None:
            self._set(waiting_since=since)

    def listened(self, *, at: datetime) -> bool:
        """True for the one who read the story first."""
        unread = Recovery.objects.filter(pk=self.pk, listened_at=None)
        won = claim(unread, listened_at=at)
        self.listened_at = self.listened_at or at
        return won

    def thanked(self, *, how: str, by: Person, at: datetime) -> None:
        self._set(thanked_at=at, thanked_by=by, thanked_how=how.strip()[:200])

    def helped(self, *, who: str) -> None:
        self._set(helped_by=who.strip()[:200])

    def decided_by_customer(self) -> None:
        self._set(customer_decided=True)

    @property
    def stage(self) -> Part:
        return Part(self.part)

    @property
    def currency(self) -> str:
        return self.place.business.currency

    def _set(self, **changes: Any) -> None:
        """Write only what changed: another step may be writing the other columns."""
        for name, value in changes.items():
            setattr(self, name, value)
        Recovery.objects.filter(pk=self.pk).update(**changes)


class Companion(models.Model):
    """Another person with a stake: gift giver, payer, guest. Never contacted without leave."""

    recovery = models.ForeignKey(Recovery, models.PROTECT, related_name="companions")
    name = models.CharField(max_length=200)
    relation = models.CharField(max_length=100)
    email = models.EmailField(blank=True)
    leave_given_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name}, {self.relation}"
