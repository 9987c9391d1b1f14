"""Slopes by small differences, over histories with every edge in them."""

import numpy as np
from numpy.typing import NDArray

from amends.worth.fitting import Model
from amends.worth.histories import Histories

# Nobody watched; bought on the last day; once only; very often; a whole number and not.
HISTORIES = Histories(
    x=np.array([0, 0, 1, 2, 40, 3000, 5, 1.0]),
    t_x=np.array([0, 0, 9, 30.5, 300, 3600, 0.25, 7000]),
    T=np.array([0, 700, 9, 80.25, 301, 3700, 5000, 7300.0]),
    weight=np.array([3, 9, 1, 2, 1, 1, 2, 0.5]),
)
WIDTH = 1e-5


def differences(model: Model, at: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
    """The gradient (4,) from values, the Hessian (4, 4) from gradients."""
    by_value, by_gradient = np.empty(4), np.empty((4, 4))
    for which in range(4):
        away = WIDTH * np.eye(4)[which]
        above = model.log_likelihood(at + away, HISTORIES)
        below = model.log_likelihood(at - away, HISTORIES)
        by_value[which] = (above[0] - below[0]) / (2 * WIDTH)
        by_gradient[which] = (above[1] - below[1]) / (2 * WIDTH)
    return by_value, by_gradient
