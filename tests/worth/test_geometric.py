"""MBG/NBD and BG/NBD: slopes, edges, and what the formulae mean."""

import numpy as np
import pytest

from amends.worth import bg, mbg
from amends.worth.fitting import Model
from tests.worth.slopes import HISTORIES, differences

both = pytest.mark.parametrize("model", [mbg, bg], ids=["mbg", "bg"])
PARAMS = (0.5, 43.0, 0.9, 1.6)


@both
@pytest.mark.parametrize("params", [PARAMS, (3.0, 400.0, 1.0, 0.2), (0.02, 0.5, 5.0, 40.0)])
def test_gradient_and_hessian_are_the_slopes_of_the_likelihood(
    model: Model, params: tuple[float, ...]
):
    at = np.log(params)
    value, gradient, hessian = model.log_likelihood(at, HISTORIES)
    by_value, by_gradient = differences(model, at)
    assert value == pytest.approx(model.log_value(at, HISTORIES), rel=1e-13)
    assert gradient == pytest.approx(by_value, rel=1e-6, abs=1e-5)
    assert hessian == pytest.approx(by_gradient, rel=1e-6, abs=1e-5)
    assert hessian == pytest.approx(hessian.T)


def test_who_bought_once_is_never_gone_by_bg_and_may_be_by_mbg():
    assert bg.p_alive(PARAMS, 0, 0, 3000) == 1
    assert mbg.p_alive(PARAMS, 0, 0, 3000) < 0.2
    assert mbg.p_alive(PARAMS, 0, 0, 0) == pytest.approx(1.6 / 2.5)
