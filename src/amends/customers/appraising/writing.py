"""Writing down what was reckoned: only where it says something new, so that a night's work on a million
customers is mostly reading."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db import transaction
from django.db.models import F

from amends.customers.worth import Worth

if TYPE_CHECKING:
    from datetime import date

    from amends.customers.appraising.book import Book, Column
    from amends.customers.appraising.figures import Figures

AT_ONCE = 2_000
CHANCES = ("p_alive", "overdue")
COUNTS = ("expected", "amount")
SUMS = ("amount", "low", "high")
FIGURES = (*CHANCES, "expected", *SUMS)
SAME_CHANCE, SAME_COUNT = 0.01, 0.02  # of one, and of what it was


def told_anew(book: Book, found: Figures) -> Column:
    """The rows of the book whose figures differ from what is written, or are not written at all."""
    fields = ("customer_id", *CHANCES, *COUNTS)
    kept = np.fromiter(
        (
            tuple(np.nan if one is None else float(one) for one in row)
            for row in Worth.objects.order_by().values_list(*fields).iterator(chunk_size=20_000)
        ),
        dtype=np.dtype([(name, "f8") for name in fields]),
    )
    kept = kept[np.argsort(kept["customer_id"])]
    at = np.searchsorted(kept["customer_id"], book.keys)
    at[at == len(kept)] = 0
    known = kept["customer_id"][at] == book.keys if len(kept) else np.zeros(len(book), dtype=bool)
    changed = ~known
    if len(kept):
        for name in CHANCES:
            changed |= _differs(kept[name][at], getattr(found, name), SAME_CHANCE)
        for name in COUNTS:
            before = kept[name][at]
            changed |= _differs(before, getattr(found, name), SAME_COUNT * (np.abs(before) + 1))
    return np.flatnonzero(changed)


def write(book: Book, found: Figures, rows: Column, *, rung: Column) -> None:
    """In stretches, each for good; a night cut short is gone on with the next night."""
    _remember_the_quarter(book.as_of)
    for start in range(0, len(rows), AT_ONCE):
        few = rows[start : start + AT_ONCE]
        with transaction.atomic():
            Worth.objects.bulk_create(
                [_row(book, found, int(at), str(rung[at])) for at in few],
                update_conflicts=True,
                unique_fields=["customer"],
                update_fields=["as_of", "rung", "currency", *FIGURES],
            )


def _remember_the_quarter(as_of: date) -> None:
    """At the first reckoning of a quarter: what each was worth at the end of the one before."""
    last = Worth.objects.order_by("-as_of").values_list("as_of", flat=True).first()
    if last is not None and _quarter(last) != _quarter(as_of):
        Worth.objects.update(amount_before=F("amount"))


def _quarter(on: date) -> tuple[int, int]:
    return on.year, (on.month - 1) // 3


def _differs(before: Column, after: Column, by: Any) -> Column:
    """NaN is like NaN, and unlike any number."""
    same: Column = (np.abs(before - after) <= by) | (np.isnan(before) & np.isnan(after))
    return np.logical_not(same)


def _row(book: Book, found: Figures, at: int, rung: str) -> Worth:
    return Worth(
        customer_id=int(book.keys[at]),
        as_of=book.as_of,
        rung=rung,
        currency=str(book.rows["currency"][at]),
        **{name: _number(getattr(found, name)[at], name in SUMS) for name in FIGURES},
    )


def _number(value: float, is_sum: bool) -> Decimal | None:
    """As it is kept: a sum to the penny, a chance to the ten-thousandth."""
    return None if np.isnan(value) else Decimal(f"{value:.{2 if is_sum else 4}f}")
