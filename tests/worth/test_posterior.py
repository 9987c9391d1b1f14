"""Draws of the parameters: the same for the same seed, and the shape of their weights."""

import numpy as np
import pytest

from amends.worth import posterior
from amends.worth.fitting import fit
from amends.worth.geometric import mbg
from amends.worth.histories import Histories
from amends.worth.posterior import draws, smoothed
from tests.worth import cdnow, simulated


@cdnow.needed
def test_draws_lie_about_the_fit_and_are_the_same_for_a_seed():
    found = fit(mbg, cdnow.histories())
    drawn, k_hat = draws(found, cdnow.histories(), 500, seed=3)
    again, _ = draws(found, cdnow.histories(), 500, seed=3)
    assert drawn.shape == (500, 4)
    assert (drawn == again).all()
    assert k_hat < 0.7
    away = (np.log(drawn).mean(axis=0) - np.log(found.params)) / np.sqrt(np.diag(found.covariance))
    assert np.abs(away).max() < 0.5


def test_draws_are_those_of_a_long_random_walk(monkeypatch: pytest.MonkeyPatch):
    """A firm of sixty: the middle and the width of every parameter, against 4,000 steps."""
    T = np.linspace(30, 700, 60)
    told = Histories.of(*simulated.geometric((0.6, 50, 0.8, 2), T, first=1, seed=4))
    found = fit(mbg, told)
    drawn, k_hat = draws(found, told, 4000)
    assert k_hat < posterior.UNSURE
    monkeypatch.setattr(posterior, "UNSURE", -np.inf)
    monkeypatch.setattr(posterior, "WALKED", 1_000)
    walked, _ = draws(found, told, 4_000)
    middle, width = np.log(walked).mean(axis=0), np.log(walked).std(axis=0)
    assert np.abs(np.log(drawn).mean(axis=0) - middle).max() < 0.25 * width.max()
    assert np.log(drawn).std(axis=0) == pytest.approx(width, rel=0.2)


def test_of_very_many_histories_the_draws_are_normal():
    T = np.linspace(9, 900, 30_000)
    told = Histories.of(*simulated.geometric((0.6, 50, 0.8, 2), T, first=1, seed=4))
    found = fit(mbg, told)
    drawn, k_hat = draws(found, told, 4000)
    assert k_hat == 0
    assert np.cov(np.log(drawn).T) == pytest.approx(found.covariance, rel=0.2, abs=1e-5)


@pytest.mark.parametrize("k", [0.2, 0.5, 0.9])
def test_the_shape_of_heavy_weights_is_found(k: float):
    chance = np.random.default_rng(5)
    weights, k_hat = smoothed(np.log(chance.pareto(1 / k, 20_000) + 1))
    assert weights.sum() == pytest.approx(1)
    assert k_hat == pytest.approx(k, abs=0.15)
