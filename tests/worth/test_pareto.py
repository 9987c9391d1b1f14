"""Pareto/NBD: slopes, edges, and what the formulae mean."""

import numpy as np
import pytest

from amends.worth import pareto
from tests.worth.slopes import HISTORIES, differences

PARAMS = (0.55, 74.0, 0.6, 82.0)


@pytest.mark.parametrize("params", [PARAMS, (3.0, 400.0, 1.0, 20.0), (0.02, 0.5, 5.0, 900.0)])
def test_gradient_and_hessian_are_the_slopes_of_the_likelihood(params: tuple[float, ...]):
    at = np.log(params)
    value, gradient, hessian = pareto.log_likelihood(at, HISTORIES)
    by_value, by_gradient = differences(pareto, at)
    assert value == pytest.approx(pareto.log_value(at, HISTORIES), rel=1e-13)
    assert gradient == pytest.approx(by_value, rel=1e-6, abs=1e-5)
    assert hessian == pytest.approx(by_gradient, rel=1e-6, abs=1e-5)
    assert hessian == pytest.approx(hessian.T)


def test_who_bought_today_is_here():
    assert pareto.p_alive(PARAMS, 3, 50, 50) == 1
    assert pareto.p_alive(PARAMS, 0, 0, 0) == 1
