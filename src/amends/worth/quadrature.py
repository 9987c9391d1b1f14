"""Rules of integration: sums of a few terms that stand for an integral, right to the last digits."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.polynomial import chebyshev
from numpy.typing import NDArray

Array = NDArray[np.float64]

LEFT, RIGHT = -48.0, 34.0  # log-odds beyond which the function that is averaged no longer changes
KNOTS = 48  # of an interpolation; as many points are simply computed
NEGLIGIBLE = 36.0  # what is e^-36 of the largest is left out


@cache
def legendre(count: int) -> tuple[Array, Array]:
    """Nodes and weights (count,) of Gauss and Legendre on 0 .. 1."""
    nodes, weights = np.polynomial.legendre.leggauss(count)
    return (nodes + 1) / 2, weights / 2


def beta_rule(a: float, b: float) -> tuple[Array, Array]:
    """Chances p (m,) and weights (m,) for means over p ~ Beta(a, b).

    The trapezoid rule in log-odds, whose error falls like the Gamma function at a + 2 pi i / step
    (Trefethen & Weideman 2014, SIAM Review 56(3), section 5): below 1e-12 here. It holds for
    functions of p that change near 0 as fast as one likes, where a Gauss rule of a few dozen nodes
    for the Beta law (Golub & Welsch 1969) does not: a horizon of many times the history. Where a or
    b is small the tail is long; beyond the last node the function is constant and the sum a
    geometric series.
    """
    step = min(0.3, 0.4 * np.sqrt(1 / a + 1 / b))
    mode = np.log(a / b)
    low = max(LEFT, mode - np.log(2 + 80 / b) - NEGLIGIBLE / a)
    high = min(RIGHT, mode + np.log(2 + 80 / a) + NEGLIGIBLE / b)
    u = np.arange(low, high + step, step)
    log_weights = -a * np.logaddexp(0.0, -u) - b * np.logaddexp(0.0, u)
    weights = np.exp(log_weights - log_weights.max())
    weights[0] /= -np.expm1(-a * step)
    weights[-1] /= -np.expm1(-b * step)
    return 1 / (1 + np.exp(-u)), weights / weights.sum()


def along(function: Callable[[Array], Array], at: Array) -> Array:
    """function(at) for positive `at` (n,): computed where few differ, otherwise interpolated
    through Chebyshev's points in log(at). For functions smooth on that scale, right to 1e-12."""
    if len(at) <= KNOTS:
        return function(at)
    low, high = np.log(at.min()), np.log(at.max())
    if low == high:
        return np.broadcast_to(function(at[:1]), at.shape)
    middle, half = (low + high) / 2, (high - low) / 2
    knots = chebyshev.chebpts1(KNOTS)
    values = function(np.exp(middle + half * knots))
    series = chebyshev.chebfit(knots, values, KNOTS - 1)
    found: Array = chebyshev.chebval((np.log(at) - middle) / half, series)
    return found
