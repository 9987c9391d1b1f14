"""Signs of life: each long-running part says now and then that it did its work."""

from datetime import datetime, timedelta

from django.core.cache import cache

EVERY = timedelta(seconds=10)
QUIET = timedelta(seconds=60)


def beat(name: str, *, at: datetime) -> None:
    cache.set(f"heartbeat:{name}", at.isoformat(), timeout=None)


def last(name: str) -> datetime | None:
    """When this part was last known to work."""
    said = cache.get(f"heartbeat:{name}")
    return datetime.fromisoformat(said) if said else None


def alive(name: str, *, at: datetime, within: timedelta = QUIET) -> bool:
    moment = last(name)
    return moment is not None and at - moment <= within
