"""MBG/NBD and BG/NBD: slopes, edges, and what the formulae mean."""

import numpy as np
import pytest

from amends.worth.fitting import Model
from amends.worth.geometric import bg, mbg
from amends.worth.histories import Histories
from tests.worth import cdnow, precisely
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


@pytest.mark.parametrize(
    ("model", "row", "told"),
    [(mbg, *pair) for pair in precisely.MBG] + [(bg, *pair) for pair in precisely.BG],
)
def test_hard_points_are_right_to_the_last_digits(
    model: Model, row: precisely.Row, told: precisely.Row
):
    params, (x, t_x, T, h) = row[:4], row[4:]
    one = Histories.of([x], [t_x], [T])
    assert model.log_likelihood(np.log(params), one)[0] == pytest.approx(
        told[0], rel=1e-14, abs=1e-11
    )
    assert model.p_alive(params, x, t_x, T) == pytest.approx(told[1], rel=1e-13)
    assert model.expected(params, x, t_x, T, h) == pytest.approx(told[2], rel=1e-12)
    for discounted in told[3:]:
        assert model.discounted(params, x, t_x, T, h, 0.1) == pytest.approx(discounted, rel=1e-12)


@both
def test_many_customers_at_once_are_each_as_alone(model: Model):
    chance = np.random.default_rng(4)
    T = chance.uniform(1, 3000, 400)
    x = chance.integers(0, 3, 400).astype(float)
    t_x = np.where(x > 0, T * chance.uniform(0.01, 1, 400), 0)
    for at in (0, 7, 399):
        alone = model.expected(PARAMS, x[at], t_x[at], T[at], 900)
        assert model.expected(PARAMS, x, t_x, T, 900)[at] == pytest.approx(float(alone), rel=1e-11)
        alone = model.discounted(PARAMS, x[at], t_x[at], T[at], 3652, 0.1)
        together = model.discounted(PARAMS, x, t_x, T, 3652, 0.1)
        assert together[at] == pytest.approx(float(alone), rel=1e-11)


@both
def test_draws_of_parameters_and_horizons_are_broadcast(model: Model):
    drawn = np.array([PARAMS, (0.7, 50, 1.0, 2.0), (0.4, 30, 0.5, 1.0)])
    found = model.expected(drawn, 2, 60, 90, [30, 60, 90])
    assert found.shape == (3,)
    assert found[1] == pytest.approx(float(model.expected(drawn[1], 2, 60, 90, 60)))
    assert model.curve(PARAMS, [0, 100, 200]).tolist() == pytest.approx(
        [float(model.curve(PARAMS, h)) for h in (0, 100, 200)]
    )
    assert model.p_alive(drawn, 2, 60, 90).shape == (3,)


@both
def test_without_interest_nothing_is_discounted(model: Model):
    plain = model.expected(PARAMS, [0, 5], [0, 200], [10, 300], 3652)
    assert model.discounted(PARAMS, [0, 5], [0, 200], [10, 300], 3652, 0) == pytest.approx(plain)


@both
def test_silence_begins_at_one_and_falls_to_the_chance_of_having_left(model: Model):
    gone = 1 - model.p_alive(PARAMS, 4, 100, 150)
    assert model.silent(PARAMS, 4, 100, 150, 0) == 1
    assert model.silent(PARAMS, 4, 100, 150, 1e12) == pytest.approx(float(gone), abs=1e-6)
    waited = model.silent(PARAMS, 4, 100, 150, np.arange(0, 1000, 50))
    assert (np.diff(waited) < 0).all()


@both
def test_the_silence_after_a_purchase_is_the_likelihood_of_what_came(model: Model):
    """Of one who bought today: P(no purchase in t) from the model is what its likelihood says."""
    bought, later = Histories.of([2], [50], [50]), Histories.of([2], [50], [90])
    at = np.log(PARAMS)
    told = np.exp(model.log_likelihood(at, later)[0] - model.log_likelihood(at, bought)[0])
    assert model.silent(PARAMS, 2, 50, 50, 40) == pytest.approx(told, rel=1e-12)


def test_overdue_is_the_silence_of_one_who_cannot_have_left():
    never = (0.5, 43.0, 1e-9, 1.6)
    assert mbg.overdue(PARAMS, 3, 80, 80) == 1
    told = mbg.silent(never, 3, 80, 80, 120)
    assert mbg.overdue(PARAMS, 3, 80, 200) == pytest.approx(float(told), rel=1e-6)


@cdnow.needed
def test_the_next_39_weeks_of_cdnow_are_foreseen():
    found = cdnow.hold_out(mbg)
    assert found["mae"] <= 0.77
    assert found["rmse"] <= 1.61
    assert found["auc_alive"] >= 0.68
    assert abs(found["total"]) < 0.17


@cdnow.needed
def test_ranking_by_the_p_alive_of_bg_is_worse_than_a_coin():
    assert cdnow.hold_out(bg)["auc_alive"] < 0.4
