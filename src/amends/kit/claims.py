"""Claiming work: of all who reach for the same row at once, exactly one wins it; and of all who
come for the same thing that has no row yet, one comes after the other."""

import hashlib
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.transaction import TransactionManagementError

from amends.kit.ready import say_once


def claim(queryset: QuerySet[Any], **changes: Any) -> bool:
    """Change the row while it still matches the queryset; False when somebody else was first.

    The queryset must name one row and the state it is claimed from.
    """
    return queryset.order_by().update(**changes) == 1


def take_turns(*names: str) -> None:
    """Whoever else comes with one of these names waits until our transaction has ended, and then
    sees what we did. On SQLite a transaction is alone from its beginning."""
    _turns("pg_advisory_xact_lock", *sorted(names))


def share_turn(name: str) -> None:
    """Many may share a turn at once; whoever takes it by `take_turns` comes before or after them
    all."""
    _turns("pg_advisory_xact_lock_shared", name)


def _turns(lock: str, *names: str) -> None:
    if not connection.in_atomic_block:
        raise TransactionManagementError("Turns are taken inside a transaction.")
    if connection.vendor != "postgresql":
        return
    for name in names:
        digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()
        number = int.from_bytes(digest[:8], "big", signed=True)
        say_once(f"SELECT {lock}(%s)", [number])
