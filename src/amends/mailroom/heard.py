"""When mail last came by each way in, for owners to see."""

from __future__ import annotations

from contextlib import suppress

from django.db import DatabaseError

from amends.kit.moments import Moments, NowAndThen

MAILS = Moments("last-mail")
last_by = MAILS.last_of
_ways: dict[str, NowAndThen] = {}


def note(way: str) -> None:
    """Mail came by this way."""
    with suppress(DatabaseError):  # the mail is stored; this is only told
        _ways.setdefault(way, NowAndThen(MAILS, way)).note()
