"""The one place that reads the time; sums and deadlines receive it as `at`."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.utils import timezone

_then: ContextVar[datetime | None] = ContextVar("then", default=None)


def now() -> datetime:
    return _then.get() or timezone.now()


@contextmanager
def lived_at(moment: datetime) -> Iterator[None]:
    """Steps taken inside are stamped with an earlier moment: for the past of a sample business and
    for histories brought in from elsewhere. Never the future."""
    if moment > timezone.now():
        raise ValueError("Nothing can be lived before its time.")
    mark = _then.set(moment)
    try:
        yield
    finally:
        _then.reset(mark)
