"""The shorter the history, the fewer the figures."""

import re

import numpy as np
import pytest

from amends.worth.fitting import fit
from amends.worth.future import Horizon
from amends.worth.geometric import mbg
from amends.worth.histories import Histories
from amends.worth.ladder import (
    Remark,
    Rung,
    choose,
    come_again,
    remarks,
    unknown,
    usual_gap,
)
from amends.worth.rung import in_words
from amends.worth.spend import fit_spend
from tests.worth.simulated import by_days, geometric

TRUE = (0.9, 40.0, 0.6, 2.0)


def shop(customers: int, *, days: int = 400, seed: int = 1) -> Histories:
    T = np.random.default_rng(seed).integers(1, days, customers).astype(float)
    return Histories.of(*by_days(*geometric(TRUE, T, first=1, seed=seed)))


@pytest.mark.parametrize(
    ("histories", "rung"),
    [
        (Histories.of([], [], []), Rung.NOBODY),
        (Histories.of([0], [0], [0]), Rung.COUNTED),
        (shop(15), Rung.COUNTED),
        (shop(100), Rung.LEARNT),
        (shop(2000), Rung.COMPARED),
        (Histories.of([1] * 50, [30] * 50, [40] * 50), Rung.COUNTED),
    ],
)
def test_a_longer_history_stands_higher(histories, rung):
    assert choose(histories).rung is rung


def test_a_shop_of_fifty_customers_hears_words_and_no_decimals():
    told = choose(shop(50))
    assert told.rung in (Rung.COUNTED, Rung.LEARNT)
    for share in come_again(shop(50)):
        assert not re.search(r"\d\.\d|%", in_words(share))


def test_three_of_three_is_no_certainty():
    shares = come_again(Histories.of([1, 1, 1], [5, 6, 7], [9, 9, 9]))
    assert shares == pytest.approx([4 / 5, 1 / 5, 1 / 2, 1 / 2, 1 / 2])
    assert come_again(Histories.of([], [], [])) == pytest.approx([0.5] * 5)


def test_the_usual_gap_is_that_of_most_customers():
    told = Histories.of([2, 1, 1, 0], [20, 30, 900, 0], [999] * 4, [5, 1, 1, 9])
    assert usual_gap(told) == 10
    assert usual_gap(Histories.of([0], [0], [5])) is None


def test_a_new_customer_is_a_typical_one_until_they_might_have_come_again():
    told = choose(shop(2000))
    assert told.of(x=0, T=1) is Rung.NEWCOMER
    assert told.of(x=0, T=300) is Rung.COMPARED
    assert told.of(x=1, T=3) is Rung.COMPARED
    assert choose(shop(10)).of(x=0, T=1) is Rung.COUNTED


def test_somebody_unknown_is_worth_what_new_customers_are():
    found = fit(mbg, shop(2000))
    spend = fit_spend([2] * 50, [20.0] * 50)
    worth = unknown(found, spend, Horizon(365, margin=0.5))
    assert worth == pytest.approx(10 * float(mbg.curve(found.params, 365)), rel=0.02)


def test_what_has_to_be_said_beside_a_sum():
    few = fit_spend([2, 3], [20.0, 25.0])
    assert remarks(few, horizon_days=3652, history_days=400) == (
        Remark.EXTRAPOLATED,
        Remark.FEW_SPENDERS,
    )
    assert remarks(None, horizon_days=365, history_days=400) == ()
