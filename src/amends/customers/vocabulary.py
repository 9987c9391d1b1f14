"""Every word that leads to a customer, once: where a misspelt one finds what was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models.functions import Length

from amends.customers.spelling import LONGEST, apart, slips_of
from amends.kit.ready import ready, say
from amends.kit.word_index import Begin, begun, starting_with

if TYPE_CHECKING:
    from collections.abc import Iterable

SHORTEST = 3
FORGIVEN = 4  # below this every word is a slip away from another
LONG = 8  # from here on two slips are forgiven
LOOKED_AT = 1_000
BEST = 8
AT_ONCE = 500
FEW = 12  # words, up to which nobody asks first which of them are new
LEARN = """
INSERT INTO customers_word ("word", "backwards") VALUES {rows}
ON CONFLICT ("word") DO NOTHING
"""


class Word(models.Model):
    """One word, and the same from its end: slips that are close together spoil only one half."""

    word = models.CharField(max_length=LONGEST)
    backwards = models.CharField(max_length=LONGEST)

    class Meta:
        # Equal or beginning alike is all that is asked of either: one index does for both.
        indexes = [
            models.Index(
                fields=["backwards"], name="word_backwards", opclasses=["varchar_pattern_ops"]
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["word"], name="word_once", opclasses=["varchar_pattern_ops"]
            )
        ]

    def __str__(self) -> str:
        return self.word

    @classmethod
    def learn(cls, words: Iterable[str]) -> None:
        """In one order, so that two who learn at once wait in a line."""
        waiting = sorted({word for word in words if len(word) >= SHORTEST})
        for start in range(0, len(waiting), AT_ONCE):
            cls._learn(waiting[start : start + AT_ONCE])

    @classmethod
    def _learn(cls, words: list[str]) -> None:
        if len(words) <= FEW:
            rows = ", ".join(["(%s, %s)"] * len(words))
            say(LEARN.format(rows=rows), [told for word in words for told in (word, word[::-1])])
            return
        known = set(_known(tuple(words)))
        new = [Word(word=word, backwards=word[::-1]) for word in words if word not in known]
        Word.objects.bulk_create(new, ignore_conflicts=True)

    @classmethod
    def knows(cls, beginning: str) -> bool:
        return cls.objects.filter(starting_with("word", beginning)).exists()

    @classmethod
    def meant_by(
        cls, typed: str, *, is_last: bool = False, shortest: int = FORGIVEN
    ) -> list[Begin]:
        """What somebody who typed this may have meant, or begun to type: what lies one slip away;
        of a long word, when there is nothing so near, two."""
        if len(typed) < shortest:
            return []
        slips = slips_of(typed)
        found = cls.objects.filter(word__in=slips).order_by("word").values_list("word", flat=True)
        meant = [Begin(word, is_whole=True) for word in found]
        if is_last and len(typed) > FORGIVEN:
            beginnings = begun(cls, "word", (slip for slip in slips if len(slip) >= len(typed)))
            meant += [Begin(beginning) for beginning in sorted(beginnings)]
        return meant or [Begin(word, is_whole=True) for word in cls._further(typed)]

    @classmethod
    def _further(cls, typed: str) -> list[str]:
        """Words two slips away that share a half with it. Digits are too much alike for that."""
        if len(typed) < LONG or not typed.isalpha():
            return []
        half, long = len(typed) // 2, cls.objects.annotate(long=Length("word"))
        alike = long.filter(long__gte=len(typed) - 2, long__lte=len(typed) + 2)
        begins = alike.filter(starting_with("word", typed[:half]))
        ends = alike.filter(starting_with("backwards", typed[half:][::-1]))
        near = {
            w for rows in (begins, ends) for w in rows.values_list("word", flat=True)[:LOOKED_AT]
        }
        return sorted(word for word in near if apart(typed, word, most=2) <= 2)[:BEST]


@ready
def _known(words: tuple[str, ...]) -> models.QuerySet[Word, str]:
    return Word.objects.filter(word__in=words).values_list("word", flat=True)
