"""How sure a fit is of its parameters: draws from their posterior.

Importance resampling from a Student t about the mode, checked by the shape k of the largest weights
(Vehtari, Simpson, Gelman, Yao & Gabry 2024, JMLR 25(72)); where that fails, a random walk (Metropolis).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from amends.worth.fitting import Fit
from amends.worth.histories import Histories

Array = NDArray[np.float64]

TRIED = 2_000  # proposals at least
FREEDOM = 7  # degrees of freedom of the t: its tails are longer than those it stands for
UNSURE = 0.7  # of k: above, the weights are not to be trusted
PLAIN = 20_000  # distinct histories from which the posterior is as good as normal
CHAINS, WARMING, WALKED = 4, 500, 2_500


def draws(fit: Fit, histories: Histories, n: int = 1_000, seed: int = 0) -> tuple[Array, float]:
    """n draws (n, 4) of the parameters, in the order and units of fit.params, and k-hat.

    The histories are those of the fit. k-hat below 0.7: the draws are importance-resampled; at or
    above: they come from a random walk. With more than 20,000 distinct histories they are normal on
    the log scale and k-hat is 0. The same seed gives the same draws.
    """
    chance = np.random.default_rng(seed)
    mode = np.log(fit.params)
    root = np.asarray(np.linalg.cholesky(fit.covariance), dtype=np.float64)
    if len(histories.x) > PLAIN:
        return np.exp(mode + chance.standard_normal((n, 4)) @ root.T), 0.0
    tried = max(TRIED, n)
    away = chance.standard_normal((tried, 4))
    away /= np.sqrt(chance.chisquare(FREEDOM, (tried, 1)) / FREEDOM)
    proposed = mode + away @ root.T
    proposal = -(FREEDOM + 4) / 2 * np.log1p((away**2).sum(axis=1) / FREEDOM)
    logs = np.array([_log_posterior(fit, histories, at) for at in proposed])
    weights, k_hat = smoothed(logs - proposal)
    if k_hat >= UNSURE:
        return np.exp(_walked(fit, histories, n, chance, root)), k_hat
    return np.exp(proposed[chance.choice(tried, n, p=weights)]), k_hat


def smoothed(log_weights: Array) -> tuple[Array, float]:
    """Weights (n,) that sum to one, the largest replaced by what a generalised Pareto law expects in
    their place, and the shape k-hat of that law."""
    n = len(log_weights)
    tail = int(min(0.2 * n, 3 * np.sqrt(n)))
    order = np.argsort(log_weights)
    weights = np.exp(log_weights - log_weights[order[-1]])
    largest, floor = order[-tail:], weights[order[-tail - 1]]
    k_hat, scale = _pareto(weights[largest] - floor)
    middle = (np.arange(tail) + 0.5) / tail
    expected = scale * np.expm1(-k_hat * np.log1p(-middle)) / k_hat
    weights[largest] = np.minimum(floor + expected, 1.0)
    return weights / weights.sum(), float(k_hat)


def _pareto(above: Array) -> tuple[float, float]:
    """Shape and scale of the generalised Pareto law of values above a floor (sorted, (n,)): Zhang &
    Stephens (2009), Technometrics 51(3), with the weak prior of Vehtari et al. on the shape."""
    n = len(above)
    count = 30 + int(np.sqrt(n))
    quarter, most = above[int(n / 4 + 0.5) - 1], above[-1]
    if not quarter > 0:  # all alike: no tail at all
        return -1.0, float(most)
    theta = 1 / most + (1 - np.sqrt(count / (np.arange(count) + 0.5))) / (3 * quarter)
    shapes = np.log1p(-theta[:, None] * above).mean(axis=1)
    heights = n * (np.log(-theta / shapes) - shapes - 1)
    chances = np.exp(heights - heights.max())
    best = float((theta * chances).sum() / chances.sum())
    shape = float(np.log1p(-best * above).mean())
    return (n * shape + 5) / (n + 10), -shape / best


def _log_posterior(fit: Fit, histories: Histories, at: Array) -> float:
    value = fit.model.log_value(at, histories)
    if fit.prior:
        value += fit.prior.log_density(at, fit.model, histories.mean_T)[0]
    return value


def _walked(
    fit: Fit, histories: Histories, n: int, chance: np.random.Generator, root: Array
) -> Array:
    """Log-parameters (n, 4) from random walks that begin about the mode."""
    kept: list[Array] = []
    for _ in range(CHAINS):
        at = np.log(fit.params) + root @ chance.standard_normal(4)
        height = _log_posterior(fit, histories, at)
        for step in range(WARMING + WALKED):
            there = at + root @ chance.standard_normal(4) * (2.38 / 2)
            high = _log_posterior(fit, histories, there)
            if np.log(chance.random()) < high - height:
                at, height = there, high
            if step >= WARMING:
                kept.append(at)
    return np.array(kept)[chance.choice(len(kept), n, replace=n > len(kept))]
