"""What is known of how all customers buy, as columns: from their rhythms to what the models read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from amends.customers.rhythm import Rhythm
from amends.worth.histories import Histories

if TYPE_CHECKING:
    from collections.abc import Iterable

Column = NDArray[Any]
AT_ONCE = 20_000
FIELDS = ("pk", "purchases", "first_on", "last_on", "spent_again", "paid_again", "currency")
ROW = np.dtype(
    [
        ("key", "i8"),
        ("x", "f8"),
        ("first", "i4"),
        ("last", "i4"),
        ("mean", "f8"),
        ("paid", "f8"),
        ("currency", "U3"),
    ]
)


@dataclass(frozen=True, eq=False)
class Book:
    """One row a customer who ever bought. `x` days with a purchase after the first; `first` and
    `last` as ordinal days; `mean` money on each of the `paid` returning days, in `currency`."""

    as_of: date
    rows: Column

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def keys(self) -> Column:
        return self.rows["key"]

    @property
    def x(self) -> Column:
        return self.rows["x"]

    @property
    def t_x(self) -> Column:
        return np.asarray(self.rows["last"] - self.rows["first"], dtype=np.float64)

    @property
    def T(self) -> Column:  # noqa: N802  the letter of the papers
        return np.asarray(self.as_of.toordinal() - self.rows["first"], dtype=np.float64)

    @property
    def mean(self) -> Column:
        return self.rows["mean"]

    @property
    def paid(self) -> Column:
        return self.rows["paid"]

    @property
    def currencies(self) -> list[str]:
        """Those somebody paid in on a day they came back, the commonest first."""
        found, times = np.unique(self.rows["currency"][self.rows["paid"] > 0], return_counts=True)
        return [str(found[at]) for at in np.argsort(-times) if found[at]]

    def histories(self) -> Histories:
        return Histories.of(self.x, self.t_x, self.T)

    def paid_in(self, currency: str) -> Column:
        """The rows of whoever mostly pays in this currency."""
        return np.flatnonzero(self.rows["currency"] == currency)


def read_book(until: date) -> Book | None:
    """All rhythms, as of the last day of which anything is known; none where nobody ever bought.
    A till that has been silent since Friday makes nobody overdue."""
    bought = Rhythm.objects.filter(purchases__gt=0, first_on__lte=until)
    told = bought.values_list(*FIELDS).iterator(chunk_size=AT_ONCE)
    rows = np.fromiter(_rows(told, until), dtype=ROW)
    if not len(rows):
        return None
    return Book(date.fromordinal(int(rows["last"].max())), rows)


def _rows(told: Iterable[tuple[Any, ...]], until: date) -> Iterable[tuple[Any, ...]]:
    for key, purchases, first, last, spent_again, paid_again, currency in told:
        days = min(last, until).toordinal()
        mean = float(spent_again) / paid_again if paid_again else 0.0
        x = purchases - 1 if days > first.toordinal() else 0
        yield key, x, first.toordinal(), days, mean, float(paid_again), currency
