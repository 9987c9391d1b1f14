"""Who went away without a word."""

import numpy as np
import pytest

from amends.worth import pareto
from amends.worth.geometric import bg, mbg
from amends.worth.histories import Unreadable
from amends.worth.holdout import Purchases
from amends.worth.quiet import back_test, loss, quiet, ranked
from tests.worth.test_holdout import lived, real


def test_both_marks_have_to_be_met():
    listed = quiet([0.2, 0.2, 0.5, 0.01], [0.01, 0.2, 0.01, 0.049])
    assert list(listed) == [True, False, False, True]
    assert list(quiet([0.2, 0.5], [0.1, 0.1], mark=0.2, alive_below=0.6)) == [True, True]


def test_the_dearest_fresh_loss_comes_first():
    """An old loss is no longer news; a cheap one matters less; who is as sure as before did not fall."""
    losses = loss([1000, 1000, 50, 1000], [0.1, 0.1, 0.1, 0.2], [0.9, 0.15, 0.9, 0.1])
    assert losses == pytest.approx([720, 45, 36, 0])
    assert list(ranked(np.array([True, True, True, False]), losses)) == [0, 1, 2]
    assert list(ranked(np.array([False, True, True, True]), [9, 1, 1, 5])) == [3, 1, 2]
    assert list(ranked(np.zeros(4, dtype=bool), losses)) == []


def test_those_listed_have_mostly_gone():
    told = back_test(mbg, lived(800), cut=400, horizon=200)
    assert told.listed.named > 20
    assert told.listed.share > 0.8 > told.everybody.share
    assert abs(told.plain.named - told.listed.named) <= 0.1 * told.listed.named + 5


def test_nobody_listed_is_no_crash():
    told = back_test(mbg, lived(100), cut=400, horizon=100, mark=0.0)
    assert told.listed.named == 0
    assert np.isnan(told.listed.share)


def test_bg_nbd_is_never_asked():
    with pytest.raises(Unreadable):
        back_test(bg, Purchases.of([1, 1], [0, 5]), cut=10, horizon=10)


@pytest.mark.parametrize("model", [mbg, pareto])
def test_on_real_customers_the_list_names_those_with_whom_much_is_lost(model):
    """CDNOW, half a year: the plain rule is right of more, for it names who bought once and long ago.
    Of those whom the list names seven in ten have gone, and they used to come."""
    purchases = real("cdnow")
    cut = float(purchases.day.max()) - 180
    told = back_test(model, purchases, cut=cut, horizon=180)
    assert told.listed.named >= 50
    assert told.listed.share >= 0.65
    assert told.listed.lost > 20 * told.plain.lost


@pytest.mark.parametrize("model", [mbg, pareto])
def test_in_a_young_shop_nobody_is_said_to_have_left(model):
    purchases = real("online_retail")
    cut = float(purchases.day.max()) - 180
    assert back_test(model, purchases, cut=cut, horizon=180).listed.named == 0
