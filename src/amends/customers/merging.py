"""Two customers turn out to be one: everything of the one follows to the other, nothing is deleted,
and all of it can be put back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import Q

from amends.customers import rhythm
from amends.customers.customer import Customer
from amends.customers.worth import Worth
from amends.kit.claims import claim, take_turns
from amends.kit.errors import Impossible
from amends.kit.refs import RefField
from amends.people.person import Person

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

NAMED = ("name", "known_as", "preferred_channel", "wants")  # taken over where we have none
TOLD = ("values", "dislikes", "word_of_mouth")  # put together, line by line


class NotTheSame(Impossible):
    code = "not-the-same"


class MergeQuerySet(models.QuerySet["Merge"]):
    def standing(self) -> MergeQuerySet:
        return self.filter(undone_at=None)

    def of(self, customer: Customer) -> MergeQuerySet:
        """Those that made this customer what they are, the latest first."""
        theirs = self.filter(Q(kept=customer) | Q(kept__merged_into=customer))
        return theirs.select_related("merged", "by", "undone_by")


class Merge(models.Model):
    """Who was merged into whom, by whom, and what moved with them."""

    ref = RefField()
    kept = models.ForeignKey(Customer, models.PROTECT, related_name="merges")
    merged = models.ForeignKey(Customer, models.PROTECT, related_name="merged_by")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    moved = models.JSONField(default=dict)  # the keys of the rows that followed, by their model
    places = models.JSONField(default=list)  # where the kept one was not known before
    was = models.JSONField(default=dict, encoder=DjangoJSONEncoder)  # what we knew of the kept one
    became = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.merged.called} is {self.kept.called}"

    @classmethod
    @transaction.atomic
    def make(cls, kept: Customer, merged: Customer, *, by: Person, at: datetime) -> Merge:
        _one_by_one(kept, merged)
        _must_be_two(kept, merged)
        places = merged.places.exclude(pk__in=kept.places.all())
        made = cls(kept=kept, merged=merged, by=by, at=at)
        made.places = sorted(places.values_list("pk", flat=True))
        made.moved = {label: keys for label, keys in _move(merged, kept) if keys}
        made.was, made.became = _put_together(kept, merged)
        made.save()
        kept.places.add(*made.places)
        merged.merged_into = kept
        merged.save(update_fields=["merged_into"])
        _settled(kept, merged)
        return made

    @transaction.atomic
    def undo(self, *, by: Person, at: datetime) -> Customer:
        """Two again: each has what was theirs, and what came since stays where it came. Who holds it
        now, when the kept one was merged further, gives it back."""
        holder = self.kept.goes_on_as()
        _one_by_one(holder, self.merged)
        if holder.erased_at or self.merged.erased_at:
            raise NotTheSame("Nobody can say any more who an erased customer was.")
        standing = Merge.objects.filter(pk=self.pk, undone_at=None)
        if not claim(standing, undone_at=at, undone_by=by):
            raise NotTheSame("These are two customers again already.")
        self.refresh_from_db()
        for relation in _relations():
            keys = self.moved.get(_label(relation), [])
            _rows(relation, holder).filter(pk__in=keys).update(**{relation.name: self.merged})
        self._take_back(holder)
        self.merged.merged_into = None
        self.merged.save(update_fields=["merged_into"])
        _settled(holder, self.merged)
        return holder

    def _take_back(self, holder: Customer) -> None:
        """What somebody has changed since stays as they left it."""
        untouched = [name for name, then in self.became.items() if _plain(holder, name) == then]
        for name in untouched:
            setattr(holder, name, _field(name).to_python(self.was[name]))
        holder.save(update_fields=untouched)
        for place in self.places:
            if not any(_rows(one, holder).filter(place=place).exists() for one in _placed()):
                holder.places.remove(place)


class TwoPeople(models.Model):
    """Somebody looked, and they are not the same: it is not suggested again."""

    one = models.ForeignKey(Customer, models.CASCADE, related_name="not_the_same_as")
    other = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "two people"
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="two_people_once")]

    def __str__(self) -> str:
        return f"{self.one.called} is not {self.other.called}"

    @classmethod
    def say(cls, one: Customer, other: Customer, *, by: Person, at: datetime) -> None:
        first, second = sorted((one, other), key=lambda customer: customer.pk)
        cls.objects.get_or_create(one=first, other=second, defaults={"by": by, "at": at})

    @classmethod
    def apart_from(cls, customer: Customer) -> set[int]:
        said = cls.objects.filter(Q(one=customer) | Q(other=customer))
        pairs = said.values_list("one_id", "other_id")
        return {key for pair in pairs for key in pair} - {customer.pk}


def _one_by_one(*customers: Customer) -> None:
    """Whoever else merges one of these waits, and then sees what we did."""
    take_turns(*(f"customer {one.pk}" for one in customers))
    for one in customers:
        one.refresh_from_db()


def _must_be_two(kept: Customer, merged: Customer) -> None:
    if kept.pk == merged.pk:
        raise NotTheSame("This is the same customer already.")
    if kept.merged_into_id or merged.merged_into_id:
        gone = kept if kept.merged_into_id else merged
        raise NotTheSame(f"{gone.called} was put together with somebody a moment ago.")
    if kept.erased_at or merged.erased_at:
        raise NotTheSame("Nobody can say any more who an erased customer was.")


def _relations() -> Iterator[Any]:
    """Every column anywhere that says whose a row is. What is known only once for each customer is
    told anew, and who was merged stays as it was written."""
    for relation in Customer._meta.get_fields(include_hidden=True):
        if not (relation.one_to_many and relation.auto_created):
            continue
        column = relation.field  # type: ignore[union-attr]
        if not (column.model._meta.auto_created or column.model in (Merge, TwoPeople)):
            yield column


def _label(relation: Any) -> str:
    return f"{relation.model._meta.label}.{relation.name}"


def _placed() -> list[Any]:
    return [one for one in _relations() if "place" in {f.name for f in one.model._meta.fields}]


def _rows(relation: Any, customer: Customer) -> models.QuerySet[Any]:
    rows: models.QuerySet[Any] = relation.model._base_manager.filter(**{relation.name: customer})
    return rows


def _move(merged: Customer, kept: Customer) -> Iterator[tuple[str, list[int]]]:
    """What both have, an address say, stays with each."""
    for relation in _relations():
        theirs = _rows(relation, merged)
        for names in _known_once(relation):
            mine = set(_rows(relation, kept).values_list(*names))
            known = theirs.values_list("pk", *names)
            twice = [key for key, *told in known if None not in told and tuple(told) in mine]
            theirs = theirs.exclude(pk__in=twice)
        keys = sorted(theirs.values_list("pk", flat=True))
        relation.model._base_manager.filter(pk__in=keys).update(**{relation.name: kept})
        yield _label(relation), keys


def _known_once(relation: Any) -> list[list[str]]:
    """The columns of which a customer has each value only once."""
    constraints = relation.model._meta.constraints
    unique = [one.fields for one in constraints if isinstance(one, models.UniqueConstraint)]
    return [[n for n in names if n != relation.name] for names in unique if relation.name in names]


def _put_together(kept: Customer, merged: Customer) -> tuple[dict[str, Any], dict[str, Any]]:
    """What we know of both, as what we know of the one; as it was, and as it became."""
    better: dict[str, Any] = {name: getattr(kept, name) or getattr(merged, name) for name in NAMED}
    better |= {name: _both(getattr(kept, name), getattr(merged, name)) for name in TOLD}
    better["known_since"] = min(kept.known_since, merged.known_since)
    for name in ("left_in_peace_at", "away_until"):  # who asked for peace once is left in peace
        better[name] = max(filter(None, (getattr(kept, name), getattr(merged, name))), default=None)
    changed = {name: value for name, value in better.items() if value != getattr(kept, name)}
    was = {name: _plain(kept, name) for name in changed}
    for name, value in changed.items():
        setattr(kept, name, value)
    kept.save(update_fields=list(changed))
    return was, {name: _plain(kept, name) for name in changed}


def _field(name: str) -> Any:
    return Customer._meta.get_field(name)


def _plain(customer: Customer, name: str) -> Any:
    value = getattr(customer, name)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _both(one: str, other: str) -> str:
    lines = [line for line in other.splitlines() if line.strip().lower() not in one.lower()]
    return "\n".join(filter(None, [one, *lines]))


def _settled(*customers: Customer) -> None:
    """How they buy is counted at once. What they are worth was reckoned of somebody who is another now:
    a sum that is wrong is worse than none until the next night."""
    for one in customers:
        one.keep_findable()
    rhythm.retell(customers)
    Worth.objects.filter(customer__in=customers).delete()
