"""When something last happened, for every process to see: written down now and then, not each time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.cache import cache

from amends.kit.clock import now

if TYPE_CHECKING:
    from collections.abc import Iterable

EVERY = timedelta(seconds=10)


class Moments:
    """Those of one kind, each with a name."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def keep(self, name: str, *, at: datetime) -> None:
        cache.set(f"{self.kind}:{name}", at.isoformat(), timeout=None)

    def last_of(self, names: Iterable[str]) -> dict[str, datetime]:
        """Of each that ever was, in one question."""
        keys = {f"{self.kind}:{name}": name for name in names}
        found = cache.get_many(list(keys))
        return {keys[key]: datetime.fromisoformat(at) for key, at in found.items()}


class NowAndThen:
    """One of them, for whoever sees it happen over and over: called each time, it writes one in ten
    seconds. A clock that was set back does not silence it."""

    def __init__(self, moments: Moments, name: str) -> None:
        self.moments, self.name = moments, name
        self.kept: datetime | None = None

    def note(self) -> None:
        at = now()
        if self.kept is None or not timedelta(0) <= at - self.kept < EVERY:
            self.moments.keep(self.name, at=at)
            self.kept = at
