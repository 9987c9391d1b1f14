"""Search as you type: over names, all addresses and numbers, forgiving accents and slips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amends.customers.spelling import asked_words, words_of
from amends.customers.vocabulary import Word
from amends.kit import word_index
from amends.kit.word_index import Asked, Begin

if TYPE_CHECKING:
    from amends.customers.customer import Customer, CustomerQuerySet

INDEX = "customer_words"
MOST = 200  # found at once; whoever wants fewer types more
BOXES = 20  # at so many providers somebody may have the same name before the @
ROUNDS = 4  # looked further, when most of what is found belongs to other places


def search(seen: CustomerQuerySet, typed: str, *, most: int = MOST) -> list[int]:
    """The keys of those among the `seen` who are meant: first by whole words, then by their
    beginnings; only when there is nobody, by what may have been meant."""
    if found := _addressed(seen, typed, most):
        return found
    words = asked_words(typed)
    whole = [[Begin(word, is_whole=True)] for word in words]
    begun = [[Begin(word)] for word in words]
    found = _among(seen, whole, most)
    if len(found) < most:
        found = list(dict.fromkeys([*found, *_among(seen, begun, most)]))[:most]
    return found or _meant(seen, words, most) or _number(seen, typed, most)


def best(seen: CustomerQuerySet, typed: str, *, most: int) -> list[Customer]:
    """The few to choose from while typing, the likeliest first."""
    keys = search(seen, typed, most=most)
    by_key = {one.pk: one for one in seen.filter(pk__in=keys).prefetch_related("addresses")}
    return [by_key[key] for key in keys if key in by_key]


def _addressed(seen: CustomerQuerySet, typed: str, most: int) -> list[int]:
    """What stands before the @ says whose an address is. What follows is that of many: to look it up
    as words would gather a sixth of all customers."""
    address = typed.strip().lower()
    box, at, _ = address.partition("@")
    words = asked_words(box) if at else []
    keys = _among(seen, [[Begin(word, is_whole=True)] for word in words], BOXES)
    there = seen.filter(pk__in=keys, addresses__kind="email", addresses__key__startswith=address)
    return sorted(set(there.order_by().values_list("pk", flat=True)), reverse=True)[:most]


def _meant(seen: CustomerQuerySet, words: list[str], most: int) -> list[int]:
    """Words that lead nowhere are taken for others near them; then any word may be."""
    unknown = {word for word in words if not Word.knows(word)}
    for doubted in (unknown, set(words)) if unknown else (set(words),):
        asked = [_spellings(word, words, doubted) for word in words]
        if any(len(spellings) > 1 for spellings in asked) and (found := _among(seen, asked, most)):
            return found
    return []


def _number(seen: CustomerQuerySet, typed: str, most: int) -> list[int]:
    """A number is learnt as one word, whatever stands between its parts."""
    whole = "".join(words_of(typed))
    if not any(c.isdigit() for c in whole):
        return []
    return _among(seen, [_spellings(whole, [whole], {whole})], most)


def _spellings(word: str, words: list[str], doubted: set[str]) -> list[Begin]:
    meant = Word.meant_by(word, is_last=word == words[-1]) if word in doubted else []
    return [Begin(word), *meant]


def _among(seen: CustomerQuerySet, asked: Asked, most: int) -> list[int]:
    found: list[int] = []
    size, before = most, 0
    for _ in range(ROUNDS):
        keys = word_index.found(seen.model, INDEX, asked, most=size, before=before)
        here = set(seen.filter(pk__in=keys).order_by().values_list("pk", flat=True))
        found += [key for key in keys if key in here]
        if len(found) >= most or len(keys) < size:
            break
        size, before = size * 4, keys[-1]
    return found[:most]
