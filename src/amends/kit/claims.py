"""Claiming work: of all who reach for the same row at once, exactly one wins it."""

from typing import Any

from django.db.models import QuerySet


def claim(queryset: QuerySet[Any], **changes: Any) -> bool:
    """Change the row while it still matches the queryset; False when somebody else was first.

    The queryset must name one row and the state it is claimed from.
    """
    return queryset.order_by().update(**changes) == 1
