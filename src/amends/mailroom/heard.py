"""When mail last came by each way in: written down now and then, for owners to see."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.db import DatabaseError

from amends.kit.clock import now

if TYPE_CHECKING:
    from collections.abc import Iterable

EVERY = timedelta(seconds=10)
_noted: dict[str, datetime] = {}


def note(way: str) -> None:
    """Mail came by this way. Called for every message; writes one in ten seconds."""
    at, before = now(), _noted.get(way)
    if before is not None and timedelta(0) <= at - before < EVERY:
        return
    _noted[way] = at
    with suppress(DatabaseError):  # the mail is stored; this is only told
        cache.set(_key(way), at.isoformat(), timeout=None)


def last_by(ways: Iterable[str]) -> dict[str, datetime]:
    """Of the ways by which anything ever came."""
    keys = {_key(way): way for way in ways}
    return {keys[key]: datetime.fromisoformat(at) for key, at in cache.get_many(list(keys)).items()}


def _key(way: str) -> str:
    return f"last-mail:{way}"
