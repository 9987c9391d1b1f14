"""Draws of the parameters: the same for the same seed, and the shape of their weights."""

import numpy as np
import pytest

from amends.worth import mbg
from amends.worth.fitting import fit
from amends.worth.posterior import draws, smoothed
from tests.worth import cdnow


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


@pytest.mark.parametrize("k", [0.2, 0.5, 0.9])
def test_the_shape_of_heavy_weights_is_found(k: float):
    chance = np.random.default_rng(5)
    weights, k_hat = smoothed(np.log(chance.pareto(1 / k, 20_000) + 1))
    assert weights.sum() == pytest.approx(1)
    assert k_hat == pytest.approx(k, abs=0.15)
