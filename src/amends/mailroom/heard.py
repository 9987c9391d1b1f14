"""When mail last came by each way in, who was turned away there, and what a provider asks of us: for
owners to see."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.core.cache import cache
from django.db import DatabaseError

from amends.kit.clock import now
from amends.kit.moments import Moments, NowAndThen

if TYPE_CHECKING:
    from collections.abc import Iterable

PROVIDERS = {
    "postmark": "Postmark",
    "mailgun": "Mailgun",
    "sendgrid": "SendGrid",
    "amazon-ses": "Amazon SES",
}
MAILS, TURNED_AWAY, ASKS = Moments("last-mail"), Moments("turned-away"), "asks"
KINDS = (MAILS.kind, TURNED_AWAY.kind, ASKS)
last_by = MAILS.last_of
WORTH_SAYING = timedelta(minutes=15)  # who comes again by then has not given up
ASKED_FOR = timedelta(days=3)  # so long a provider's question can be answered
_seen: dict[tuple[Moments, str], NowAndThen] = {}


def note(way: str) -> None:
    """Mail came by this way."""
    _note(MAILS, way)


def turned_away(way: str) -> None:
    """Somebody knocked there who could not prove to be the provider."""
    _note(TURNED_AWAY, way)


class Faring(NamedTuple):
    """How one way in fares."""

    last: datetime | None = None  # mail
    away: datetime | None = None  # somebody turned away
    asks: str = ""  # where to say that its mail is wanted

    @property
    def is_locked_out(self) -> bool:
        """Nobody has brought mail since somebody was turned away."""
        return self.away is not None and (self.last is None or self.away > self.last)


def faring(ways: Iterable[str]) -> dict[str, Faring]:
    """Of each, in one question."""
    ways = list(ways)
    found = cache.get_many([f"{kind}:{way}" for kind in KINDS for way in ways])
    told = {way: [found.get(f"{kind}:{way}", "") for kind in KINDS] for way in ways}
    return {
        way: Faring(_moment(last), _moment(away), asks) for way, (last, away, asks) in told.items()
    }


def locked_out() -> list[str]:
    """The names of providers that brought mail before, and whom we turn away now."""
    since, by = now() - WORTH_SAYING, faring(PROVIDERS)
    return [
        PROVIDERS[way]
        for way, one in by.items()
        if one.last and one.is_locked_out and one.away and one.away > since
    ]


def asks(way: str, address: str) -> None:
    """A provider wants to know whether we want its mail; whoever opens the address says yes."""
    cache.set(f"{ASKS}:{way}", address, timeout=int(ASKED_FOR.total_seconds()))


def _moment(said: str) -> datetime | None:
    return datetime.fromisoformat(said) if said else None


def _note(moments: Moments, way: str) -> None:
    with suppress(DatabaseError):  # the mail is stored; this is only told
        _seen.setdefault((moments, way), NowAndThen(moments, way)).note()
