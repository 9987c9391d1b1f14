"""When a commit must wait for the disk, and when it need not."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection, transaction

from amends.kit.ready import answer_to, say
from amends.kit.statement import in_few_trips

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def made_again_if_lost() -> Iterator[None]:
    """A transaction that can be done again from what is stored already: its commit does not wait
    for the disk. Both databases write their log in order, so that the next commit which does wait
    brings this one along: nothing that was built upon it can outlive it."""
    if connection.in_atomic_block or connection.vendor == "postgresql":
        with transaction.atomic(), in_few_trips():
            if connection.vendor == "postgresql":
                say("SELECT set_config('synchronous_commit', 'off', true)")
            yield
        return
    answer_to("PRAGMA synchronous = normal")
    try:
        with transaction.atomic():
            yield
    finally:
        answer_to("PRAGMA synchronous = full")
