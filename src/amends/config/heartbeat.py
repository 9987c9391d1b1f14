"""Signs of life: each long-running part says now and then that it did its work."""

from datetime import UTC, datetime, timedelta

from django.core.cache import cache

from amends.kit.clock import now

EVERY = timedelta(seconds=10)
NEVER = datetime.min.replace(tzinfo=UTC)
QUIET = timedelta(seconds=60)


def beat(name: str, *, at: datetime) -> None:
    cache.set(f"heartbeat:{name}", at.isoformat(), timeout=None)


def beat_now_and_then(name: str, *, beaten: datetime) -> datetime:
    """Beat when the last time is long enough ago; returns the last time."""
    at = now()
    if at - beaten < EVERY:
        return beaten
    beat(name, at=at)
    return at


def last(name: str) -> datetime | None:
    """When this part was last known to work."""
    said = cache.get(f"heartbeat:{name}")
    return datetime.fromisoformat(said) if said else None


def alive(name: str, *, at: datetime, within: timedelta = QUIET) -> bool:
    moment = last(name)
    return moment is not None and at - moment <= within
