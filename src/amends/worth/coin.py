"""Whether failures drive customers away, and whether making them right keeps them: MBG/NBD with a coin.

Purchases and complaints are things that only a customer who is still with us does, and each may be the
last. After a purchase somebody leaves with a chance of their own, Beta(a, b) over customers, as in
MBG/NBD; after the j-th complaint with phi_j = logistic(w . z_j), z_j what is known of that complaint.
Complaints come at rate rho. In the spirit of Knox & van Oest (2014), Journal of Marketing 78(5). With
k = r + x, n = x + 1 and m complaints, the likelihood of one customer is

    Gamma(k) / Gamma(r) alpha^r rho^m prod_{survived} (1 - phi_j) B(a, b + n) / B(a, b) *
    last a purchase:   a / (b + x) (alpha + t)^-k e^(-rho t) + (alpha + T)^-k e^(-rho T)
    last a complaint:  phi_m (alpha + t)^-k e^(-rho t) + (1 - phi_m) (alpha + T)^-k e^(-rho T)

with t the day of the last of them. It says something of a group, and of its causes only where who was
helped was left to chance, or the reasons for helping are among the z_j.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize
from scipy.special import expit, gammaln, log_expit, ndtr, psi

from amends.worth import evidence
from amends.worth.histories import TooFew, Unreadable

Array = NDArray[np.float64]

TIMES = (0.5, 0.25, 0.8, 2.0)  # centre of the prior: r, alpha / mean T, a, b, as in fitting
WIDE = 1.5  # sd of the prior of each w: a chance may well be a tenth or a half
TYPICAL = -1.0  # centre of w_0: a failure drives about a quarter away
ROUNDS = 500
STEP = 1e-4  # of the differences that give the curvature
AT_LEAST = 1.645  # standard errors below: nineteen in twenty that it is more
HALF = 0.5  # of those a failure drives away, kept by putting it right: fixed before anybody looks
FEWEST = 5  # complaints of each kind, before anything is said


@dataclass(frozen=True, eq=False)
class Lives:
    """What customers did. Rows of customers: `x` repeat purchase days, `t_x` and `T` in days since the
    first purchase, `weight` how many are alike. Rows of complaints: `of` the row of its customer, `at`
    in days since the first purchase (on the day of a purchase it comes after it), `z` (c, d) what is
    known of it; the first column is 1, the second 1 where it was repaired."""

    x: Array
    t_x: Array
    T: Array
    weight: Array
    of: NDArray[np.intp]
    at: Array
    z: Array

    def __post_init__(self) -> None:
        if len({len(part) for part in (self.x, self.t_x, self.T, self.weight)}) > 1:
            raise Unreadable("Purchases and times are not of one length.")
        if len({len(part) for part in (self.of, self.at, self.z)}) > 1 or self.z.ndim != 2:
            raise Unreadable("Complaints and what is known of them are not of one length.")
        if not np.all((self.at >= 0) & (self.at <= self.T[self.of])):
            raise Unreadable("A complaint was made before the first purchase, or in the future.")


@dataclass(frozen=True, eq=False)
class Coin:
    """What was learnt. `params` r, alpha (days), a, b, rho (a day); `w` (d,); `covariance` of the logs of
    the former and of w, in this order; `unrepaired` and `repaired` complaints it stands on."""

    params: Array
    w: Array
    covariance: Array
    unrepaired: int
    repaired: int
    log_likelihood: float

    @property
    def phi(self) -> tuple[float, float]:
        """The chance of leaving at a failure: not repaired, and repaired (other z at nought)."""
        return float(expit(self.w[0])), float(expit(self.w[0] + self.w[1]))

    @property
    def errors(self) -> tuple[float, float]:
        """Their standard errors, by the delta method."""
        lefts = np.array([[1.0, 0.0], [1.0, 1.0]])
        of_w = self.covariance[5:7, 5:7]
        slopes = np.array([chance * (1 - chance) for chance in self.phi])
        variances = np.einsum("ij,jk,ik->i", lefts, of_w, lefts)
        first, second = slopes * np.sqrt(variances)
        return float(first), float(second)

    @property
    def p_value(self) -> float:
        """One-sided: how often so large a fall of the chance is seen where repairing does nothing."""
        return float(ndtr(self.w[1] / np.sqrt(self.covariance[6, 6])))

    def kept(self, n: int = 4_000, seed: int = 0) -> tuple[float, float, float]:
        """Customers kept for each one repaired, phi unrepaired less phi repaired: mean, and the ends of
        its 90 % interval, from draws of w."""
        chance = np.random.default_rng(seed)
        w = chance.multivariate_normal(self.w[:2], self.covariance[5:7, 5:7], n)
        fall = expit(w[:, 0]) - expit(w.sum(axis=1))
        low, high = np.quantile(fall, (0.05, 0.95))
        return float(fall.mean()), float(low), float(high)


def lives(
    x: ArrayLike,
    t_x: ArrayLike,
    T: ArrayLike,
    *,
    of: ArrayLike,
    at: ArrayLike,
    repaired: ArrayLike,
    more: ArrayLike | None = None,
) -> Lives:
    """From one row a customer and one row a complaint; customers who never complained are merged where
    they are alike. `more` (c, d - 2) is what else is known of each complaint, 0 where usual."""
    rows = [np.asarray(part, dtype=np.float64) for part in (x, t_x, T)]
    who = np.asarray(of, dtype=np.intp)
    if len(who) and not (who.min() >= 0 and who.max() < len(rows[0])):
        raise Unreadable("A complaint is of a customer who is not there.")
    when, good = (np.asarray(part, dtype=np.float64) for part in (at, repaired))
    if len({len(who), len(when), len(good)}) > 1:
        raise Unreadable("Complaints and what is known of them are not of one length.")
    columns = [np.ones(len(when)), good]
    if more is not None:
        columns += list(np.asarray(more, dtype=np.float64).T)
    loud, place = np.unique(who, return_inverse=True)
    quiet = np.ones(len(rows[0]), dtype=bool)
    quiet[loud] = False
    table = np.column_stack([part[quiet] for part in rows])
    alike, weight = np.unique(table, axis=0, return_counts=True)
    joined = [np.concatenate([part[loud], alike[:, at]]) for at, part in enumerate(rows)]
    weights = np.concatenate([np.ones(len(loud)), weight.astype(np.float64)])
    return Lives(
        joined[0],
        joined[1],
        joined[2],
        weights,
        place.astype(np.intp),
        when,
        np.column_stack(columns),
    )


def fit_coin(told: Lives) -> Coin:
    """Learn from customers with and without complaints. Raises TooFew with fewer than five complaints
    repaired or five not, or when nobody came back."""
    repaired = int((told.z[:, 1] > 0).sum()) if len(told.z) else 0
    if min(repaired, len(told.z) - repaired) < FEWEST:
        raise TooFew("There are fewer than five complaints of each kind, repaired and not.")
    if not told.x.any():
        raise TooFew("Nobody has bought on a second day yet: there is nothing to learn from.")
    likelihood = _Likelihood(told)
    scale = float(told.weight.sum())

    def height(at: Array) -> tuple[float, Array]:
        value, gradient = likelihood.posterior(at)
        return -value / scale, -gradient / scale

    found = minimize(
        height, likelihood.centre, jac=True, method="L-BFGS-B",
        options={"maxiter": ROUNDS, "ftol": 1e-13, "gtol": 1e-8},
    )  # fmt: skip
    at = np.asarray(found.x, dtype=np.float64)
    return Coin(
        params=np.exp(at[:5]),
        w=at[5:],
        covariance=_inverse(likelihood.curvature(at)),
        unrepaired=len(told.z) - repaired,
        repaired=repaired,
        log_likelihood=likelihood.value(at)[0],
    )


def _inverse(matrix: Array) -> Array:
    return np.asarray(np.linalg.inv(matrix), dtype=np.float64)


class _Likelihood:
    """The likelihood of some lives, with what does not change reckoned once."""

    def __init__(self, told: Lives) -> None:
        self.told = told
        rows = len(told.x)
        self.last = told.t_x.copy()
        np.maximum.at(self.last, told.of, told.at)
        self.complaints = np.bincount(told.of, minlength=rows).astype(np.float64)
        self.final = self._final()
        self.by_complaint = np.zeros(rows, dtype=bool)
        self.by_complaint[told.of[self.final]] = True
        mean_T = float(told.weight @ told.T / told.weight.sum())
        seen = float(told.weight @ told.T)
        centre = np.log([*TIMES, max(len(told.at), 1) / seen])
        centre[1] += np.log(mean_T)
        self.centre = np.concatenate([centre, np.zeros(told.z.shape[1])])
        self.centre[5] = TYPICAL
        self.sd = np.concatenate([np.ones(4), [3.0], np.full(told.z.shape[1], WIDE)])

    def _final(self) -> NDArray[np.intp]:
        """The complaints that are the last thing their customer did, one a customer."""
        told = self.told
        order = np.lexsort((told.at, told.of))
        ends = np.flatnonzero(np.diff(told.of[order], append=-1) != 0)
        each = order[ends]
        found: NDArray[np.intp] = each[told.at[each] >= told.t_x[told.of[each]]]
        return found

    def posterior(self, at: Array) -> tuple[float, Array]:
        value, gradient = self.value(at)
        away = (at - self.centre) / self.sd
        return value - float(away @ away) / 2, gradient - away / self.sd

    def curvature(self, at: Array) -> Array:
        """Minus the Hessian of the log-posterior, by differences of its gradient."""
        rows = [
            self.posterior(at - step)[1] - self.posterior(at + step)[1]
            for step in STEP * np.eye(len(at))
        ]
        found = np.array(rows) / (2 * STEP)
        return np.asarray((found + found.T) / 2, dtype=np.float64)

    def value(self, at: Array) -> tuple[float, Array]:
        """Log-likelihood and its gradient by log r, log alpha, log a, log b, log rho and w."""
        params, w = np.exp(at[:5]), at[5:]
        value, gradient = self._purchases(params)
        odds = self.told.z @ w
        survived = np.ones(len(odds), dtype=bool)
        survived[self.final] = False
        value += float(log_expit(-odds[survived]).sum())
        by_w = -expit(odds[survived]) @ self.told.z[survived]
        more, by_params, by_odds = self._endings(params, odds[self.final])
        by_w = by_w + by_odds @ self.told.z[self.final]
        return value + more, np.concatenate([(gradient + by_params) * params, by_w])

    def _purchases(self, params: Array) -> tuple[float, Array]:
        r, alpha, a, b, rho = params
        w, x = self.told.weight, self.told.x
        n = x + 1
        terms = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + self.complaints * np.log(rho)
        terms += gammaln(b + n) - gammaln(a + b + n) - gammaln(b) + gammaln(a + b)
        both = w @ (psi(a + b) - psi(a + b + n))
        gradient = np.array(
            [
                w @ (psi(r + x) - psi(r) + np.log(alpha)),
                w.sum() * r / alpha,
                both,
                both + w @ (psi(b + n) - psi(b)),
                w @ self.complaints / rho,
            ]
        )
        return float(w @ terms), gradient

    def _endings(self, params: Array, odds: Array) -> tuple[float, Array, Array]:
        """Left at the last thing they did, or still with us: the sum in the formula above."""
        r, alpha, a, b, rho = params
        told, last = self.told, self.last
        k = r + told.x
        left = np.where(self.by_complaint, 0.0, np.log(a) - np.log(b + told.x))
        stay = np.zeros(len(k))
        who = told.of[self.final]
        left[who], stay[who] = log_expit(odds), log_expit(-odds)
        left -= k * np.log(alpha + last) + rho * last
        stay -= k * np.log(alpha + told.T) + rho * told.T
        gone = expit(left - stay)
        w, q, s = told.weight, told.weight * gone, told.weight * (1 - gone)
        value = float(w @ np.logaddexp(left, stay))
        bought = np.where(self.by_complaint, 0.0, q)
        gradient = np.array(
            [
                -(q @ np.log(alpha + last)) - s @ np.log(alpha + told.T),
                -(q @ (k / (alpha + last))) - s @ (k / (alpha + told.T)),
                bought.sum() / a,
                -(bought @ (1 / (b + told.x))),
                -(q @ last) - s @ told.T,
            ]
        )
        chance = expit(odds)
        return value, gradient, q[who] * (1 - chance) - s[who] * chance


def e_value(
    coin: Coin, *, x: ArrayLike, at: ArrayLike, given: float, days: ArrayLike, returned: ArrayLike
) -> float | None:
    """The running ratio (`evidence.e_value`) of customers whose failures were put right, each once: x
    repeat purchase days until the failure, on day `at` since the first; nothing bought in the `given`
    days after it; `days` from the failure until they bought again or until now. That a failure put right
    drives half as many away, over that it drives away as many as the low end of what was learnt of the
    others. None where that end is not known."""
    alone = float(expit(coin.w[0] - AT_LEAST * np.sqrt(coin.covariance[5, 5])))
    if not 0 < alone < 1:
        return None

    def silent(wait: ArrayLike) -> Array:
        return evidence.after_failure(coin.params, 0.0, x, at, wait)

    before = silent(np.full(len(np.atleast_1d(x)), given))
    told = (returned, silent(days))
    return evidence.e_value(*told, alone=alone, helped=HALF * alone, before=before)


def surprise(coin: Coin, *, x: float, at: float, after: float) -> float:
    """How soon one customer came back after a failure, as a share: of customers like this one who come
    back at all, how many have done so within `after` days of a failure on day `at`. Near 0 is early."""
    r, alpha = coin.params[:2]
    return float(-np.expm1(-(r + x) * np.log1p(after / (alpha + at))))


def odds(coin: Coin, *, x: float, at: float, after: float, came_back: bool) -> float:
    """How much likelier what one customer did is if the repair worked than if it was as without one.
    Normally between 1 and 1.5 for who came back: no proof of anything."""
    alone, helped = coin.phi
    if came_back:
        return (1 - helped) / (1 - alone)
    silent = 1 - surprise(coin, x=x, at=at, after=after)
    return (helped + (1 - helped) * silent) / (alone + (1 - alone) * silent)
