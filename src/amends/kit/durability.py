"""When a commit must wait for the disk, and when it need not."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection, transaction

from amends.kit.ready import answer_to, say
from amends.kit.statement import in_few_trips

if TYPE_CHECKING:
    from collections.abc import Iterator


# Besides, each question finds a few rows by an index, and is planned once: a plan made while the tables are
# young would read them whole, and the longer ones cost more to plan each time than to answer.
FOR_ONE_OPENING = """
SELECT set_config('synchronous_commit', 'off', true), set_config('plan_cache_mode', 'force_generic_plan', true),
  set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)
"""


@contextmanager
def made_again_if_lost() -> Iterator[None]:
    """A transaction that can be done again from what is stored already: its commit does not wait
    for the disk. Both databases write their log in order, so that the next commit which does wait
    brings this one along: nothing that was built upon it can outlive it."""
    if connection.in_atomic_block or connection.vendor == "postgresql":
        with transaction.atomic(), in_few_trips(to_the_end=True):
            if connection.vendor == "postgresql":
                say(FOR_ONE_OPENING)
            yield
        return
    answer_to("PRAGMA synchronous = normal")
    try:
        with transaction.atomic():
            yield
    finally:
        answer_to("PRAGMA synchronous = full")
