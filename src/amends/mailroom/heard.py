"""When mail last came by each way in, who was turned away there, and what a provider asks of us: for
owners to see."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from django.core.cache import cache
from django.db import DatabaseError

from amends.kit.clock import now
from amends.kit.moments import Moments, NowAndThen

PROVIDERS = {
    "postmark": "Postmark",
    "mailgun": "Mailgun",
    "sendgrid": "SendGrid",
    "amazon-ses": "Amazon SES",
}
MAILS, TURNED_AWAY = Moments("last-mail"), Moments("turned-away")
last_by, turned_away_at = MAILS.last_of, TURNED_AWAY.last_of
WORTH_SAYING = timedelta(minutes=15)  # who comes again by then has not given up
ASKED_FOR = timedelta(days=3)  # so long a provider's question can be answered
_seen: dict[tuple[Moments, str], NowAndThen] = {}


def note(way: str) -> None:
    """Mail came by this way."""
    _note(MAILS, way)


def turned_away(way: str) -> None:
    """Somebody knocked there who could not prove to be the provider."""
    _note(TURNED_AWAY, way)


def locked_out() -> list[str]:
    """The names of providers that brought mail before, and whom we turn away now."""
    last, away = last_by(PROVIDERS), turned_away_at(PROVIDERS)
    since = now() - WORTH_SAYING
    return [
        name
        for way, name in PROVIDERS.items()
        if way in last and way in away and away[way] > max(last[way], since)
    ]


def asks(way: str, address: str) -> None:
    """A provider wants to know whether we want its mail; whoever opens the address says yes."""
    cache.set(f"asks:{way}", address, timeout=int(ASKED_FOR.total_seconds()))


def asked() -> dict[str, str]:
    """Where to say yes, of those who ask."""
    keys = {f"asks:{way}": way for way in PROVIDERS}
    return {keys[key]: address for key, address in cache.get_many(list(keys)).items()}


def _note(moments: Moments, way: str) -> None:
    with suppress(DatabaseError):  # the mail is stored; this is only told
        _seen.setdefault((moments, way), NowAndThen(moments, way)).note()
