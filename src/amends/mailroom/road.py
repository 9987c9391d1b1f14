"""The ways out for letters: how the first and the second fare, and which of them may be used now."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.db import models

from amends.mailroom.route import Slower, WrongLogin
from amends.mailroom.sending import Sending

if TYPE_CHECKING:
    from datetime import datetime

    from amends.mailroom.route import MailServer, ServerAway

FIRST, SECOND = "first", "second"
AWAY = (timedelta(seconds=30), timedelta(minutes=5))  # the first rest, and the longest
SLOWER = (timedelta(minutes=1), timedelta(minutes=30))
LOCKED_OUT = (timedelta(minutes=15), timedelta(minutes=15))
WORTH_SAYING = timedelta(minutes=5)  # a server that is restarted is no news


class WayOut(NamedTuple):
    name: str
    server: MailServer


class Road(models.Model):
    """What we know of one way out. It rests after a trouble, so that nobody is knocked at in vain,
    and ever longer; every worker sees the same row."""

    name = models.CharField(max_length=10, unique=True)
    resting_until = models.DateTimeField(null=True)
    rests = models.PositiveSmallIntegerField(default=0)  # in a row
    away_since = models.DateTimeField(null=True)
    is_locked_out = models.BooleanField(default=False)
    trouble = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def called(cls, name: str) -> Road:
        return cls.objects.filter(name=name).first() or cls(name=name)

    def rests_at(self, at: datetime) -> bool:
        return self.resting_until is not None and self.resting_until > at

    def is_worth_saying(self, at: datetime) -> bool:
        """A wrong login needs somebody at once; a server that is away, after some minutes."""
        away = self.away_since is not None and at - self.away_since >= WORTH_SAYING
        return self.is_locked_out or away

    @classmethod
    def rest(cls, name: str, why: ServerAway, *, at: datetime) -> None:
        """It could not be used: leave it alone for a while, longer each time."""
        road = cls.called(name)
        road.resting_until = at + _rest(why, road.rests)
        road.rests = min(road.rests + 1, 100)
        road.is_locked_out = isinstance(why, WrongLogin)
        road.trouble = str(why).replace("\0", "")[:500]
        if not isinstance(why, Slower):
            road.away_since = road.away_since or at
        cls.objects.update_or_create(name=name, defaults=road._told())

    @classmethod
    def is_well(cls, name: str) -> None:
        """A letter got through: what was wrong is over."""
        ill = cls.objects.filter(name=name).exclude(rests=0, trouble="")
        ill.update(resting_until=None, rests=0, away_since=None, is_locked_out=False, trouble="")

    @classmethod
    def try_now(cls) -> None:
        """Somebody mended it, or hopes so: whatever rests is tried at once."""
        cls.objects.update(resting_until=None)

    def _told(self) -> dict[str, object]:
        names = ("resting_until", "rests", "away_since", "is_locked_out", "trouble")
        return {name: getattr(self, name) for name in names}


def ways_out(at: datetime) -> dict[str, MailServer]:
    """What may be used now, by name; the one that ordinary letters take comes first.

    The second carries only where the owner allowed it, and only while the first has been away for
    the time they set; it never stands in for a first that merely asks us to go slower.
    """
    servers = configured()
    roads = {road.name: road for road in Road.objects.all()}
    resting = {name for name, road in roads.items() if road.rests_at(at)}
    open_ones = {name: server for name, server in servers.items() if name not in resting}
    if FIRST in open_ones or SECOND not in open_ones:
        return open_ones
    return open_ones if _may_stand_in(roads.get(FIRST), at) else {}


def may_send_another_way() -> bool:
    """Whether a person may choose the second way for one letter."""
    return SECOND in configured()


def configured() -> dict[str, MailServer]:
    """The ways there are; the second counts only where the owner allowed it."""
    first, second = settings.AMENDS_MAIL_URL, settings.AMENDS_MAIL_URL_2
    ways: dict[str, MailServer] = {FIRST: first} if first else {}
    if second and Sending.rules().second_allowed:
        ways[SECOND] = second
    return ways


def _may_stand_in(first: Road | None, at: datetime) -> bool:
    if first is None or first.away_since is None:
        return False
    return at - first.away_since >= timedelta(minutes=Sending.rules().second_after_minutes)


def _rest(why: ServerAway, before: int) -> timedelta:
    shortest, longest = AWAY
    if isinstance(why, WrongLogin):
        shortest, longest = LOCKED_OUT
    elif isinstance(why, Slower):
        shortest, longest = SLOWER
    rest: timedelta = min(shortest * 2 ** min(before, 10), longest)
    return rest * random.uniform(0.85, 1.15)  # noqa: S311 - so that not all come at once
