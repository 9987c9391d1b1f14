"""What a customer spends on a purchase day."""

from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import approx_fprime

from amends.worth.histories import TooFew, Unreadable
from amends.worth.spend import (
    GammaGamma,
    LogNormal,
    Reason,
    fit_spend,
    gamma_gamma_likelihood,
)

CDNOW = Path(__file__).parents[3] / "shared/data/cdnow/purchases.csv.gz"


def spenders(n: int, *, p=6.0, q=4.0, gamma=15.0, seed=1):
    chance = np.random.default_rng(seed)
    count = chance.integers(1, 8, n).astype(float)
    return count, chance.gamma(p * count) / chance.gamma(q, size=n) * gamma / count


@pytest.mark.skipif(not CDNOW.exists(), reason="the purchases of CDNOW are not beside this tree")
def test_cdnow_gives_the_published_parameters():
    """Fader & Hardie (2013), note 025: p 6.25, q 3.74, gamma 15.44."""
    from datetime import date

    from amends.worth.summarise import Columns, local, summarise

    with local(memory="500MB") as engine:
        engine.source = lambda path: f"(SELECT * FROM '{path}' WHERE in_tenth_sample = 1)"
        columns = Columns(customer="customer_id", day="date")
        spends = summarise(
            CDNOW, engine=engine, columns=columns, as_of=date(1997, 9, 30)
        ).spends[""]  # fmt: skip
    found = fit_spend(spends.count, spends.mean, spends.weight)
    assert isinstance(found.law, GammaGamma)
    assert found.law.p == pytest.approx(6.25, abs=0.005)
    assert found.law.q == pytest.approx(3.74, abs=0.005)
    assert found.law.gamma == pytest.approx(15.44, abs=0.005)
    assert (found.customers, round(found.correlation, 2)) == (946, 0.11)


def test_gradient_and_hessian_are_those_of_the_likelihood():
    count, mean = spenders(60)
    weight = np.arange(60) % 3 + 1.0
    at = np.log([5.0, 3.0, 12.0])
    _, gradient, hessian = gamma_gamma_likelihood(at, count, mean, weight)
    told = approx_fprime(at, lambda v: gamma_gamma_likelihood(v, count, mean, weight)[0], 1e-6)
    assert gradient == pytest.approx(told, rel=1e-4, abs=1e-3)
    for row in range(3):
        slope = approx_fprime(
            at, lambda v, row=row: gamma_gamma_likelihood(v, count, mean, weight)[1][row], 1e-6
        )
        assert hessian[row] == pytest.approx(slope, rel=1e-4, abs=1e-3)


def test_known_parameters_are_found_again_and_weights_are_customers():
    count, mean = spenders(4000)
    law = fit_spend(count, mean).law
    assert isinstance(law, GammaGamma)
    for found, true, error in zip(
        (law.p, law.q, law.gamma), (6, 4, 15), np.sqrt(np.diag(law.covariance)), strict=True
    ):
        assert abs(np.log(found / true)) < 3 * error
    twice = fit_spend(np.repeat(count[:200], 2), np.repeat(mean[:200], 2)).law
    weighed = fit_spend(count[:200], mean[:200], np.full(200, 2.0)).law
    assert (weighed.p, weighed.gamma) == pytest.approx((twice.p, twice.gamma))


def test_the_unit_of_money_does_not_matter():
    count, mean = spenders(500)
    one, other = fit_spend(count, mean), fit_spend(count, mean * 250)
    assert other.mean_of(2, 50 * 250) == pytest.approx(250 * one.mean_of(2, 50), rel=1e-6)


def test_fewer_than_thirty_are_drawn_towards_the_others():
    count, mean = spenders(29)
    found = fit_spend(count, mean)
    assert found.reason is Reason.FEW
    assert isinstance(found.law, LogNormal)
    typical = found.mean_of(0, 0)
    assert typical < found.mean_of(1, 400) < 400
    assert found.mean_of(1, 400) < found.mean_of(20, 400)


def test_who_comes_often_and_spends_more_is_no_gamma_gamma():
    count, mean = spenders(300)
    assert fit_spend(count, mean * count).reason is Reason.LINKED


def test_a_mean_without_end_is_no_gamma_gamma():
    count, mean = spenders(2000, q=0.6)
    found = fit_spend(count, mean)
    assert found.reason in (Reason.ENDLESS, Reason.LINKED)
    assert np.isfinite(found.mean_of(1, 50))


def test_customers_who_all_spend_alike_have_that_spend():
    found = fit_spend(np.full(50, 3.0), np.full(50, 20.0))
    assert found.mean_of([0, 1, 9], [0, 20, 20]) == pytest.approx([20, 20, 20], rel=0.02)


def test_one_customer_is_enough_for_words():
    assert fit_spend([1], [12.5]).mean_of(1, 12.5) == pytest.approx(12.5, rel=0.2)


@pytest.mark.parametrize("seed", range(10))
def test_small_shops_never_fail(seed):
    chance = np.random.default_rng(seed)
    n = int(chance.integers(1, 120))
    count = chance.geometric(0.4, n).astype(float)
    mean = np.exp(chance.normal(3, chance.choice([0.01, 0.5, 2.5]), n))
    found = fit_spend(count, mean)
    expected = found.mean_of(np.append(count, 0), np.append(mean, 0))
    assert np.all(np.isfinite(expected) & (expected > 0))


def test_nobody_who_came_back_is_refused():
    with pytest.raises(TooFew):
        fit_spend([0, 2], [0, 0])
    with pytest.raises(TooFew):
        fit_spend([], [])


@pytest.mark.parametrize("mean", [[np.nan, 1], [-1, 1], [np.inf, 1]])
def test_numbers_that_cannot_be_are_refused(mean):
    with pytest.raises(Unreadable):
        fit_spend([1, 1], mean)


def test_different_lengths_are_refused():
    with pytest.raises(Unreadable):
        fit_spend([1, 1], [2, 2], [1])


@pytest.mark.parametrize("n", [20, 400])
def test_draws_have_the_mean_that_is_told(n):
    count, mean = spenders(n)
    found = fit_spend(count, mean)
    drawn = found.draws(3, 40, 20_000, seed=5)
    assert drawn.mean() == pytest.approx(float(found.mean_of(3, 40)), rel=0.03)
    assert drawn == pytest.approx(found.draws(3, 40, 20_000, seed=5))


@pytest.mark.parametrize("n", [20, 400])
def test_sums_of_purchases_have_their_mean_and_none_is_nothing(n):
    law = fit_spend(*spenders(n)).law
    chance = np.random.default_rng(2)
    own = np.full(20_000, 40.0)
    ten = law.sums(own, np.full(20_000, 10.0), np.full(20_000, 10.0), chance)
    one = law.sums(own, np.ones(20_000), np.ones(20_000), chance)
    assert ten.mean() == pytest.approx(400, rel=0.02)
    assert one.mean() == pytest.approx(40, rel=0.03)
    assert ten.std() / 400 < one.std() / 40
    assert np.all(law.sums(own[:3], np.zeros(3), np.zeros(3), chance) == 0)
