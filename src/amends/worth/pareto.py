"""Pareto/NBD, the challenger: a customer may leave at any moment, bought lately or not.

Schmittlein, Morrison & Colombo (1987), Management Science 33(1); numbered as in Fader & Hardie (2005),
note 009, "A note on deriving the Pareto/NBD model". No hypergeometric function is needed anywhere: what
is asked for is the integral over the moment of leaving, in logarithmic time."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaln, polygamma, psi

from amends.worth.geometric import daily, numbers, overdue, split
from amends.worth.histories import Histories
from amends.worth.quadrature import NEGLIGIBLE, legendre

__all__ = [
    "CENTRE",
    "TIMED",
    "curve",
    "discounted",
    "expected",
    "log_likelihood",
    "log_value",
    "name",
    "overdue",
    "p_alive",
    "silent",
]

Array = NDArray[np.float64]

name = "pareto"
CENTRE = (0.5, 0.25, 0.6, 0.4)  # of the prior: r, alpha / mean T, s, beta / mean T
TIMED = (False, True, False, True)  # which of them are times
NODES = 24  # of the integral over the moment of leaving
EASY = 16  # where the integrand falls little within a short time: as right with these
FEWER = 10  # where parameters are only compared
CHUNK = 512  # rows at a time: products too small for BLAS to wake its threads, which costs ten times more
AT_ONCE = 32_768  # moments: they stay in the processor's own memory


def log_likelihood(log_params: ArrayLike, histories: Histories) -> tuple[float, Array, Array]:
    """Log-likelihood, its gradient (4,) and Hessian (4, 4) by the logs of r, alpha, s, beta.

    Note 009, eq. (18) before the integral is worked out:
    alpha^r beta^s Gamma(k) / Gamma(r) times { (alpha + T)^-k (beta + T)^-s + s times the integral
    over u from t_x to T of (alpha + u)^-k (beta + u)^-(s + 1) }, k = r + x.
    """
    params = np.exp(np.asarray(log_params, dtype=np.float64))
    value, gradient, hessian = _by_x(params, histories)
    for rows in histories.slices(CHUNK):
        part = _by_row(params, histories, rows)
        value, gradient, hessian = value + part[0], gradient + part[1], hessian + part[2]
    scaled = hessian * np.outer(params, params) + np.diag(gradient * params)
    return value, gradient * params, scaled


def log_value(log_params: ArrayLike, histories: Histories) -> float:
    """The log-likelihood alone, from fewer nodes: quicker, and right to about 1e-6 a thousand customers."""
    params = r, alpha, s, beta = np.exp(np.asarray(log_params, dtype=np.float64))
    k, t_x, T = r + histories.x, histories.t_x, histories.T
    here = -k * np.log(alpha + T) - s * np.log(beta + T)
    gone = np.log(s) + log_integral(k, s + 1, alpha, beta, t_x, T, nodes=FEWER)
    every = histories.weight * np.logaddexp(here, gone)
    return _sum_by_x(params, histories.by_x) + float(every.sum())


def log_integral(
    p: ArrayLike,
    q: ArrayLike,
    alpha: ArrayLike,
    beta: ArrayLike,
    low: ArrayLike,
    high: ArrayLike,
    *,
    nodes: int = NODES,
) -> Array:
    """The log of the integral of (alpha + u)^-p (beta + u)^-q over u from low to high, elementwise.

    Gauss-Legendre in log(min(alpha, beta) + u), cut where the integrand has become negligible;
    minus infinity where low = high.
    """
    told = np.broadcast_arrays(*numbers(p, q, alpha, beta, low, high))
    found = np.empty(told[0].size)
    columns = [part.reshape(-1, 1) for part in told]
    size = AT_ONCE // nodes
    for start in range(0, len(found), size):
        rows = slice(start, start + size)
        found[rows] = _log_sums(*(column[rows] for column in columns), nodes=nodes)
    return found.reshape(told[0].shape)


def _log_sums(
    p: Array, q: Array, alpha: Array, beta: Array, low: Array, high: Array, *, nodes: int
) -> Array:
    """As `log_integral`, from columns (n, 1)."""
    swapped = alpha > beta
    p, q = np.where(swapped, q, p), np.where(swapped, p, q)
    smaller, larger = np.minimum(alpha, beta), np.maximum(alpha, beta)
    terms = _terms(p, q, smaller, larger, low, high, nodes)[-1]
    first = (1 - p) * np.log(smaller + low) - q * np.log(larger + low)
    with np.errstate(divide="ignore"):
        return np.asarray(first[:, 0] + np.log(terms.sum(axis=1)))


def _terms(
    p: Array, q: Array, smaller: Array, larger: Array, low: Array, high: Array, count: int
) -> tuple[Array, Array, Array, Array]:
    """For the integral over u from low to high of (smaller + u)^-p (larger + u)^-q, by row: moments u
    (n, count); by how much the logs of smaller + u and larger + u have grown since low; and the
    terms of the sum, over the integrand at low times (smaller + low)."""
    nodes, weights = legendre(count)
    # Past these the integrand is below e^-36 of what it was, where it falls at all.
    rising = (smaller < larger) & (p <= 1)
    with np.errstate(divide="ignore", over="ignore"):
        cut = (larger + low) * np.expm1(NEGLIGIBLE / np.where(rising, 0.0, p + q - 1))
        steep = NEGLIGIBLE / np.maximum(p - 1, 0.0)
    span = np.minimum(np.log1p(np.minimum(high - low, cut) / (smaller + low)), steep)
    grown = span * nodes
    later = (smaller + low) * np.expm1(grown)
    less = np.log1p(later / (larger + low))
    terms = np.exp((1 - p) * grown - q * less) * (span * weights)
    return low + later, grown, less, terms


def _enough(p: Array, q: Array, smaller: Array, larger: Array, low: Array, high: Array) -> int:
    """How many nodes are as good as any number, for all these rows."""
    near = np.log1p((high - low) / (smaller + low))
    falls = (p - 1) * near + q * np.log1p((high - low) / (larger + low))
    return EASY if near.max() < 4 and falls.max() < 12 else NODES


def _sum_by_x(params: Array, customers: Array) -> float:
    r, alpha, s, beta = params
    x = np.arange(len(customers))
    terms = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + s * np.log(beta)
    return float(np.dot(customers, terms))


def _by_x(params: Array, histories: Histories) -> tuple[float, Array, Array]:
    """The terms that need no time, once for each number of purchases."""
    r, alpha, s, beta = params
    w = histories.by_x
    x, total = np.arange(len(w)), w.sum()
    by_r = w @ (psi(r + x) - psi(r)) + total * np.log(alpha)
    gradient = np.array([by_r, total * r / alpha, total * np.log(beta), total * s / beta])
    hessian = np.diag(
        [
            w @ (polygamma(1, r + x) - polygamma(1, r)),
            -total * r / alpha**2,
            0.0,
            -total * s / beta**2,
        ]
    )
    hessian[0, 1] = hessian[1, 0] = total / alpha
    hessian[2, 3] = hessian[3, 2] = total / beta
    return _sum_by_x(params, w), gradient, hessian


def _by_row(params: Array, histories: Histories, rows: slice) -> tuple[float, Array, Array]:
    """The terms in T and t_x: a mixture over the moments u of leaving, the last of which is "not yet".

    With shares pi and slopes phi of its logs, the gradient is the mean of phi, and the Hessian the
    mean of phi phi' and of the slopes of phi, less the square of the mean.
    """
    s, w = params[2], histories.weight[rows]
    k = params[0] + histories.x[rows, None]
    t_x, T = histories.t_x[rows, None], histories.T[rows, None]
    u, log_A, log_B, shares, every = _moments(params, k, t_x, T)
    over_A, over_B = 1 / (params[1] + u), 1 / (params[3] + u)
    left = np.append(np.ones(u.shape[1] - 1), 0.0)  # at each moment but the last: still here
    phi = np.empty((4, *u.shape))  # by r, alpha, s, beta
    np.negative(log_A, out=phi[0])
    np.multiply(-k, over_A, out=phi[1])
    np.subtract(left / s, log_B, out=phi[2])
    np.multiply(-(s + left), over_B, out=phi[3])
    shares *= w[:, None]
    weighted = phi * shares
    means = weighted.sum(axis=2)
    weighted = weighted.reshape(4, -1)
    hessian = weighted @ phi.reshape(4, -1).T - (means / w) @ means.T
    mixed = [(shares * over_A).sum(), (shares * over_B).sum()]
    hessian[[0, 1, 2, 3], [1, 0, 3, 2]] -= np.repeat(mixed, 2)
    hessian[1, 1] -= (weighted[1] * over_A.ravel()).sum()
    hessian[3, 3] -= (weighted[3] * over_B.ravel()).sum()
    hessian[2, 2] -= shares[:, :-1].sum() / s**2
    return float(np.dot(w, every)), means.sum(axis=1), hessian


def _moments(
    params: Array, k: Array, t_x: Array, T: Array
) -> tuple[Array, Array, Array, Array, Array]:
    """Moments of leaving u, the logs of alpha + u and beta + u, and their shares, all
    (n, some); the last moment is T: still here. Then the log of what was shared (n,)."""
    _, alpha, s, beta = params
    swapped = alpha > beta
    smaller, larger = np.sort([alpha, beta])
    p, q = (s + 1, k) if swapped else (k, s + 1)
    count = _enough(p, q, smaller, larger, t_x, T)
    u, grown, less, terms = _terms(p, q, smaller, larger, t_x, T, count)
    logs = [np.log(smaller + t_x) + grown, np.log(larger + t_x) + less]
    total = terms.sum(axis=1, keepdims=True)
    with np.errstate(divide="ignore"):
        gone = np.log(s * total) + (1 - p) * np.log(smaller + t_x) - q * np.log(larger + t_x)
    here = -k * np.log(alpha + T) - s * np.log(beta + T)
    every = np.logaddexp(gone, here)
    left = terms * (np.exp(gone - every) / np.maximum(total, np.finfo(np.float64).tiny))
    log_A, log_B = reversed(logs) if swapped else logs
    return (
        np.concatenate([u, T], axis=1),
        np.concatenate([log_A, np.log(alpha + T)], axis=1),
        np.concatenate([log_B, np.log(beta + T)], axis=1),
        np.concatenate([left, np.exp(here - every)], axis=1),
        every[:, 0],
    )


def p_alive(params: ArrayLike, x: ArrayLike, t_x: ArrayLike, T: ArrayLike) -> Array:
    """The chance that a customer is still with us: note 009, eq. (20).

    params (..., 4): r, alpha in days, s, beta in days; x, t_x, T as in Histories; all are broadcast
    against one another, and the answer has their common shape. So in all functions below.
    """
    r, alpha, s, beta = split(params)
    x, t_x, T = numbers(x, t_x, T)
    k = r + x
    here = -k * np.log(alpha + T) - s * np.log(beta + T)
    gone = np.log(s) + log_integral(k, s + 1, alpha, beta, t_x, T)
    return np.asarray(1 / (1 + np.exp(gone - here)))


def expected(
    params: ArrayLike, x: ArrayLike, t_x: ArrayLike, T: ArrayLike, horizon: ArrayLike
) -> Array:
    """Purchases to expect within the next `horizon` days: note 009, eq. (41), with its limit s = 1.

    P(alive) k / A times the integral over t of (B / (B + t))^s, A = alpha + T, B = beta + T.
    """
    r, alpha, s, beta = split(params)
    x, T, h = numbers(x, T, horizon)
    B = beta + T
    span = np.log1p(h / B)
    slope = (1 - s) * span
    with np.errstate(divide="ignore", invalid="ignore"):
        stays = B * span * np.where(slope == 0, 1.0, np.expm1(slope) / slope)
    return p_alive(params, x, t_x, T) * (r + x) / (alpha + T) * stays


def discounted(
    params: ArrayLike,
    x: ArrayLike,
    t_x: ArrayLike,
    T: ArrayLike,
    horizon: ArrayLike,
    rate: float,
) -> Array:
    """Purchases to expect within `horizon` days, later ones counting less by `rate` a year (0.1 is
    ten in the hundred).

    As `expected`, with e^(-delta t) under the integral: the finite form of the DERT of Fader, Hardie
    & Lee (2005), Journal of Marketing Research 42(4), eq. (2); Gauss-Legendre in log(B + t).
    """
    r, alpha, s, beta = split(params)
    x, T, h = numbers(x, T, horizon)
    delta = daily(rate)
    B = beta + T
    far = h if delta <= 0 else np.minimum(h, NEGLIGIBLE / delta)
    with np.errstate(divide="ignore", over="ignore"):  # later, nobody is left
        far = np.minimum(far, B * np.expm1(NEGLIGIBLE / np.maximum(s - 1, 0.0)))
    span = np.log1p(far / B)
    total = np.zeros(np.broadcast_shapes(span.shape, s.shape))
    for node, weight in zip(*legendre(NODES), strict=True):
        grown = np.exp(node * span)
        t = B * np.expm1(node * span)
        total = total + weight * span * B * grown ** (1 - s) * np.exp(-delta * t)
    return p_alive(params, x, t_x, T) * (r + x) / (alpha + T) * total


def curve(params: ArrayLike, horizon: ArrayLike) -> Array:
    """Repeat purchases of a customer of whom nothing is known, within `horizon` days of the first
    purchase: note 009, eq. (27)."""
    return expected(params, 0, 0, 0, horizon)


def silent(params: ArrayLike, x: ArrayLike, t_x: ArrayLike, T: ArrayLike, t: ArrayLike) -> Array:
    """The chance of no purchase within the next t days.

    1 - P(alive) times the integral over u from 0 to t of
    k / (A + u) (A / (A + u))^k (B / (B + u))^s: the next purchase comes before leaving.
    """
    r, alpha, s, beta = split(params)
    x, T, t = numbers(x, T, t)
    k, A, B = r + x, alpha + T, beta + T
    returns = log_integral(k + 1, s, A, B, 0.0, t) + np.log(k) + k * np.log(A) + s * np.log(B)
    return 1 - p_alive(params, x, t_x, T) * np.exp(returns)
