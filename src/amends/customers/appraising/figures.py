"""What a model says of all customers of a book: chances, and sums on the owner's terms."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from amends.worth import future, ladder
from amends.worth.future import Bought, Horizon
from amends.worth.histories import TooFew
from amends.worth.spend import Spend, fit_spend

if TYPE_CHECKING:
    from amends.customers.appraising.book import Book, Column
    from amends.customers.terms import Terms
    from amends.worth.fitting import Fit

FUTURES = 2_000  # of a typical customer: this one is worth a closer look than each of all


@dataclass(frozen=True, eq=False)
class Figures:
    """Of each row of a book, NaN where nothing can be said. Sums in the customer's own currency."""

    p_alive: Column
    overdue: Column
    expected: Column
    amount: Column
    low: Column
    high: Column

    @classmethod
    def unknown(cls, rows: int) -> Figures:
        return cls(*(np.full(rows, np.nan) for _ in range(6)))


@dataclass(frozen=True, eq=False)
class Reckoning:
    """A fit, how sure it is (`drawn` (m, 4)), and the owner's terms, asked of a book; `looked_back`
    is what earlier forecasts taught."""

    fit: Fit
    drawn: Column
    book: Book
    terms: Terms
    looked_back: dict[str, Any]

    def figures(self) -> Figures:
        """All but the intervals, which take longest."""
        book, found = self.book, Figures.unknown(len(self.book))
        everybody = Bought(book.x, book.t_x, book.T)
        told = future.expectations(self.fit, None, everybody, self._horizon)
        found.p_alive[:], found.overdue[:] = told.p_alive, told.overdue
        found.expected[:] = told.expected
        for rows, spend in self.laws.values():
            told = future.expectations(self.fit, spend, self._bought(rows), self._horizon)
            found.amount[rows] = told.worth
        return found

    def told(self, found: Figures) -> dict[str, Any]:
        """What of it is kept with the appraisal."""
        known = float(self.book.T.max())
        remarks = {
            currency: ladder.remarks(spend, horizon_days=self.terms.days, history_days=known)
            for currency, (_, spend) in self.laws.items()
        }
        return {
            "params": [float(one) for one in self.fit.params],
            "remarks": {
                currency: [one.value for one in told] for currency, told in remarks.items()
            },
            "newcomer": {
                currency: self._newcomer(spend) for currency, (_, spend) in self.laws.items()
            },
            "looked_back": self.looked_back,
            "still": self._still(found),
        }

    def _newcomer(self, spend: Spend) -> dict[str, Any]:
        """Somebody who has only just bought for the first time, and of whom nothing else is known."""
        nobody = Bought(0, 0, 0)
        (low,), (high,) = future.ranges(
            self.fit, self.drawn, spend, nobody, self._horizon, drift=self._drift, n=FUTURES
        )
        amount = ladder.unknown(self.fit, spend, self._horizon)
        sums = {"amount": amount, "low": low, "high": high}
        return {name: round(float(one), 2) for name, one in sums.items()} | {
            "years": self.terms.years
        }

    @property
    def _drift(self) -> float:
        return float(self.looked_back.get("drift", 0.0))

    def _still(self, found: Figures) -> list[int]:
        """Of those who ever came back: how many are still with us with a chance of up to one, two …
        ten tenths."""
        again = found.p_alive[self.book.x > 0]
        return [int(n) for n in np.histogram(again, bins=10, range=(0, 1))[0]]

    def intervals(self, found: Figures, rows: Column) -> None:
        """Nine in ten of what may come lie between `low` and `high`, of these rows."""
        for of_currency, spend in self.laws.values():
            these = np.intersect1d(rows, of_currency)
            if len(these):
                ends = future.ranges(
                    self.fit, self.drawn, spend, self._bought(these), self._horizon,
                    drift=self._drift,
                )  # fmt: skip
                found.low[these], found.high[these] = ends

    def _bought(self, rows: Column) -> Bought:
        book = self.book
        return Bought(book.x[rows], book.t_x[rows], book.T[rows], book.mean[rows], book.paid[rows])

    @property
    def _horizon(self) -> Horizon:
        return Horizon(self.terms.days, self.terms.margin, self.terms.rate)

    @cached_property
    def laws(self) -> dict[str, tuple[Column, Spend]]:
        """How much is spent, for each currency in which enough was; none on no terms."""
        found: dict[str, tuple[Column, Spend]] = {}
        for currency in self.book.currencies if self.terms.are_set else []:
            rows = self.book.paid_in(currency)
            try:
                found[currency] = rows, fit_spend(self.book.paid[rows], self.book.mean[rows])
            except TooFew:
                continue
        return found
