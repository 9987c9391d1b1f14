"""Who may be the same customer, and why we think so. A person decides; nothing is merged by itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q

from amends.customers.customer import Address, AddressKind, Customer
from amends.customers.merging import TwoPeople
from amends.customers.searching import INDEX
from amends.customers.spelling import apart, words_of
from amends.customers.vocabulary import SHORTEST, Word
from amends.kit import word_index
from amends.kit.word_index import Begin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from amends.customers.customer import CustomerQuerySet

MOST = 6
LOOKED_AT = 40  # of those who may be meant; more share a name by chance
LATELY = 2_000  # addresses, the newest, that are looked through for twins
SAME = {
    AddressKind.EMAIL: "the same e-mail address, {}",
    AddressKind.PHONE: "the same telephone, {}",
    AddressKind.ID: "the same number in another system, {}",
}


@dataclass
class Likeness:
    """Somebody who may be the same, and what speaks for it, the strongest first."""

    customer: Customer
    why: list[str] = field(default_factory=list)

    @property
    def reasons(self) -> str:
        return "; ".join(self.why)


def like(customer: Customer, seen: CustomerQuerySet) -> list[Likeness]:
    """Among those `seen`: the same address, nearly the same e-mail address, or a like name at the
    same place. Not whom somebody has said to be another."""
    others = seen.exclude(pk__in=[customer.pk, *TwoPeople.apart_from(customer)])
    others = others.filter(erased_at=None)
    found: dict[int, list[str]] = {}
    for ways in (_same_address, _near_address, _like_name):
        for key, why in ways(customer, others):
            found.setdefault(key, []).append(why)
    first = sorted(found, key=lambda key: (-len(found[key]), list(found).index(key)))[:MOST]
    known = {one.pk: one for one in others.filter(pk__in=first).prefetch_related("addresses")}
    return [Likeness(known[key], found[key]) for key in first if key in known]


def lately(seen: CustomerQuerySet) -> list[tuple[Customer, Customer, str]]:
    """Pairs with the same address among those met lately, for whoever wants to clear up."""
    newest = Address.objects.order_by("-pk").values_list("kind", "key", "customer_id")[:LATELY]
    met = {(kind, key): whose for kind, key, whose in newest}
    pairs: dict[tuple[int, int], str] = {}
    for _, kind, key, value, whose in sorted(_sharing(met)):
        other = met.get((kind, key), whose)
        if whose != other:
            pair = (min(whose, other), max(whose, other))
            pairs.setdefault(pair, SAME[AddressKind(kind)].format(value))
    return _whole(pairs, seen)


def _sharing(met: Iterable[tuple[str, str]]) -> Iterator[tuple[int, str, str, str, int]]:
    """Of each kind by itself: the index leads by the kind, and without it every address is read."""
    keys: dict[str, list[str]] = {}
    for kind, key in met:
        keys.setdefault(kind, []).append(key)
    told = ("pk", "kind", "key", "value", "customer_id")
    for kind, these in keys.items():
        yield from Address.objects.filter(kind=kind, key__in=these).values_list(*told)


def _whole(
    pairs: dict[tuple[int, int], str], seen: CustomerQuerySet
) -> list[tuple[Customer, Customer, str]]:
    known = seen.filter(pk__in={key for pair in pairs for key in pair}).prefetch_related(
        "addresses"
    )
    by_key = {one.pk: one for one in known}
    said = Q(one__in=by_key, other__in=by_key)
    two = set(TwoPeople.objects.filter(said).values_list("one_id", "other_id"))
    there = [(a, b) for a, b in pairs if a in by_key and b in by_key and (a, b) not in two]
    return [(by_key[a], by_key[b], pairs[a, b]) for a, b in reversed(there)]


def _same_address(customer: Customer, others: CustomerQuerySet) -> Iterator[tuple[int, str]]:
    mine = {(one.kind, one.key): one for one in customer.addresses.all()}
    if not mine:
        return
    keys = Q(key__in=[key for _, key in mine]) & Q(kind__in=[kind for kind, _ in mine])
    shared = Address.objects.filter(keys, customer__in=others).order_by("kind", "-pk")
    for one in shared[:LOOKED_AT]:
        if (one.kind, one.key) in mine:
            yield one.customer_id, SAME[AddressKind(one.kind)].format(one.value)


def _near_address(customer: Customer, others: CustomerQuerySet) -> Iterator[tuple[int, str]]:
    """One slip away, or the same but for what stands behind a plus."""
    for mine in [one.key for one in customer.addresses.all() if one.kind == AddressKind.EMAIL]:
        keys = _meant(_bare(mine), others)
        near = Address.objects.filter(kind=AddressKind.EMAIL, customer_id__in=keys)
        for one in near.exclude(key=mine):
            if _bare(one.key) == _bare(mine) or apart(one.key, mine, most=1) == 1:
                yield one.customer_id, f"nearly the same e-mail address, {one.value}"


def _like_name(customer: Customer, others: CustomerQuerySet) -> Iterator[tuple[int, str]]:
    """A first name alone is no sign. One place is: two of one name in two towns are likely two."""
    mine = words_of(customer.name)
    places = {place.pk: str(place) for place in customer.places.all()}
    if len(mine) < 2 or not places:
        return
    keys = _meant(customer.name, others)
    here = Customer.places.through.objects.filter(place__in=places, customer__in=keys)
    at = dict(here.values_list("customer_id", "place_id"))
    for one in others.filter(pk__in=at):
        slips = _between(mine, words_of(one.name))
        if slips <= 1:
            how = "nearly the same name" if slips else "the same name"
            yield one.pk, f"{how} at {places[at[one.pk]]}"


def _meant(text: str, others: CustomerQuerySet) -> list[int]:
    """Who is found by these words, each as it is or one slip away."""
    asked = [
        [Begin(word, is_whole=True), *Word.meant_by(word, shortest=SHORTEST)]
        for word in dict.fromkeys(words_of(text))
    ]
    keys = word_index.found(Customer, INDEX, asked, most=LOOKED_AT)
    return list(others.filter(pk__in=keys).order_by().values_list("pk", flat=True))


def _between(mine: Iterable[str], theirs: Iterable[str]) -> int:
    """Slips between two names, whichever way round their words stand."""
    one, other = sorted(mine), sorted(theirs)
    if len(one) != len(other):
        return 2
    return sum(apart(a, b, most=1) for a, b in zip(one, other, strict=True))


def _bare(email: str) -> str:
    """Without what somebody put behind a plus: post to both goes to one mailbox."""
    local, at, domain = email.rpartition("@")
    return f"{local.partition('+')[0]}{at}{domain}"
