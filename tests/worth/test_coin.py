"""Whether failures drive customers away, and whether making them right keeps them."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import approx_fprime

from amends.worth.coin import _Likelihood, e_value, fit_coin, lives, odds, surprise
from amends.worth.geometric import mbg
from amends.worth.histories import Histories, TooFew, Unreadable
from tests.worth.coins import ALPHA, RHO, A, B, R, simulated

AT = np.log([0.7, 40.0, 0.6, 2.0, 0.002])
W = np.array([-0.8, -0.6])


def few():
    return lives(
        [0, 2, 2, 5, 0],
        [0, 40, 40, 90, 0],
        [100, 120, 120, 200, 50],
        of=[1, 3, 3],
        at=[60, 30, 95],
        repaired=[0, 1, 0],
    )


def test_without_complaints_it_is_mbg_nbd():
    told = lives([0, 2, 5], [0, 40, 90], [100, 120, 200], of=[], at=[], repaired=[])
    value, gradient = _Likelihood(told).value(np.concatenate([AT, W]))
    stayed, slopes, _ = mbg.log_likelihood(
        AT[:4], Histories.of([0, 2, 5], [0, 40, 90], [100, 120, 200])
    )
    assert value < stayed
    tiny = np.concatenate([AT[:4], [np.log(1e-12)], W])
    value, gradient = _Likelihood(told).value(tiny)
    assert value == pytest.approx(stayed, abs=1e-8)
    assert gradient[:4] == pytest.approx(slopes, abs=1e-6)


def test_the_likelihood_is_that_of_one_life_by_hand():
    """x 1 on day 10, a complaint on day 20 as the last thing, seen until day 50: the integral over
    rate and leaving chance, as the story is told."""
    told = lives([1], [10], [50], of=[0], at=[20], repaired=[1])
    r, alpha, a, b, rho = np.exp(AT)
    phi = 1 / (1 + np.exp(-W.sum()))

    def of_rate(rate):
        gamma = alpha**r * rate ** (r - 1) * np.exp(-alpha * rate) / float(_gamma(r))
        stays = phi * np.exp(-(rate + rho) * 20) + (1 - phi) * np.exp(-(rate + rho) * 50)
        return gamma * rate * rho * stays

    def _gamma(z):
        return quad(lambda t: t ** (z - 1) * np.exp(-t), 0, np.inf)[0]

    purchases_survived = (b * (b + 1)) / ((a + b) * (a + b + 1))
    by_hand = np.log(quad(of_rate, 0, 5)[0] * purchases_survived)
    value, _ = _Likelihood(told).value(np.concatenate([AT, W]))
    assert value == pytest.approx(by_hand, abs=1e-6)


def test_the_gradient_is_that_of_the_likelihood():
    likelihood, at = _Likelihood(few()), np.concatenate([AT, W])
    told = approx_fprime(at, lambda v: likelihood.value(v)[0], 1e-6)
    assert likelihood.value(at)[1] == pytest.approx(told, rel=1e-4, abs=1e-4)


def test_customers_who_are_alike_are_merged_and_nothing_changes():
    told = lives([3, 3, 3], [9, 9, 9], [30, 30, 30], of=[1], at=[12], repaired=[0])
    assert list(told.weight) == [1, 2]
    single = [
        _Likelihood(lives([3], [9], [30], of=of, at=at, repaired=at * 0)).value(
            np.concatenate([AT, W])
        )[0]
        for of, at in ((np.array([], int), np.array([])), (np.array([0]), np.array([12.0])))
    ]
    whole = _Likelihood(lives([3] * 3, [9] * 3, [30] * 3, of=[1], at=[12], repaired=[0]))
    assert whole.value(np.concatenate([AT, W]))[0] == pytest.approx(2 * single[0] + single[1])


@pytest.mark.parametrize("seed", [1, 2])
def test_what_repair_does_is_found(seed):
    found = fit_coin(simulated(2000, alone=0.35, helped=0.12, seed=seed))
    assert found.p_value < 0.05
    for told, error, true in zip(found.phi, found.errors, (0.35, 0.12), strict=True):
        assert abs(told - true) < 3 * error
    errors = np.sqrt(np.diag(found.covariance))[:5]
    assert np.all(np.abs(np.log(found.params / [R, ALPHA, A, B, RHO])) < 3.5 * errors)
    mean, low, high = found.kept()
    assert 0 < low < mean < high < 0.5


@pytest.mark.parametrize("seed", [1, 2])
def test_repair_that_does_nothing_is_not_praised(seed):
    found = fit_coin(simulated(2000, alone=0.35, helped=0.35, seed=seed))
    assert found.p_value > 0.05
    assert found.kept()[1] < 0.05


def test_reasons_for_repairing_may_be_told():
    told = simulated(1000, alone=0.35, helped=0.12, seed=3)
    often = np.random.default_rng(1).normal(size=len(told.at))
    more = lives(
        told.x, told.t_x, told.T, of=told.of, at=told.at, repaired=told.z[:, 1], more=often[:, None]
    )
    assert fit_coin(more).w.shape == (3,)
    assert abs(fit_coin(more).w[2]) < 0.7


def test_few_complaints_are_refused_in_plain_words():
    with pytest.raises(TooFew, match="five complaints"):
        fit_coin(few())


def test_complaints_of_nobody_and_of_the_future_are_refused():
    with pytest.raises(Unreadable):
        lives([0], [0], [10], of=[1], at=[5], repaired=[0])
    with pytest.raises(Unreadable):
        lives([0], [0], [10], of=[0], at=[11], repaired=[0])
    with pytest.raises(Unreadable):
        lives([0], [0], [10], of=[0], at=[5], repaired=[0, 1])


def test_of_one_customer_little_can_be_said():
    """However soon they come back, the odds that the repair did it stay near one."""
    found = fit_coin(simulated(2000, alone=0.35, helped=0.12, seed=1))
    soon = surprise(found, x=4, at=200, after=2)
    late = surprise(found, x=4, at=200, after=400)
    assert 0 < soon < 0.2 < late < 1
    assert 1 < odds(found, x=4, at=200, after=2, came_back=True) < 1.6
    assert 0 < odds(found, x=4, at=200, after=900, came_back=False) < 1


def test_the_running_ratio_rises_with_those_who_came_back_and_falls_with_those_who_did_not():
    found = fit_coin(simulated(2000, alone=0.35, helped=0.12, seed=1))
    usual = {"x": [3] * 60, "at": [200] * 60, "given": 14, "days": [90] * 60}
    assert e_value(found, returned=[True] * 60, **usual) > 20
    assert e_value(found, returned=[False] * 60, **usual) < 0.01
    nobody = e_value(found, x=[3], at=[200], given=14, days=[14], returned=[False])
    assert nobody == pytest.approx(1)
