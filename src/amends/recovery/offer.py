"""An offer: lines that put back and lines that are extra; the customer accepts, swaps, says what
would be better, or declines."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q, Sum

from amends.kit.claims import claim
from amends.kit.errors import Impossible
from amends.kit.refs import RefField
from amends.people.person import Person
from amends.recovery.complaint import must_have_listened
from amends.recovery.recovery import Recovery
from amends.remedies.remedy import MONEY, Remedy, Side
from amends.remedies.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

LOLLIPOP = Decimal("0.25")  # of the price, above what was asked (T2)
BENT_OFTEN = 3  # times; a rule bent so often wants changing (S4-11)
TOO_MUCH = Decimal("1.5")  # times the price; more stops helping (Haesevoets et al.)


class AskFirst(Impossible):
    """Do not assume what they want: ask (S0-08)."""

    code = "ask-first"


class NothingOffered(Impossible):
    code = "nothing-offered"


class NoSum(Impossible):
    code = "no-sum"


class NoExtra(Impossible):
    """After the bandage, the lollipop (S0-15)."""

    code = "no-extra"


class Answered(Impossible):
    code = "already-answered"


class AnotherOpen(Impossible):
    code = "another-open"


class State(models.TextChoices):
    HELD = "held", "waiting for a yes"
    OPEN = "open", "with the customer"
    ACCEPTED = "accepted", "accepted"
    COUNTERED = "countered", "something else would be better"
    DECLINED = "declined", "declined"
    WITHDRAWN = "withdrawn", "withdrawn"


# Which answer may follow which state; everything else is refused.
MOVES = {
    State.HELD: {State.OPEN, State.WITHDRAWN},
    State.OPEN: {State.ACCEPTED, State.COUNTERED, State.DECLINED, State.WITHDRAWN},
}
UNSETTLED = (State.HELD, State.OPEN)


@dataclass(frozen=True)
class LineGiven:
    """What a way in hands over for one line."""

    remedy: Remedy
    words: str = ""
    value: Decimal | None = None

    @property
    def is_without_a_sum(self) -> bool:
        """Money without a sum would be given past everybody's authority."""
        return self.remedy.is_money and self.value is None and self.remedy.value is None


class OfferQuerySet(models.QuerySet["Offer"]):
    def open(self) -> OfferQuerySet:
        return self.filter(state=State.OPEN)

    def unsettled(self) -> OfferQuerySet:
        return self.filter(state__in=UNSETTLED)

    def counted(self) -> OfferQuerySet:
        """Offers whose lines have been given or may still be: these use up authority."""
        return self.filter(state__in=(*UNSETTLED, State.ACCEPTED))


class Offer(models.Model):
    """What we put to the customer. A first move came before the ask, on purpose, and says so."""

    ref = RefField()
    recovery = models.ForeignKey(Recovery, models.PROTECT, related_name="offers")
    words = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices)
    is_first_move = models.BooleanField(default=False)
    no_extra_why = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="offers")
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recovery"], condition=Q(state__in=UNSETTLED), name="one_unsettled_offer"
            )
        ]

    def __str__(self) -> str:
        return self.ref

    @classmethod
    def make(
        cls,
        recovery: Recovery,
        *,
        lines: Sequence[LineGiven],
        words: str,
        by: Person,
        at: datetime,
        is_first_move: bool = False,
        no_extra_why: str = "",
    ) -> Offer:
        must_have_listened(recovery)
        cls._may_be_made(recovery, lines, is_first_move=is_first_move, no_extra_why=no_extra_why)
        offer = cls.objects.create(
            recovery=recovery,
            words=words.strip(),
            state=State.HELD,
            is_first_move=is_first_move,
            no_extra_why=no_extra_why.strip()[:200],
            by=by,
            made_at=at,
        )
        for position, line in enumerate(lines):
            OfferLine.objects.create(
                offer=offer,
                position=position,
                remedy=line.remedy,
                side=line.remedy.side,
                words=line.words.strip()[:300] or line.remedy.words or line.remedy.name,
                value=line.remedy.value if line.value is None else line.value,
            )
        return offer

    @staticmethod
    def _may_be_made(
        recovery: Recovery, lines: Sequence[LineGiven], *, is_first_move: bool, no_extra_why: str
    ) -> None:
        if not lines:
            raise NothingOffered("Choose at least one thing to offer.")
        if any(line.is_without_a_sum for line in lines):
            raise NoSum("How much? An offer of money names the sum.")
        if recovery.offers.unsettled().exists():
            raise AnotherOpen("There is an offer waiting for an answer already.")
        if not is_first_move and not recovery.wishes.exists():
            raise AskFirst(
                "Ask what they would think fair before offering, or mark this as a first move."
            )
        has_extra = any(line.remedy.side == Side.EXTRA for line in lines)
        if not (has_extra or is_first_move or no_extra_why.strip()):
            raise NoExtra("Add something extra, or say why there is none.")

    def put(self, *, at: datetime) -> None:
        """Put it to the customer."""
        self._move(State.OPEN, sent_at=at)

    def accept(self, *, at: datetime) -> None:
        self._move(State.ACCEPTED, answered_at=at)

    def counter(self, *, words: str, at: datetime) -> None:
        if not words.strip():
            raise NothingOffered("Please tell us what would be better.")
        self._move(State.COUNTERED, answered_at=at, answer=words.strip())

    def decline(self, *, words: str, at: datetime) -> None:
        self._move(State.DECLINED, answered_at=at, answer=words.strip())

    def withdraw(self, *, at: datetime) -> None:
        self._move(State.WITHDRAWN, answered_at=at)

    def _move(self, state: State, **facts: object) -> None:
        before = [s for s, after in MOVES.items() if state in after]
        if not claim(Offer.objects.filter(pk=self.pk, state__in=before), state=state, **facts):
            self.refresh_from_db()
            raise Answered(f"This offer is {self.get_state_display()}.")
        self.refresh_from_db()

    @property
    def value(self) -> Decimal:
        """What it is worth in all: what counts against authority."""
        return sum((line.value or Decimal(0) for line in self.lines.all()), Decimal(0))


class OfferLine(models.Model):
    """One thing offered. An extra may be swapped for another the customer likes better (S0-16)."""

    ref = RefField()
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    remedy = models.ForeignKey(Remedy, models.PROTECT, related_name="+")
    side = models.CharField(max_length=10, choices=Side.choices)
    words = models.CharField(max_length=300)
    value = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    swapped_from = models.ForeignKey(Remedy, models.PROTECT, null=True, related_name="+")
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.words

    @property
    def told(self) -> str:
        """As the customer reads it: what it is, and our words for it."""
        name = self.remedy.name
        return self.words if self.words.startswith(name) else f"{name}. {self.words}"[:300]

    def choices(self) -> models.QuerySet[Remedy]:
        """The extras the customer may choose instead: none worth more than this one, and no money
        of which nobody has said how much."""
        others = Remedy.objects.offered_at(self.offer.recovery.place).extras()
        priceless = Q(value=None) & ~Q(kind__in=MONEY)
        affordable = priceless | Q(value__lte=self.value or Decimal(0))
        return others.filter(affordable).exclude(pk=self.remedy_id)

    def swap(self, remedy: Remedy) -> None:
        if self.side != Side.EXTRA or not self.choices().filter(pk=remedy.pk).exists():
            raise NothingOffered("Please choose one of the extras on the list.")
        held_still = Offer.objects.open().select_for_update().filter(pk=self.offer_id)
        if held_still.first() is None:
            raise Answered("This offer has been answered already.")
        self.swapped_from = self.swapped_from or self.remedy
        self.remedy, self.words = remedy, remedy.words or remedy.name
        self.value = remedy.value
        self.save(update_fields=["remedy", "words", "value", "swapped_from"])

    def delivered(self, *, at: datetime) -> None:
        OfferLine.objects.filter(pk=self.pk, delivered_at=None).update(delivered_at=at)
        self.refresh_from_db()


class Bend(models.Model):
    """A rule set aside for this customer, with the reason; counted per rule (S4-11)."""

    recovery = models.ForeignKey(Recovery, models.PROTECT, related_name="bends")
    rule = models.ForeignKey(Rule, models.PROTECT, related_name="bends")
    why = models.CharField(max_length=300)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    bent_at = models.DateTimeField()

    class Meta:
        ordering = ["bent_at"]

    def __str__(self) -> str:
        return f"{self.rule}: {self.why}"

    @classmethod
    def bend(cls, recovery: Recovery, *, rule: Rule, why: str, by: Person, at: datetime) -> Bend:
        if not why.strip():
            raise NothingOffered("Say why the rule is set aside this time.")
        return cls.objects.create(
            recovery=recovery, rule=rule, why=why.strip()[:300], by=by, bent_at=at
        )


def rules_counted() -> models.QuerySet[Rule]:
    """The rules of the house with how often each was bent, the most bent first (S4-11)."""
    return Rule.objects.annotate(times=models.Count("bends")).order_by("-times", "name")


def too_much(*, given: Decimal, asked: Decimal | None, price: Decimal | None) -> str:
    """Why this may be more than helps, or nothing (S4-14). Warns; never forbids."""
    if price is not None and price > 0 and given > TOO_MUCH * price:
        return "This is more than one and a half times the price. More than that rarely helps."
    if asked is not None and given > asked + LOLLIPOP * (price or Decimal(0)):
        return "This is well above what they asked for. A small, fitting extra does more."
    return ""


def given_by(person: Person, *, since: datetime) -> Decimal:
    offers = Offer.objects.counted().filter(by=person, made_at__gte=since)
    total = OfferLine.objects.filter(offer__in=offers).aggregate(total=Sum("value"))["total"]
    return total or Decimal(0)


def given_in(recovery: Recovery) -> Decimal:
    offers = Offer.objects.counted().filter(recovery=recovery)
    total = OfferLine.objects.filter(offer__in=offers).aggregate(total=Sum("value"))["total"]
    return total or Decimal(0)
