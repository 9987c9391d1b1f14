"""How much may be sent by itself: to one address, within one conversation, to one domain, with one
and the same text to answer, and in all. Nobody who makes our machine write can flood others with it.

This is the second of two brakes; the first looks at what is answered (mailroom/automatic.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from amends.mailroom.tally import Counted, Tally

if TYPE_CHECKING:
    from datetime import datetime

HOUR, DAY, WEEK, LONG = (
    timedelta(hours=1),
    timedelta(days=1),
    timedelta(days=7),
    timedelta(days=400),
)
SHORTEST = 40  # letters, below which the same words mean nothing
LOOP = 6  # of one kind within its time: two machines seem to answer each other
# Where everybody has a mailbox: many guests of one evening may write from there.
EVERYBODYS = frozenset(
    [
        *("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com"),
        *("hotmail.co.uk", "yahoo.com", "yahoo.co.uk", "ymail.com", "aol.com", "icloud.com"),
        *("me.com", "mac.com", "proton.me", "protonmail.com", "gmx.de", "gmx.net", "web.de"),
        *("t-online.de", "orange.fr", "wanadoo.fr", "free.fr", "laposte.net", "libero.it"),
        *("btinternet.com", "sky.com", "virginmedia.com", "qq.com", "163.com", "126.com"),
        *("mail.ru", "yandex.ru", "naver.com", "comcast.net", "uol.com.br", "zoho.com"),
    ]
)
FOR_EVERYBODYS = 10  # times as many


@dataclass(frozen=True)
class Limit:
    """So many of what, over how long; and what to say when that is exceeded."""

    what: str
    most: int
    over: timedelta
    words: str

    @property
    def is_shared(self) -> bool:
        """One that strangers to each other use up together."""
        return self.what in ("domain", "all")


TO_THIS_ADDRESS = "One went to this address not long ago."
IN_ALL = "Too much was sent by itself lately; the limit for all letters is reached."
LIMITS: dict[str, tuple[Limit, ...]] = {
    # To an address that nobody has proven: anybody could have typed it.
    "acknowledgement": (
        Limit("address", 1, HOUR, TO_THIS_ADDRESS),
        Limit("address", 10, WEEK, "Ten went to this address within a week."),
        Limit("thread", 1, LONG, "It was sent in this conversation already."),
        Limit("body", 5, DAY, "The same words came several times; a machine may be writing them."),
        Limit("domain", 1_000, HOUR, "Many went to this domain within the hour."),
        Limit("domain", 5_000, WEEK, "Many went to this domain within a week."),
        Limit("all", 5_000, HOUR, IN_ALL),
    ),
    # What a step of theirs sets off.
    "step": (
        Limit("address", 10, HOUR, "Ten went to this address within the hour."),
        Limit("thread", 20, DAY, "Twenty went out in this conversation within a day."),
        Limit("all", 5_000, HOUR, IN_ALL),
    ),
    # What we found ourselves, to somebody who has not said a word.
    "unasked": (
        Limit("address", 2, WEEK, "Two like it went to this address within a week."),
        Limit("thread", 1, LONG, "It was sent in this conversation already."),
        Limit("all", 2_000, HOUR, IN_ALL),
    ),
    # To somebody who works here.
    "notice": (Limit("address", 60, HOUR, "Sixty went to this address within the hour."),),
    # Sign-in letters, for which anybody can ask who knows an address.
    "account": (
        Limit("address", 10, HOUR, "Ten went to this address within the hour."),
        Limit("all account", 300, HOUR, IN_ALL),
    ),
}


@dataclass(frozen=True)
class Braked:
    """Why it may not go now; and whether it looks as if two machines answered each other."""

    why: str = ""
    is_loop: bool = False  # said once in the time of the limit


def brake(sort: str, *, to: str, thread: str = "", answers: str = "", at: datetime) -> Braked:
    """Count one letter of this sort, unless it is too many."""
    values = {
        "address": to.strip().lower(),
        "thread": thread,
        "body": _gist(answers),
        "domain": to.strip().lower().rpartition("@")[2],
        "all": "all",
        "all account": "all",
    }
    limits = [limit for limit in LIMITS[sort] if values[limit.what]]
    counted = [Counted(f"{sort} {x.what}", values[x.what], x.over) for x in limits]
    if not counted:
        return Braked()
    counts = Tally.count_one(counted, at=at)
    over = [x for x, count in zip(limits, counts, strict=True) if count > _most(x, values)]
    if not over:
        return Braked()
    shared = [each for x, each in zip(limits, counted, strict=True) if x.is_shared]
    Tally.take_back(shared)
    pairs = zip(limits, counts, strict=True)
    own = (count == max(x.most + 1, LOOP) for x, count in pairs if not x.is_shared)
    return Braked(over[0].words, is_loop=any(own))


def _most(limit: Limit, values: dict[str, str]) -> int:
    if limit.what == "domain" and values["domain"] in EVERYBODYS:
        return limit.most * FOR_EVERYBODYS
    return limit.most


def _gist(text: str) -> str:
    """Words without figures and spaces: a machine changes a number or a date each time. What is
    short may well be said by several people."""
    letters = re.sub(r"[\W\d_]+", "", text[:5_000].lower())
    return letters if len(letters) >= SHORTEST else ""
