"""Fits against published figures, on hard little firms, and what is refused."""

import numpy as np
import pytest

from amends.worth import bg, mbg, pareto
from amends.worth.fitting import MODELS, Fit, Model, TooFew, fit
from amends.worth.histories import Histories
from tests.worth import cdnow

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
