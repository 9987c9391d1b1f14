"""Long lists, a stretch at a time: each begins after the last row seen, not after a count."""

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q

SIZE = 40


@dataclass(frozen=True)
class Stretch:
    """The rows, and what to hand back in ?after= for those that follow; empty at the end."""

    rows: list[Any]
    after: str = ""


def stretch(queryset, *, key, after="", size=SIZE):
    """Rows ordered by `key` (a leading minus: downwards), beginning after `after`."""
    name, down = key.removeprefix("-"), key.startswith("-")
    ordered = queryset.order_by(key, "-pk" if down else "pk")
    try:
        rows = list(_beyond(ordered, name, down, after)[: size + 1])
    except (ValidationError, ValueError, TypeError):
        rows = list(ordered[: size + 1])
    more = rows[:size][-1] if len(rows) > size else None
    return Stretch(rows[:size], _token(getattr(more, name), more.pk) if more else "")


def _beyond(queryset, name, down, after):
    if not after:
        return queryset
    value, pk = _read(after)
    then = "lt" if down else "gt"
    return queryset.filter(Q(**{f"{name}__{then}": value}) | Q(**{name: value, f"pk__{then}": pk}))


def _token(value, pk):
    told = json.dumps([value.isoformat() if hasattr(value, "isoformat") else value, pk])
    return base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")


def _read(token):
    try:
        value, pk = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    except (binascii.Error, UnicodeDecodeError) as spoilt:
        raise ValueError(token) from spoilt
    return value, int(pk)
