"""Erasing who a customer was: names, addresses, words, letters and files go, figures stay. Every
table that leads to a customer is found by itself, so that no new one is forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from amends.customers.customer import Address, AddressKind, Customer
from amends.customers.searching import INDEX
from amends.customers.spelling import learnable
from amends.customers.vocabulary import Word
from amends.kit import word_index
from amends.kit.blanking import blank
from amends.kit.errors import Impossible
from amends.kit.word_index import Begin
from amends.mailroom.forgetting import forget_letters, forget_marks, letters_of
from amends.recovery.link import Link
from amends.recovery.recovery import Recovery
from amends.recovery.timeline import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from django.db.models import Model, QuerySet

    from amends.people.person import Person

NOBODY = "Erased customer"
# Which row it is, how it came, and what it is counted by.
KEPT = {"ref", "outside_id", "channel", "actor", "hash", "currency", "rung"}
PLAIN = (bool, int, float, type(None))


class NotAllowed(Impossible):
    code = "not-allowed"


class StillOpen(Impossible):
    code = "still-open"


@dataclass(frozen=True)
class Held:
    """What would go, and what would stay, in numbers."""

    addresses: int
    recoveries: int
    letters: int
    orders: int
    visits: int
    still_open: int


def held(customer: Customer) -> Held:
    all_of_them = _all(customer)
    recoveries = Recovery.objects.filter(customer__in=all_of_them)
    threads = list(recoveries.values_list("ref", flat=True))
    return Held(
        addresses=Address.objects.filter(customer__in=all_of_them).count(),
        recoveries=len(threads),
        letters=letters_of(threads, _emails(all_of_them)).count(),
        orders=customer.orders.count(),
        visits=customer.visits.count(),
        still_open=recoveries.open().count(),
    )


def may_be_erased(customer: Customer, *, by: Person) -> None:
    """By an owner, when nothing is owed any more."""
    if not (by.is_owner and by.may_write):
        raise NotAllowed("Only an owner can erase who a customer was.")
    if customer.erased_at:
        raise StillOpen("Who this customer was has been erased already.")
    if Recovery.objects.open().filter(customer__in=_all(customer)).exists():
        raise StillOpen(
            "Something is still open between you. Finish it or let it go first: "
            "afterwards nobody could keep a promise to them."
        )


def erase(customer: Customer, *, by: Person, at: datetime) -> list[Recovery]:
    """Inside the step's transaction. Their recoveries are handed back, for the last word on them."""
    all_of_them = _all(customer)
    recoveries = list(Recovery.objects.filter(customer__in=all_of_them))
    emails = _emails(all_of_them)
    forget_letters([one.ref for one in recoveries], emails)
    for one in recoveries:
        Link.revoke(one, at=at)
    _blank_entries(recoveries, at=at)
    for rows in _leading_to(all_of_them):
        blank(rows, keep=KEPT)
    Recovery.objects.filter(pk__in=[one.pk for one in recoveries]).update(about="Erased")
    _blank_customers(all_of_them, by=by, at=at)
    shared = set(Address.objects.filter(key__in=emails).values_list("key", flat=True))
    forget_marks(emails - shared)
    return list(Recovery.objects.filter(pk__in=[one.pk for one in recoveries]).with_people())


def _all(customer: Customer) -> list[Customer]:
    """Also whoever turned out to be the same."""
    return list(Customer.objects.filter(Q(pk=customer.pk) | Q(merged_into=customer)))


def _emails(customers: list[Customer]) -> set[str]:
    rows = Address.objects.filter(customer__in=customers, kind=AddressKind.EMAIL)
    return set(rows.values_list("key", flat=True))


def _blank_customers(customers: list[Customer], *, by: Person, at: datetime) -> None:
    addresses = Address.objects.filter(customer__in=customers)
    names = [name for one in customers for name in (one.name, one.known_as)]
    words = learnable(names, [one.told for one in addresses])
    addresses.delete()
    rows = Customer.objects.filter(pk__in=[one.pk for one in customers])
    blank(rows, keep=KEPT)
    rows.update(known_as=NOBODY, wants="", erased_at=at, erased_by=by, left_in_peace_at=at)
    alone = [word for word in words if not _leads_to_somebody(word)]
    Word.objects.filter(word__in=alone).delete()


def _leads_to_somebody(word: str) -> bool:
    return bool(word_index.found(Customer, INDEX, [[Begin(word, is_whole=True)]], most=1))


def _blank_entries(recoveries: list[Recovery], *, at: datetime) -> None:
    """The chain of hashes stays as it was: the erasure itself is written at its end."""
    entries = list(Entry.objects.filter(recovery__in=recoveries, erased_at=None))
    for entry in entries:
        entry.words, entry.erased_at = "", at
        entry.facts = {name: told for name, told in entry.facts.items() if type(told) in PLAIN}
    Entry.objects.bulk_update(entries, ["words", "facts", "erased_at"], batch_size=200)


def _leading_to(customers: list[Customer]) -> Iterator[QuerySet[Any]]:
    """The rows of every table from which a column leads to them, straight or by way of others. The
    timeline is another matter."""
    waiting: list[tuple[type[Model], str]] = [(Customer, "")]
    keys = [one.pk for one in customers]
    been = set()
    while waiting:
        model, path = waiting.pop()
        for leading, back in _columns_to(model):
            way = f"{back}__{path}" if path else back
            if leading in (Entry, Customer, Address) or (leading, way) in been:
                continue
            been.add((leading, way))
            rows = leading._base_manager.filter(**{f"{way}__in": keys})
            yield leading._base_manager.filter(pk__in=list(rows.values_list("pk", flat=True)))
            if way.count("__") < 3:
                waiting.append((leading, way))


def _columns_to(model: type[Model]) -> Iterator[tuple[type[Model], str]]:
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and (relation.one_to_many or relation.one_to_one):
            column = relation.field  # type: ignore[union-attr]
            is_join = bool(column.model._meta.auto_created)
            if not is_join and column.model is not model:
                yield column.model, column.name
