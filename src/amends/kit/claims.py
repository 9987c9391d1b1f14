"""Claiming work: of all who reach for the same row at once, exactly one wins it; and of all who
come for the same thing that has no row yet, one comes after the other."""

import hashlib
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.transaction import TransactionManagementError


def claim(queryset: QuerySet[Any], **changes: Any) -> bool:
    """Change the row while it still matches the queryset; False when somebody else was first.

    The queryset must name one row and the state it is claimed from.
    """
    return queryset.order_by().update(**changes) == 1


def take_turns(*names: str) -> None:
    """Whoever else comes with one of these names waits until our transaction has ended, and then
    sees what we did. On SQLite a transaction is alone from its beginning."""
    if not connection.in_atomic_block:
        raise TransactionManagementError("Turns are taken inside a transaction.")
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for name in sorted(names):
            digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()
            number = int.from_bytes(digest[:8], "big", signed=True)
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
