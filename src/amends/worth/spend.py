"""What a customer spends on a day with a purchase: Gamma-Gamma where it holds, else log-normal.

Gamma-Gamma: Fader & Hardie (2013), note 025; Fader, Hardie & Lee (2005), JMR 42(4). It supposes that how
much somebody spends says nothing of how often they come, and its mean is finite only for q > 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize
from scipy.special import gammaln, polygamma, psi

from amends.worth.histories import TooFew, Unreadable

Array = NDArray[np.float64]

ENOUGH = 30  # customers who came back, before Gamma-Gamma is asked
LINKED = 0.3  # correlation of count and spend above which they are not apart
STEPS = 30
RUNAWAY = np.log(1e4)  # from where it started: there is no best set of parameters
USUAL = np.log(
    0.25
)  # log variance, within and between, where nothing is known: about half the mean
WIDE = 1.0  # how sure of that


class Reason(StrEnum):
    """Why Gamma-Gamma was not used."""

    FEW = "few"
    LINKED = "linked"
    ENDLESS = "endless"  # q <= 1, or no best set of parameters
    NONE = ""


class Law(Protocol):
    """A law of spending; `count` purchase days with `mean` spent on each, arrays or numbers."""

    def mean_of(self, count: ArrayLike, mean: ArrayLike) -> Array: ...

    def own(
        self, count: ArrayLike, mean: ArrayLike, n: int, chance: np.random.Generator
    ) -> Array: ...

    def sums(
        self, own: Array, first: Array, second: Array, chance: np.random.Generator
    ) -> Array: ...


@dataclass(frozen=True)
class GammaGamma:
    """Each purchase is Gamma(p, nu), nu over customers Gamma(q, gamma); gamma in money, q > 1.
    `covariance` (3, 3) is of the logs."""

    p: float
    q: float
    gamma: float
    covariance: Array

    def mean_of(self, count: ArrayLike, mean: ArrayLike) -> Array:
        """Mean spend to expect of each, note 025 eq. (5): p (gamma + x z) / (p x + q - 1)."""
        x, z = _known(count, mean)
        return self.p * (self.gamma + x * z) / (self.p * x + self.q - 1)

    def own(self, count: ArrayLike, mean: ArrayLike, n: int, chance: np.random.Generator) -> Array:
        """n draws of a customer's own mean spend, given what was seen of them; `count` and `mean` of
        one customer, or (n,) of as many."""
        x, z = _known(count, mean)
        return self.p * (self.gamma + x * z) / chance.gamma(self.p * x + self.q, size=n)

    def sums(self, own: Array, first: Array, second: Array, chance: np.random.Generator) -> Array:
        """Money of purchases that count with weights whose sum is `first` and sum of squares `second`.

        A gamma with the right mean and variance; exact where all weights are alike.
        """
        some = first > 0
        shape = self.p * first[some] ** 2 / second[some]
        found = np.zeros(len(first))
        found[some] = chance.gamma(shape) * own[some] * first[some] / shape
        return found


@dataclass(frozen=True)
class LogNormal:
    """Log mean spend is normal about `mu` with variance `between` over customers and `within` / x
    in what was seen of one: means of few purchases are drawn towards the others'."""

    mu: float
    between: float
    within: float

    def mean_of(self, count: ArrayLike, mean: ArrayLike) -> Array:
        """Mean spend to expect of each."""
        centre, variance = self._posterior(count, mean)
        return np.exp(centre + variance / 2)

    def own(self, count: ArrayLike, mean: ArrayLike, n: int, chance: np.random.Generator) -> Array:
        """n draws of a customer's own mean spend, given what was seen of them; `count` and `mean` of
        one customer, or (n,) of as many."""
        centre, variance = self._posterior(count, mean)
        return np.exp(centre + np.sqrt(variance) * chance.standard_normal(n))

    def sums(self, own: Array, first: Array, second: Array, chance: np.random.Generator) -> Array:
        """As in Gamma-Gamma: a log-normal with the right mean and variance."""
        some = first > 0
        variance = np.log1p(self.within * second[some] / first[some] ** 2)
        found = np.zeros(len(first))
        noise = np.sqrt(variance) * chance.standard_normal(len(variance)) - variance / 2
        found[some] = own[some] * first[some] * np.exp(noise)
        return found

    def _posterior(self, count: ArrayLike, mean: ArrayLike) -> tuple[Array, Array]:
        x, z = _known(count, mean)
        share = self.between / (self.between + self.within / np.maximum(x, 1e-12))
        logs = np.log(np.where(x > 0, z, 1.0))
        return self.mu + share * (logs - self.mu), self.between * (1 - share)


@dataclass(frozen=True)
class Spend:
    """The law that was learnt, from how many customers, and why it is not Gamma-Gamma if it is not."""

    law: GammaGamma | LogNormal
    customers: float
    correlation: float
    reason: Reason

    def mean_of(self, count: ArrayLike, mean: ArrayLike) -> Array:
        """Mean spend to expect on a purchase day: of `count` (n,) days with `mean` (n,) spent, in the
        unit of the fit. A count of 0 is a customer of whom nothing is known: the mean is not read."""
        return self.law.mean_of(count, mean)

    def draws(self, count: float, mean: float, n: int, seed: int = 0) -> Array:
        """n draws of one customer's own mean spend; the same seed gives the same draws."""
        return self.law.own(count, mean, n, np.random.default_rng(seed))


def fit_spend(count: ArrayLike, mean: ArrayLike, weight: ArrayLike | None = None) -> Spend:
    """Learn from customers with `count` (n,) repeat purchase days and `mean` (n,) spent on them; each
    row stands for `weight` customers. Rows without a repeat or without money are passed over.

    Raises TooFew where no row is left, Unreadable where a number is missing or below nought.
    """
    x, z, w = _rows(count, mean, weight)
    customers, correlation = float(w.sum()), _correlation(x, z, w)
    found: GammaGamma | None = None
    if customers < ENOUGH:
        reason = Reason.FEW
    elif correlation > LINKED:
        reason = Reason.LINKED
    else:
        found = gamma_gamma(x, z, w)
        reason = Reason.NONE if found else Reason.ENDLESS
    return Spend(found or log_normal(x, z, w), customers, correlation, reason)


def _rows(
    count: ArrayLike, mean: ArrayLike, weight: ArrayLike | None
) -> tuple[Array, Array, Array]:
    x, z = np.broadcast_arrays(*(np.atleast_1d(np.asarray(c, dtype=float)) for c in (count, mean)))
    w = np.ones(len(x)) if weight is None else np.atleast_1d(np.asarray(weight, dtype=float))
    if x.ndim != 1 or w.shape != x.shape:
        raise Unreadable("Counts, means and weights are not of one length.")
    if not all(np.all(np.isfinite(part) & (part >= 0)) for part in (x, z, w)):
        raise Unreadable("A count, a mean or a weight is missing or below nought.")
    some = (x > 0) & (z > 0) & (w > 0)
    if not some.any():
        raise TooFew("Nobody has spent anything on a second day yet.")
    return x[some], z[some], w[some]


def _known(count: ArrayLike, mean: ArrayLike) -> tuple[Array, Array]:
    """Count and mean, with no mean read where nothing was spent."""
    x, z = np.asarray(count, dtype=float), np.asarray(mean, dtype=float)
    seen = (x > 0) & (z > 0)
    return np.where(seen, x, 0.0), np.where(seen, z, 0.0)


def _correlation(x: Array, z: Array, w: Array) -> float:
    """Of repeat purchase days and mean spend, over customers; 0 where one of them never differs."""
    share = w / w.sum()
    dx, dz = x - share @ x, z - share @ z
    spread = float(share @ dx**2) * float(share @ dz**2)
    return float(share @ (dx * dz) / np.sqrt(spread)) if spread > 0 else 0.0


def gamma_gamma(x: Array, z: Array, w: Array) -> GammaGamma | None:
    """The most likely p, q, gamma; None where there is no best set or the mean has no end (q <= 1)."""
    unit = float(w @ z / w.sum())
    start = np.log([3.0, 3.0, 1.0])

    def height(at: Array) -> tuple[float, Array]:
        value, gradient, _ = gamma_gamma_likelihood(at, x, z / unit, w)
        return -value / w.sum(), -gradient / w.sum()

    bounds = [(at - RUNAWAY, at + RUNAWAY) for at in start]
    found = minimize(height, start, jac=True, method="L-BFGS-B", bounds=bounds, tol=1e-7)
    at = _polished(np.asarray(found.x), x, z / unit, w)
    if at is None or at[1] <= 0 or np.abs(at - start).max() > RUNAWAY - 1:
        return None
    hessian = gamma_gamma_likelihood(at, x, z / unit, w)[2]
    p, q, gamma = np.exp(at)
    return GammaGamma(float(p), float(q), float(gamma) * unit, _inverse(-hessian))


def _inverse(matrix: Array) -> Array:
    return np.asarray(np.linalg.inv(matrix), dtype=np.float64)


def _polished(at: Array, x: Array, z: Array, w: Array) -> Array | None:
    """The last steps by Newton; None where the top is not a top."""
    for _ in range(STEPS):
        _, gradient, hessian = gamma_gamma_likelihood(at, x, z, w)
        if np.linalg.eigvalsh(hessian).max() >= 0:
            return None
        step = np.linalg.solve(-hessian, gradient)
        at = at + step * min(1.0, 0.5 / max(float(np.abs(step).max()), 1e-300))
        if np.abs(step).max() < 1e-9:
            return at
    return None


def gamma_gamma_likelihood(
    log_params: Array, x: Array, z: Array, w: Array
) -> tuple[float, Array, Array]:
    """Log-likelihood, gradient (3,) and Hessian (3, 3) by log p, log q, log gamma: note 025 eq. (1a)."""
    params = np.exp(log_params)
    p, q, gamma = params
    shape, total = p * x + q, gamma + x * z
    logs = np.log(x * z) - np.log(total)
    value = w @ (
        gammaln(shape) - gammaln(p * x) - gammaln(q) - np.log(z)
        + p * x * logs + q * (np.log(gamma) - np.log(total))
    )  # fmt: skip
    gradient = np.array(
        [
            w @ (x * (psi(shape) - psi(p * x) + logs)),
            w @ (psi(shape) - psi(q) + np.log(gamma) - np.log(total)),
            w @ (q / gamma - shape / total),
        ]
    )
    bend = polygamma(1, shape)
    hessian = np.empty((3, 3))
    hessian[0, 0] = w @ (x**2 * (bend - polygamma(1, p * x)))
    hessian[0, 1] = hessian[1, 0] = w @ (x * bend)
    hessian[0, 2] = hessian[2, 0] = -(w @ (x / total))
    hessian[1, 1] = w @ (bend - polygamma(1, q))
    hessian[1, 2] = hessian[2, 1] = w @ (1 / gamma - 1 / total)
    hessian[2, 2] = w @ (shape / total**2 - q / gamma**2)
    scaled = hessian * np.outer(params, params) + np.diag(gradient * params)
    return float(value), gradient * params, scaled


def log_normal(x: Array, z: Array, w: Array) -> LogNormal:
    """Centre and variances that make the log means most likely, with a weak belief about the variances:
    it never fails, not even with one customer."""
    logs = np.log(z)

    def height(at: Array) -> tuple[float, Array]:
        between, within = np.exp(at[1:])
        variance = between + within / x
        away = logs - at[0]
        value = -0.5 * (w @ (np.log(variance) + away**2 / variance))
        slope = 0.5 * w * (away**2 / variance - 1) / variance
        believed = (at[1:] - USUAL) / WIDE
        gradient = np.array([w @ (away / variance), slope.sum() * between, slope @ (within / x)])
        gradient[1:] -= believed / WIDE
        return -(value - believed @ believed / 2), -gradient

    start = np.array([w @ logs / w.sum(), USUAL, USUAL])
    found = minimize(height, start, jac=True, method="L-BFGS-B", tol=1e-10)
    mu, between, within = found.x
    return LogNormal(float(mu), float(np.exp(between)), float(np.exp(within)))
