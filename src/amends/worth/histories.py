"""What the models are told of customers: how often, how lately and for how long each was seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
MOST = 100_000  # purchase days of one customer: more than 270 years of them are a mistake
MANY = 1_000_000  # rows that are looked at at once
EXACT = 2.0**52  # whole numbers up to here are kept whole by a float


class Unreadable(ValueError):
    """The numbers cannot be histories of purchases; the message says why."""


class TooFew(ValueError):
    """There is too little here to learn from; the message says what is missing."""


@dataclass(frozen=True, eq=False)
class Histories:
    """Histories of purchases, one a row, each standing for `weight` customers alike. Times in days.

    Four arrays of one length n, float64: `x`, the days with a purchase after the first; `t_x`, from
    the first to the last of them (0 where x is 0); `T`, from the first to the day of asking;
    `weight`, how many customers have just this history.

    Raises Unreadable when a number is missing or cannot be true.
    """

    x: Array
    t_x: Array
    T: Array
    weight: Array

    @classmethod
    def of(
        cls, x: ArrayLike, t_x: ArrayLike, T: ArrayLike, weight: ArrayLike | None = None
    ) -> Histories:
        """From one row a customer. Where all times are whole days, equal rows become one."""
        count, last, end = (np.atleast_1d(np.asarray(one, dtype=np.float64)) for one in (x, t_x, T))
        if weight is None:
            ones: Array = np.broadcast_to(np.float64(1), count.shape)
        else:
            ones = np.atleast_1d(np.asarray(weight, dtype=np.float64))
        told = cls(count, last, end, ones)
        return told._merged() if told._in_whole_days() else told

    def __post_init__(self) -> None:
        shapes = {part.shape for part in (self.x, self.t_x, self.T, self.weight)}
        if len(shapes) > 1 or self.x.ndim != 1:
            raise Unreadable("Purchases, times and weights are not of one length.")
        for true, otherwise in self._rules():
            if not np.all(true):
                raise Unreadable(otherwise)

    def _rules(self) -> list[tuple[NDArray[np.bool_], str]]:
        x, t_x, T, weight = self.x, self.t_x, self.T, self.weight
        return [
            (np.isfinite(T) & np.isfinite(t_x) & np.isfinite(weight), "A number is missing."),
            ((x >= 0) & (x <= MOST) & (x == np.floor(x)), "A count of purchase days is none."),
            ((t_x >= 0) & (t_x <= T), "A last purchase is before the first, or in the future."),
            ((t_x > 0) == (x > 0), "A customer who bought again did so after the first day."),
            (weight > 0, "A history stands for no customer."),
        ]

    @cached_property
    def customers(self) -> float:
        """How many customers these histories stand for."""
        return float(self.weight.sum())

    @cached_property
    def repeaters(self) -> float:
        """How many of them bought on a second day."""
        return float(self.weight[self.x > 0].sum())

    @cached_property
    def mean_T(self) -> float:
        """Days from the first purchase to the day of asking, on average."""
        return float(np.dot(self.weight, self.T)) / self.customers if len(self.T) else 0.0

    @cached_property
    def by_x(self) -> Array:
        """Customers by their x, from 0 to the largest."""
        found = np.zeros(int(self.x.max(initial=0)) + 1)
        for rows in self.slices(MANY):
            counts = np.bincount(self.x[rows].astype(np.intp), self.weight[rows])
            found[: len(counts)] += counts
        return found

    def slices(self, size: int) -> Iterator[slice]:
        """The rows, so many at a time."""
        return (slice(start, start + size) for start in range(0, len(self.x), size))

    def thinned(self, rows: int) -> Histories:
        """About so many rows of them, evenly from first to last."""
        every = max(1, len(self.x) // rows)
        return Histories(*(part[::every] for part in (self.x, self.t_x, self.T, self.weight)))

    def _in_whole_days(self) -> bool:
        if not len(self.x):
            return False
        days = float(self.T.max()) + 1
        if (float(self.x.max()) + 1) * days * days > EXACT:
            return False
        # A look at the first thousand spares most exact times the whole reading.
        return all(
            bool(np.all(part == np.floor(part)))
            for part in (self.T[:1000], self.t_x[:1000], self.T, self.t_x)
        )

    def _merged(self) -> Histories:
        """Sorted by x, t_x, T as one whole number each, in place: there may be ten million."""
        days = int(self.T.max()) + 1
        key = self.x.astype(np.int64)
        for part in (self.t_x, self.T):
            key *= days
            np.add(key, part, out=key, casting="unsafe")
        distinct, weight = self._counted(key)
        del key
        rest, T = np.divmod(distinct, days)
        x, t_x = np.divmod(rest, days)
        return Histories(x, t_x, T, weight)

    def _counted(self, key: NDArray[np.int64]) -> tuple[Array, Array]:
        if self.weight.strides == (0,):
            key.sort()
            first = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]]))
            counts = np.diff(first, append=len(key)).astype(np.float64)
            return key[first].astype(np.float64), counts
        distinct, where = np.unique(key, return_inverse=True)
        return distinct.astype(np.float64), np.asarray(
            np.bincount(where, weights=self.weight), dtype=np.float64
        )
