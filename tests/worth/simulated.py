"""Customers as the models have them, drawn at random."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def geometric(
    params: tuple[float, ...], T: Array, *, first: int, seed: int
) -> tuple[Array, Array, Array]:
    """x, t_x, T of customers who leave by a coin: MBG/NBD with first = 1, BG/NBD with first = 0."""
    r, alpha, a, b = params
    chance = np.random.default_rng(seed)
    n = len(T)
    rate, p = chance.gamma(r, 1 / alpha, n), chance.beta(a, b, n)
    survived = chance.geometric(np.maximum(p, 1e-9)) - first
    wanted = chance.poisson(rate * T)
    x = np.minimum(wanted, survived)
    t_x = np.zeros(n)
    again = x > 0
    t_x[again] = T[again] * chance.beta(x[again], wanted[again] + 1 - x[again])
    return x.astype(float), t_x, T


def pareto(params: tuple[float, ...], T: Array, *, seed: int) -> tuple[Array, Array, Array]:
    """x, t_x, T of customers who leave at any moment: Pareto/NBD."""
    r, alpha, s, beta = params
    chance = np.random.default_rng(seed)
    n = len(T)
    leaves = chance.exponential(1, n) / np.maximum(chance.gamma(s, 1 / beta, n), 1e-12)
    seen = np.minimum(T, leaves)
    x = chance.poisson(chance.gamma(r, 1 / alpha, n) * seen)
    t_x = np.zeros(n)
    again = x > 0
    t_x[again] = seen[again] * chance.beta(x[again], 1)
    return x.astype(float), t_x, T


def by_days(x: Array, t_x: Array, T: Array) -> tuple[Array, Array, Array]:
    """The same with times rounded up to whole days."""
    return x, np.ceil(t_x), np.ceil(T)
