"""Every word that leads to a customer, once: where a misspelt one finds what was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models.functions import Length

from amends.customers.spelling import LONGEST, apart
from amends.kit.word_index import starting_with

if TYPE_CHECKING:
    from collections.abc import Iterable

SHORTEST = 4  # below this every word is a slip away from another
LONG = 8  # from here on two slips are forgiven
LOOKED_AT = 4_000
BEST = 8
AT_ONCE = 500


class Word(models.Model):
    """One word, and the same from its end: a slip spoils only one half of a word."""

    word = models.CharField(max_length=LONGEST, unique=True)
    backwards = models.CharField(max_length=LONGEST, db_index=True)

    def __str__(self) -> str:
        return self.word

    @classmethod
    def learn(cls, findable: Iterable[str]) -> None:
        """The words of these texts. In one order, so that two who learn at once wait in a line."""
        words = {word for text in findable for word in text.split(" ") if len(word) >= SHORTEST}
        waiting = sorted(words)
        for start in range(0, len(waiting), AT_ONCE):
            cls._learn(waiting[start : start + AT_ONCE])

    @classmethod
    def _learn(cls, words: list[str]) -> None:
        known = set(cls.objects.filter(word__in=words).values_list("word", flat=True))
        new = [cls(word=word, backwards=word[::-1]) for word in words if word not in known]
        if new:
            cls.objects.bulk_create(new, ignore_conflicts=True)

    @classmethod
    def knows(cls, beginning: str) -> bool:
        return cls.objects.filter(starting_with("word", beginning)).exists()

    @classmethod
    def meant_by(cls, typed: str, *, is_last: bool = False) -> list[str]:
        """Known words that somebody who typed this may have meant, or begun to type: those with
        the fewest slips."""
        if len(typed) < SHORTEST:
            return []
        most = 2 if len(typed) >= LONG else 1
        slips = {word: _between(typed, word, most, is_last) for word in cls._near(typed, most)}
        fewest = min(slips.values(), default=most + 1)
        return sorted(word for word, n in slips.items() if n == fewest <= most)[:BEST]

    @classmethod
    def _near(cls, typed: str, most: int) -> set[str]:
        """Words that share a half with it. The middle letters belong to neither half, so that two
        of them the wrong way round spoil only one."""
        half = (len(typed) - 1) // 2
        end = typed[half + 1 :]
        if len(typed) == SHORTEST:  # too short to have two halves and a middle
            swapped = cls.objects.filter(word__in=_swapped(typed)).values_list("word", flat=True)
            return {*swapped, *cls._sharing(typed, 2, typed[2:], most)}
        return cls._sharing(typed, half, end, most)

    @classmethod
    def _sharing(cls, typed: str, half: int, end: str, most: int) -> set[str]:
        long = cls.objects.annotate(long=Length("word")).filter(long__gte=len(typed) - most)
        begins = long.filter(starting_with("word", typed[:half]))
        ends = long.filter(starting_with("backwards", end[::-1]), long__lte=len(typed) + most)
        found: set[str] = set()
        for near in (begins, ends):
            found |= set(near.values_list("word", flat=True)[:LOOKED_AT])
        return found


def _swapped(typed: str) -> list[str]:
    """With each two neighbours the other way round."""
    return [typed[:i] + typed[i + 1] + typed[i] + typed[i + 2 :] for i in range(len(typed) - 1)]


def _between(typed: str, word: str, most: int, is_last: bool) -> int:
    """Of the word that is still being typed only the beginning counts."""
    whole = apart(typed, word, most=most)
    if not is_last or len(word) <= len(typed):
        return whole
    begun = (apart(typed, word[:n], most=most) for n in (len(typed), len(typed) + 1))
    return min(whole, *begun)
