"""Signs of life: each long-running part says now and then that it did its work."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.core.cache import cache

from amends.kit.clock import now

EVERY = timedelta(seconds=10)
NEVER = datetime.min.replace(tzinfo=UTC)
QUIET = timedelta(seconds=60)


class Pulse:
    """Beats when it is called, and not more often than needed."""

    def __init__(self, name: str) -> None:
        self.name, self.beaten = name, NEVER

    def beat(self) -> None:
        self.beaten = beat_now_and_then(self.name, beaten=self.beaten)


def beat(name: str, *, at: datetime) -> None:
    cache.set(f"heartbeat:{name}", at.isoformat(), timeout=None)


def beat_now_and_then(name: str, *, beaten: datetime) -> datetime:
    """Beat when the last time is long enough ago; returns the last time."""
    at = now()
    if at - beaten < EVERY:
        return beaten
    beat(name, at=at)
    return at


def last_of(names: Iterable[str]) -> dict[str, datetime]:
    """Of each that was ever heard of, in one question."""
    keys = {f"heartbeat:{name}": name for name in names}
    return {
        keys[key]: datetime.fromisoformat(said) for key, said in cache.get_many(list(keys)).items()
    }


def last(name: str) -> datetime | None:
    """When this part was last known to work."""
    said = cache.get(f"heartbeat:{name}")
    return datetime.fromisoformat(said) if said else None


def alive(name: str, *, at: datetime, within: timedelta = QUIET) -> bool:
    moment = last(name)
    return moment is not None and at - moment <= within
