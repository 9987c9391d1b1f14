"""When a commit must wait for the disk, and when it need not."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection, transaction

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def made_again_if_lost() -> Iterator[None]:
    """A transaction that can be done again from what is stored already: its commit does not wait
    for the disk. Both databases write their log in order, so that the next commit which does wait
    brings this one along: nothing that was built upon it can outlive it."""
    if connection.in_atomic_block or connection.vendor == "postgresql":
        with transaction.atomic():
            if connection.vendor == "postgresql":
                _say("SET LOCAL synchronous_commit = off")
            yield
        return
    _say("PRAGMA synchronous = normal")
    try:
        with transaction.atomic():
            yield
    finally:
        _say("PRAGMA synchronous = full")


def _say(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
