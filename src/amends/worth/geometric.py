"""What BG/NBD and MBG/NBD share: customers who may leave after a purchase, by a coin of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaln, polygamma, psi

from amends.worth.histories import Histories
from amends.worth.quadrature import along, beta_rule, legendre

Array = NDArray[np.float64]

CHUNK = 8192  # rows at a time: what is worked on stays in the processor's own memory
MOMENTS = 32  # nodes of an integral over time
YEAR = 365.25  # days


def split(params: ArrayLike) -> list[Array]:
    """The four parameters of (..., 4), each (...)."""
    return list(np.moveaxis(np.asarray(params, dtype=np.float64), -1, 0))


def numbers(*given: ArrayLike) -> list[Array]:
    return [np.asarray(one, dtype=np.float64) for one in given]


def overdue(params: ArrayLike, x: ArrayLike, t_x: ArrayLike, T: ArrayLike) -> Array:
    """The chance that a customer who is still with us stays away for so long as this one has.

    (1 + (T - t_x) / (alpha + t_x))^-(r + x): after the last purchase the rate is
    Gamma(r + x, alpha + t_x). The same in all three models. Shapes and units as in `p_alive`.
    """
    r, alpha, _, _ = split(params)
    x, t_x, T = numbers(x, t_x, T)
    return np.exp(-(r + x) * np.log1p((T - t_x) / (alpha + t_x)))


def daily(rate: float) -> float:
    """The continuous interest a day that makes `rate` (0.1 is ten in the hundred) a year."""
    return float(np.log1p(rate)) / YEAR


@dataclass(frozen=True)
class BetaGeometric:
    """Purchases at a constant rate, Gamma(r, alpha) over customers; after a purchase a customer
    leaves with a chance that is Beta(a, b) over customers. `first` is 1 where the first purchase
    can be the last (`mbg`) and 0 where only a repeat can (`bg`).

    Everywhere: params (..., 4) are r, alpha in days, a, b; x, t_x, T as in Histories; all are
    broadcast against one another, and the answer has their common shape.
    """

    name: str
    first: int
    CENTRE = (0.5, 0.25, 0.8, 2.0)  # of the prior: r, alpha / mean T, a, b
    TIMED = (False, True, False, False)  # which of them are times
    overdue = staticmethod(overdue)

    def log_likelihood(
        self, log_params: ArrayLike, histories: Histories
    ) -> tuple[float, Array, Array]:
        """Log-likelihood, its gradient (4,) and Hessian (4, 4) by the logs of r, alpha, a, b.

        MBG/NBD: Batislam, Denizel & Filiztekin (2007), IJRM 24, eq. (1); BG/NBD: Fader, Hardie &
        Lee (2005), Marketing Science 24(2), eq. (6). In logs throughout.
        """
        params = np.exp(np.asarray(log_params, dtype=np.float64))
        value, gradient, hessian = self._by_x(params, histories)
        leaving = self._leaving(params, len(histories.by_x))
        for rows in histories.slices(CHUNK):
            part = self._by_row(params, leaving, histories, rows)
            value, gradient, hessian = value + part[0], gradient + part[1], hessian + part[2]
        scaled = hessian * np.outer(params, params) + np.diag(gradient * params)
        return value, gradient * params, scaled

    def log_value(self, log_params: ArrayLike, histories: Histories) -> float:
        """The log-likelihood alone, quicker."""
        params = np.exp(np.asarray(log_params, dtype=np.float64))
        value = self._sum_by_x(params, histories.by_x)
        steps, _ = self._leaving(params, len(histories.by_x))
        for rows in histories.slices(CHUNK):
            x, w = histories.x[rows], histories.weight[rows]
            k, log_A = params[0] + x, np.log(params[1] + histories.T[rows])
            z = k * (log_A - np.log(params[1] + histories.t_x[rows])) + steps[x.astype(np.intp)]
            gained = np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z)))
            value += float(np.dot(w, gained - k * log_A))
        return value

    def _leaving(self, params: Array, count: int) -> tuple[Array, Array]:
        """For each x below `count`: log of a / (b + x + first - 1), and 1 / (b + x + first - 1)."""
        survived = params[3] + np.arange(count) + (self.first - 1.0)
        if not self.first:
            survived[0] = np.inf  # who bought once cannot have left
        with np.errstate(divide="ignore"):
            return np.log(params[2] / survived), 1 / survived

    def _sum_by_x(self, params: Array, customers: Array) -> float:
        r, alpha, a, b = params
        x = np.arange(len(customers))
        n = x + self.first
        terms = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
        terms += gammaln(b + n) - gammaln(a + b + n) - gammaln(b) + gammaln(a + b)
        return float(np.dot(customers, terms))

    def _by_x(self, params: Array, histories: Histories) -> tuple[float, Array, Array]:
        """The terms that need no time, once for each number of purchases."""
        r, alpha, a, b = params
        w = histories.by_x
        x = np.arange(len(w))
        n, total = x + self.first, w.sum()
        both = w @ (psi(a + b) - psi(a + b + n))
        by_r = w @ (psi(r + x) - psi(r)) + total * np.log(alpha)
        by_b = both + w @ (psi(b + n) - psi(b))
        hessian = np.zeros((4, 4))
        hessian[0, 0] = w @ (polygamma(1, r + x) - polygamma(1, r))
        hessian[0, 1] = hessian[1, 0] = total / alpha
        hessian[1, 1] = -total * r / alpha**2
        hessian[2:, 2:] = w @ (polygamma(1, a + b) - polygamma(1, a + b + n))
        hessian[3, 3] += w @ (polygamma(1, b + n) - polygamma(1, b))
        gradient = np.array([by_r, total * r / alpha, both, by_b])
        return self._sum_by_x(params, w), gradient, hessian

    def _by_row(
        self, params: Array, leaving: tuple[Array, Array], histories: Histories, rows: slice
    ) -> tuple[float, Array, Array]:
        """The terms in T and t_x. q is the chance of having left, z its log-odds."""
        times = histories.x[rows].astype(np.intp)
        w, k = histories.weight[rows], params[0] + histories.x[rows]
        A, C = params[1] + histories.T[rows], params[1] + histories.t_x[rows]
        log_A, over_A, over_C = np.log(A), 1 / A, 1 / C
        fall, change = leaving[1][times], over_A - over_C
        slope = np.empty((4, len(w)))  # of z, by r, alpha, a, b
        slope[0], slope[1], slope[2], slope[3] = log_A - np.log(C), k * change, 1 / params[2], -fall
        z = k * slope[0] + leaving[0][times]
        small = np.exp(-np.abs(z))
        larger = 1 / (1 + small)
        q = np.where(z > 0, larger, small * larger)
        value = np.dot(w, np.maximum(z, 0.0) + np.log1p(small) - k * log_A)
        wq, wk = w * q, w * k
        gradient = slope @ wq
        gradient[0] -= np.dot(w, log_A)
        gradient[1] -= np.dot(wk, over_A)
        hessian = (slope * (wq * (1 - q))) @ slope.T
        hessian[0, 1] += np.dot(wq, change) - np.dot(w, over_A)
        hessian[1, 0] = hessian[0, 1]
        hessian[1, 1] += np.dot(wk, over_A * over_A) - np.dot(wq, slope[1] * (over_A + over_C))
        hessian[2, 2] -= wq.sum() / params[2] ** 2
        hessian[3, 3] += np.dot(wq, fall * fall)
        return float(value), gradient, hessian

    def p_alive(self, params: ArrayLike, x: ArrayLike, t_x: ArrayLike, T: ArrayLike) -> Array:
        """The chance that a customer is still with us.

        1 / (1 + a / (b + x) ((alpha + T) / (alpha + t_x))^(r + x)): Batislam et al. (2007) eq. (5);
        BG/NBD, with b + x - 1: Fader, Hardie & Lee (2008), note 021.
        """
        r, alpha, a, b = split(params)
        x, t_x, T = numbers(x, t_x, T)
        survived = b + x + (self.first - 1.0)
        if not self.first:
            survived = np.where(x > 0, survived, np.inf)
        with np.errstate(divide="ignore", over="ignore"):
            z = np.log(a / survived) + (r + x) * np.log1p((T - t_x) / (alpha + t_x))
            return np.asarray(1 / (1 + np.exp(z)))

    def expected(
        self, params: ArrayLike, x: ArrayLike, t_x: ArrayLike, T: ArrayLike, horizon: ArrayLike
    ) -> Array:
        """Purchases to expect within the next `horizon` days.

        P(alive) times the mean over p ~ Beta(a, b + x + first) of (1 - (1 + p h / A)^-k) / p, with
        A = alpha + T and k = r + x: equal to Fader, Hardie & Lee (2005) eq. (10) and Batislam et
        al. (2007) eq. (6), and right where those lose their digits (a near 1, x in the thousands).
        """
        (h,) = numbers(horizon)

        def purchases(p: Array, k: Array, A: Array, h: Array) -> Array:
            return -np.expm1(-k * np.log1p(p * h / A)) / p

        return self.p_alive(params, x, t_x, T) * self._while_alive(params, x, T, h, purchases)

    def discounted(
        self,
        params: ArrayLike,
        x: ArrayLike,
        t_x: ArrayLike,
        T: ArrayLike,
        horizon: float,
        rate: float,
    ) -> Array:
        """Purchases to expect within `horizon` days, later ones counting less by `rate` a year.

        P(alive) times the integral over t of e^(-delta t) times the mean over p of
        k A^k / (A + p t)^(k + 1): Gauss-Legendre in log(A + t).
        """
        delta = daily(rate)
        nodes, weights = legendre(MOMENTS)

        def purchases(p: Array, k: Array, A: Array, h: Array) -> Array:
            span = np.log1p(h / A)
            total = np.zeros(np.broadcast_shapes(p.shape, k.shape, A.shape))
            for node, weight in zip(nodes, weights, strict=True):
                t = A * np.expm1(node * span)
                now = k / A * np.exp(-(k + 1) * np.log1p(p * t / A) - delta * t)
                total += weight * span * (A + t) * now
            return total

        h = np.asarray(float(horizon))
        return self.p_alive(params, x, t_x, T) * self._while_alive(params, x, T, h, purchases)

    def curve(self, params: ArrayLike, horizon: ArrayLike) -> Array:
        """Repeat purchases of a customer of whom nothing is known, within `horizon` days of the
        first purchase: Fader, Hardie & Lee (2005) eq. (9), Batislam et al. (2007) eq. (4)."""
        return self.expected(params, 0, 0, 0, horizon)

    def silent(
        self, params: ArrayLike, x: ArrayLike, t_x: ArrayLike, T: ArrayLike, t: ArrayLike
    ) -> Array:
        """The chance of no purchase within the next t days.

        1 - P(alive) (1 - (A / (A + t))^k): nobody leaves between two purchases; the case y = 0 of
        Fader & Hardie (2019), note 039, eq. (34).
        """
        r, alpha, _, _ = split(params)
        x, T, t = numbers(x, T, t)
        returns = -np.expm1(-(r + x) * np.log1p(t / (alpha + T)))
        return 1 - self.p_alive(params, x, t_x, T) * returns

    def _while_alive(
        self,
        params: ArrayLike,
        x: ArrayLike,
        T: ArrayLike,
        h: Array,
        purchases: Callable[[Array, Array, Array, Array], Array],
    ) -> Array:
        """The mean of purchases(p, k, A, h) over p, given that the customer is still with us."""
        r, alpha, a, b = split(params)
        x, T = numbers(x, T)
        k, A, a, b, h = np.broadcast_arrays(r + x, alpha + T, a, b + x + self.first, h)
        shape = k.shape
        k, A, a, b, h = (part.ravel() for part in (k, A, a, b, h))
        found = np.empty(len(k))
        for rows in _alike(k, a, b, h):
            one = rows[0]
            p, weights = beta_rule(float(a[one]), float(b[one]))
            found[rows] = along(partial(_mean, purchases, p, weights, k[one], h[one]), A[rows])
        return found.reshape(shape)


# The model by default: a customer may leave after any purchase, the first included. Batislam, Denizel &
# Filiztekin (2007), International Journal of Research in Marketing 24.
mbg = BetaGeometric("mbg", first=1)
# For comparison only: nobody leaves before a second purchase, so its P(alive) is 1 for every customer who
# bought once. Never show it, never rank by it. Fader, Hardie & Lee (2005), Marketing Science 24(2).
bg = BetaGeometric("bg", first=0)


def _mean(
    purchases: Callable[[Array, Array, Array, Array], Array],
    p: Array,
    weights: Array,
    k: Array,
    h: Array,
    A: Array,
) -> Array:
    return purchases(p, k, A[:, None], h) @ weights


def _alike(*columns: Array) -> list[NDArray[np.intp]]:
    """The rows (each an array of indices) in groups that are equal in all columns."""
    order = np.lexsort(columns)
    changes = np.zeros(max(0, len(order) - 1), dtype=bool)
    for column in columns:
        if column.strides != (0,):
            changes |= np.diff(column[order]) != 0
    return [rows for rows in np.split(order, np.flatnonzero(changes) + 1) if len(rows)]
