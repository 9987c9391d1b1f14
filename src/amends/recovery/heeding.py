"""How often the coach's notes are heeded: counts for each person and rule, never a word of a draft.

They belong to that person: the owner sees the sum of several people, and one person's only when that
person shares them (S4-16)."""

from __future__ import annotations

from typing import NamedTuple

from django.db import IntegrityError, models, transaction
from django.db.models import F, Sum

from amends.kit.clock import now
from amends.people.person import Person
from amends.people.rights import is_over
from amends.recovery.offer import Offer

ENOUGH = 3  # people; the sum of fewer would tell whose it is


class Heeded(models.Model):
    """How often one person was shown a rule of the coach, took its words, or set it aside."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="heeded")
    category = models.CharField(max_length=30)
    shown = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    dismissed = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "heeded"
        ordering = ["category"]
        constraints = [
            models.UniqueConstraint(fields=["person", "category"], name="heeded_once_a_rule")
        ]

    def __str__(self) -> str:
        return f"{self.category}: {self.shown} shown"

    @classmethod
    def count(cls, category: str, *, person: Person, what: str) -> None:
        mine = cls.objects.filter(person=person, category=category)
        if mine.update(**{what: F(what) + 1}):
            return
        try:
            with transaction.atomic():
                cls.objects.create(person=person, category=category, **{what: 1})
        except IntegrityError:  # another letter of theirs was first by a moment
            mine.update(**{what: F(what) + 1})


class Sharing(models.Model):
    """A person lets those over them see the figures about their own writing."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="sharing")
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person} since {self.since:%d %B %Y}"


class Figure(NamedTuple):
    """One rule: how often it spoke, and what became of it."""

    category: str
    shown: int
    accepted: int
    dismissed: int


class OfferedFirst(NamedTuple):
    """Of so many offers, how many came before the customer was asked."""

    first: int
    offers: int


def figures_of(person: Person) -> list[Figure]:
    """Their own, for them and for whom they share them with."""
    counts = Heeded.objects.filter(person=person).exclude(shown=0, accepted=0, dismissed=0)
    return [Figure(x.category, x.shown, x.accepted, x.dismissed) for x in counts]


def figures_of_all() -> list[Figure] | None:
    """The sum over everybody, without names; nothing while it would be the sum of a few."""
    people = Heeded.objects.exclude(shown=0).values("person").distinct().count()
    if people < ENOUGH:
        return None
    sums = Heeded.objects.values("category").annotate(
        all_shown=Sum("shown"), all_accepted=Sum("accepted"), all_dismissed=Sum("dismissed")
    )
    told = [
        Figure(row["category"], row["all_shown"], row["all_accepted"], row["all_dismissed"])
        for row in sums
    ]
    return sorted(told, key=lambda figure: -figure.dismissed)


def offered_first(person: Person) -> OfferedFirst:
    """Offering the world before asking: told to that person alone, as coaching (S4-16)."""
    theirs = Offer.objects.filter(by=person)
    return OfferedFirst(theirs.filter(is_first_move=True).count(), theirs.count())


def shares(person: Person) -> bool:
    return Sharing.objects.filter(person=person).exists()


def share(*, by: Person) -> None:
    Sharing.objects.get_or_create(person=by, defaults={"since": now()})


def keep_private(*, by: Person) -> None:
    Sharing.objects.filter(person=by).delete()


def may_see_figures_of(person: Person, by: Person) -> bool:
    return by == person or (shares(person) and is_over(person, by))
