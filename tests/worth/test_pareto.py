"""Pareto/NBD: slopes, edges, and what the formulae mean."""

import numpy as np
import pytest

from amends.worth import pareto
from amends.worth.histories import Histories
from tests.worth import cdnow, precisely
from tests.worth.slopes import HISTORIES, differences

PARAMS = (0.55, 74.0, 0.6, 82.0)


@pytest.mark.parametrize("params", [PARAMS, (3.0, 400.0, 1.0, 20.0), (0.02, 0.5, 5.0, 900.0)])
def test_gradient_and_hessian_are_the_slopes_of_the_likelihood(params: tuple[float, ...]):
    at = np.log(params)
    value, gradient, hessian = pareto.log_likelihood(at, HISTORIES)
    by_value, by_gradient = differences(pareto, at)
    assert value == pytest.approx(pareto.log_value(at, HISTORIES), rel=1e-6)
    assert gradient == pytest.approx(by_value, rel=1e-6, abs=1e-5)
    assert hessian == pytest.approx(by_gradient, rel=1e-6, abs=1e-5)
    assert hessian == pytest.approx(hessian.T)


def test_who_bought_today_is_here():
    assert pareto.p_alive(PARAMS, 3, 50, 50) == 1
    assert pareto.p_alive(PARAMS, 0, 0, 0) == 1


@pytest.mark.parametrize(("row", "told"), precisely.PARETO)
def test_hard_points_are_right_to_the_last_digits(row: precisely.Row, told: precisely.Row):
    params, (x, t_x, T, h) = row[:4], row[4:]
    one = Histories.of([x], [t_x], [T])
    assert pareto.log_likelihood(np.log(params), one)[0] == pytest.approx(
        told[0], rel=1e-14, abs=1e-11
    )
    assert pareto.p_alive(params, x, t_x, T) == pytest.approx(told[1], rel=1e-11, abs=1e-30)
    assert pareto.expected(params, x, t_x, T, h) == pytest.approx(told[2], rel=1e-11)
    assert pareto.discounted(params, x, t_x, T, h, 0.1) == pytest.approx(told[3], rel=1e-11)
    assert pareto.silent(params, x, t_x, T, h) == pytest.approx(told[4], rel=1e-11)


def test_many_customers_at_once_are_each_as_alone():
    chance = np.random.default_rng(4)
    T = chance.uniform(1, 3000, 3000)
    x = chance.integers(0, 3, 3000).astype(float)
    t_x = np.where(x > 0, T * chance.uniform(0.01, 1, 3000), 0)
    together = pareto.expected(PARAMS, x, t_x, T, 900)
    for at in (0, 7, 2999):
        alone = pareto.expected(PARAMS, x[at], t_x[at], T[at], 900)
        assert together[at] == pytest.approx(float(alone), rel=1e-13)


def test_draws_of_parameters_are_broadcast():
    drawn = np.array([PARAMS, (0.7, 50, 1.0, 200.0), (0.4, 90, 0.5, 40.0)])
    for found in (
        pareto.p_alive(drawn, 2, 60, 90),
        pareto.expected(drawn, 2, 60, 90, 60),
        pareto.discounted(drawn, 2, 60, 90, 60, 0.1),
        pareto.silent(drawn, 2, 60, 90, 60),
    ):
        assert found.shape == (3,)
    assert pareto.curve(PARAMS, [0, 100]).tolist()[0] == 0


@pytest.mark.parametrize("s", [0.2, 1.0, 8.0])
def test_without_interest_nothing_is_discounted(s: float):
    params = (0.55, 74.0, s, 82.0)
    plain = pareto.expected(params, [0, 5], [0, 200], [10, 300], 3652)
    assert pareto.discounted(params, [0, 5], [0, 200], [10, 300], 3652, 0) == pytest.approx(plain)


def test_silence_begins_at_one_and_only_falls():
    assert pareto.silent(PARAMS, 4, 100, 150, 0) == 1
    waited = pareto.silent(PARAMS, 4, 100, 150, np.arange(0, 1000, 50))
    assert (np.diff(waited) < 0).all()


def test_the_silence_after_a_purchase_is_the_likelihood_of_what_came():
    bought, later = Histories.of([2], [50], [50]), Histories.of([2], [50], [90])
    at = np.log(PARAMS)
    told = np.exp(pareto.log_likelihood(at, later)[0] - pareto.log_likelihood(at, bought)[0])
    assert pareto.silent(PARAMS, 2, 50, 50, 40) == pytest.approx(told, rel=1e-12)


@cdnow.needed
def test_the_next_39_weeks_of_cdnow_are_foreseen():
    found = cdnow.hold_out(pareto)
    assert found["mae"] <= 0.76
    assert found["rmse"] <= 1.61
    assert found["auc_alive"] >= 0.72
    assert abs(found["total"]) < 0.13
