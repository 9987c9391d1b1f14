"""Fits against published figures, on hard little firms, and what is refused."""

import numpy as np
import pytest

from amends.worth import pareto
from amends.worth.fitting import MODELS, PRIOR, Fit, Model, TooFew, Unreadable, fit
from amends.worth.geometric import bg, mbg
from amends.worth.histories import Histories
from tests.worth import cdnow, simulated

WEEK = 7


def in_weeks(found: Fit) -> tuple[list[float], float]:
    """Parameters with times in weeks, and the log-likelihood in that unit."""
    params = np.where(found.model.TIMED, found.params / WEEK, found.params)
    purchases = cdnow.customers()[:, 0].sum()
    return params.tolist(), found.log_likelihood + purchases * np.log(WEEK)


@cdnow.needed
@pytest.mark.parametrize(
    ("model", "params", "precise", "likelihood"),
    [
        (bg, (0.243, 4.414, 0.793, 2.426), 0.0005, -9582.429),
        (mbg, (0.5248, 6.183, 0.8914, 1.614), 0.0005, -9582.136),
        (pareto, (0.553, 10.578, 0.606, 11.669), 0.0005, -9594.976),
    ],
)
def test_published_parameters_of_cdnow_are_found(
    model: Model, params: tuple[float, ...], precise: float, likelihood: float
):
    found = fit(model, cdnow.histories(), prior=None)
    ours, ours_likelihood = in_weeks(found)
    assert ours == pytest.approx(params, abs=precise)
    assert ours_likelihood == pytest.approx(likelihood, abs=0.001)
    assert found.gradient < 1e-8


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
def test_nobody_to_learn_from_is_refused(model: Model):
    with pytest.raises(TooFew, match="no customers"):
        fit(model, Histories.of([], [], []))
    with pytest.raises(TooFew, match="second day"):
        fit(model, Histories.of([0, 0], [0, 0], [10, 300]))


@cdnow.needed
@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
@pytest.mark.parametrize("size", [30, 50])
def test_small_firms_never_fail(model: Model, size: int):
    """Firms drawn at random from real customers; three hundred of each are in bin/bench worth."""
    everybody, chance = cdnow.customers(), np.random.default_rng(size)
    for _ in range(20):
        x, t_x, T, _ = everybody[chance.choice(len(everybody), size, replace=False)].T
        found = fit(model, Histories.of(x, t_x, T))
        assert found.gradient < 1e-8
        away = np.log(found.params) - PRIOR.centre(model, float(T.mean()))
        assert np.abs(away).max() < 4  # standard deviations of the prior: nothing runs away
        expected = model.expected(found.params, x, t_x, T, 273)
        assert np.isfinite(expected).all()
        assert 0.1 < expected.sum() < 20 * size


@pytest.mark.parametrize(
    "row",
    [
        ([1], [0.5], [1]),
        ([1], [3650], [3650]),
        ([3000], [3600], [3700]),
        ([0] * 400 + [1], [0] * 400 + [3], [1] * 400 + [3]),
        ([5000] * 30, [8000] * 30, [8000] * 30),
    ],
    ids=["one customer", "seen today", "daily", "one of 401 came back", "who buy all the time"],
)
@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
def test_odd_firms_are_fitted_too(model: Model, row: tuple[list[float], ...]):
    found = fit(model, Histories.of(*row))
    assert np.isfinite(found.params).all()
    assert (np.diag(found.covariance) > 0).all()
    assert found.gradient < 1e-6


@pytest.mark.parametrize(
    ("model", "truth"),
    [(mbg, (0.5, 40, 0.9, 1.6)), (bg, (0.243, 31, 0.793, 2.426)), (pareto, (0.55, 74, 0.6, 82))],
    ids=["mbg", "bg", "pareto"],
)
def test_the_truth_is_found_again(model: Model, truth: tuple[float, ...]):
    """Customers drawn from the model: each parameter within four of its own standard errors."""
    T = np.random.default_rng(1).uniform(30, 900, 20_000)
    if model is pareto:
        told = simulated.pareto(truth, T, seed=8)
    else:
        told = simulated.geometric(truth, T, first=int(model is mbg), seed=8)
    found = fit(model, Histories.of(*told), prior=None)
    away = np.log(found.params / truth) / np.sqrt(np.diag(found.covariance))
    assert np.abs(away).max() < 4
    assert np.sqrt(np.diag(found.covariance)).max() < 0.15


def test_the_unit_of_time_does_not_matter():
    x, t_x, T = simulated.geometric((0.5, 40, 0.9, 1.6), np.linspace(9, 900, 300), first=1, seed=2)
    for model in MODELS.values():
        days, hours = (fit(model, Histories.of(x, t_x * by, T * by)) for by in (1.0, 24.0))
        scale = np.where(model.TIMED, 24, 1)
        assert hours.params == pytest.approx(days.params * scale, rel=1e-7)


def test_many_rows_begin_from_a_part_and_end_at_the_same_place():
    T = np.linspace(9, 900, 60_000)
    told = Histories.of(*simulated.geometric((0.5, 40, 0.9, 1.6), T, first=1, seed=2))
    from_part, from_prior = fit(mbg, told), fit(mbg, told, start=(0.5, 100, 0.8, 2.0))
    assert from_part.params == pytest.approx(from_prior.params, rel=1e-9)


def test_without_a_prior_what_cannot_be_told_is_refused():
    """Everybody came back once, on the same day: more and more alike is more and more likely."""
    with pytest.raises(TooFew, match="too few"):
        fit(pareto, Histories.of([1] * 20, [10] * 20, [10] * 20), prior=None)


@pytest.mark.parametrize("start", [(1, 2, 3), (1, 2, 3, 0), (1, 2, np.nan, 3)])
def test_a_start_that_is_none_is_refused(start: tuple[float, ...]):
    with pytest.raises(Unreadable, match="four numbers"):
        fit(mbg, Histories.of([1], [1], [2]), start=start)
