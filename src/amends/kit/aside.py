"""Conditions that a database is not to search by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F, Func
from django.db.models.lookups import In

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet


class Aside(Func):
    """A column of whole numbers, by whose index nothing is looked up: a plus before it changes its
    value as little as it can be indexed."""

    template = "+%(expressions)s"
    arity = 1


def beside(column: str, rows: QuerySet[Any] | Iterable[int]) -> In:
    """The column, a reference, names one of these rows: looked at in what something else has found.
    Half of a million recoveries are of one place, and of those due today there are ten."""
    wanted = rows.values("pk") if hasattr(rows, "values") else list(rows)
    return In(Aside(F(column)), wanted)
