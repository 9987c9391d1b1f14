"""How often something was sent, kept in the database so that every worker counts together."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection, models
from django.db.models import F

from amends.kit.clock import now
from amends.kit.ready import answer_to

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime, timedelta

COUNT = """
INSERT INTO mailroom_tally ("key", "until", "count") VALUES {rows}
ON CONFLICT ("key") DO UPDATE SET
  "count" = CASE WHEN mailroom_tally."until" <= %s THEN 1 ELSE mailroom_tally."count" + 1 END,
  "until" = CASE WHEN mailroom_tally."until" <= %s THEN excluded."until"
            ELSE mailroom_tally."until" END
RETURNING "key", "count"
"""


class Counted(NamedTuple):
    """Something that is counted, and over how long. The time runs from the first of it."""

    what: str
    value: str
    over: timedelta

    @property
    def key(self) -> str:
        told = f"{self.what}\n{int(self.over.total_seconds())}\n{self.value}"
        return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()


class Tally(models.Model):
    """One count. When its time is over it begins anew with the next, or is forgotten."""

    key = models.CharField(max_length=64, primary_key=True)
    until = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "tallies"

    def __str__(self) -> str:
        return f"{self.count} until {self.until:%d %B %H:%M}"

    @classmethod
    def count_one(cls, counted: Sequence[Counted], *, at: datetime) -> list[int]:
        """One more of each, and how many that makes: one question to the database, in which nobody
        else counts the same. In the order of their keys, so that no two wait for each other."""
        rows = sorted({each.key: each.over for each in counted}.items())
        moment = connection.ops.adapt_datetimefield_value
        given = [part for key, over in rows for part in (key, moment(at + over), 1)]
        question = COUNT.format(rows=", ".join(["(%s, %s, %s)"] * len(rows)))
        counts = dict(answer_to(question, [*given, moment(at), moment(at)]))
        return [counts[each.key] for each in counted]

    @classmethod
    def take_back(cls, counted: Iterable[Counted]) -> None:
        """It did not happen after all."""
        keys = [each.key for each in counted]
        cls.objects.filter(key__in=keys, count__gt=0).update(count=F("count") - 1)


def forget_old_tallies() -> int:
    """What began anew anyway; the clock calls this."""
    forgotten, _ = Tally.objects.filter(until__lte=now()).delete()
    return forgotten
