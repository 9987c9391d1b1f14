"""What one customer, or all of them, are likely to bring."""

import numpy as np
import pytest

from amends.worth import pareto
from amends.worth.fitting import Fit, fit
from amends.worth.future import Bought, Horizon, expectations, future, paths, ranges
from amends.worth.geometric import bg, mbg
from amends.worth.histories import Histories
from amends.worth.spend import fit_spend
from tests.worth.ledgers import ledger

TRUE = {
    mbg: np.array([0.53, 43.3, 0.9, 1.6]),
    bg: np.array([0.24, 31.0, 0.8, 2.4]),
    pareto: np.array([0.55, 74.0, 0.6, 81.6]),
}
TEN_YEARS = 3652.0
SPEND = fit_spend(np.arange(400) % 5 + 1, np.random.default_rng(1).gamma(6, 6, 400))


def known(model) -> Fit:
    return Fit(model, TRUE[model], np.eye(4) * 1e-4, 0.0, 0.0, 1000.0)


def outlook(model, *bought, paid=None, margin=1.0, rate=0.0, **more):
    found, told = known(model), Bought(*bought, paid=paid)
    horizon = Horizon(TEN_YEARS, margin, rate)
    return future(found, found.params[None], SPEND, told, horizon, **more)


@pytest.mark.parametrize("model", TRUE)
@pytest.mark.parametrize("told", [(0, 0, 30), (3, 200, 270), (26, 250, 270), (300, 690, 700)])
def test_drawn_futures_agree_with_the_formula(model, told):
    m = 20_000
    drawn = paths(
        model,
        np.repeat(TRUE[model][None], m, axis=0),
        *told,
        horizon=TEN_YEARS,
        rate=0.1,
        chance=np.random.default_rng(3),
    )
    for counted, formula in (
        (drawn.count, model.expected(TRUE[model], *told, TEN_YEARS)),
        (drawn.first, model.discounted(TRUE[model], *told, TEN_YEARS, 0.1)),
    ):
        error = counted.std() / np.sqrt(m)
        assert abs(counted.mean() - float(formula)) < 4 * error + 1e-9
    assert np.all(drawn.first <= drawn.count)
    assert np.all(drawn.second <= drawn.first + 1e-9)


@pytest.mark.parametrize("model", [mbg, pareto])
def test_an_outlook_holds_together(model):
    told = outlook(model, 8, 240, 270, 35, margin=0.4, rate=0.1)
    assert 0 < told.overdue < 1
    assert 0 < told.p_alive < 1
    assert told.low < told.worth < told.high
    assert 0.3 < told.share_within < 0.8
    assert told == outlook(model, 8, 240, 270, 35, margin=0.4, rate=0.1)


def test_chance_is_most_of_what_is_unknown():
    """Drawing the parameters too widens one customer's interval by little."""
    found = known(mbg)
    rows = TRUE[mbg] * np.exp(0.05 * np.random.default_rng(1).standard_normal((500, 4)))
    asked = (SPEND, Bought(8, 240, 270, 35), Horizon(TEN_YEARS, rate=0.1))
    sure = future(found, found.params[None], *asked, n=20_000)
    unsure = future(found, rows, *asked, n=20_000)
    assert unsure.high == pytest.approx(sure.high, rel=0.05)


def test_margin_and_interest_are_the_owners():
    full = outlook(mbg, 8, 240, 270, 35)
    tenth = outlook(mbg, 8, 240, 270, 35, margin=0.1)
    assert tenth.worth == pytest.approx(full.worth / 10)
    assert tenth.high == pytest.approx(full.high / 10)
    assert outlook(mbg, 8, 240, 270, 35, rate=0.2).worth < full.worth


def test_a_longer_history_holds_more_of_the_worth():
    short = outlook(mbg, 8, 240, 270, 35)
    assert outlook(mbg, 8, 240, 270, 35, history_days=900).share_within > short.share_within
    assert outlook(mbg, 8, 240, 270, 35, history_days=4000).share_within == 1


def test_without_money_there_are_still_chances():
    found = known(mbg)
    told = future(found, found.params[None], None, Bought(3, 200, 270), Horizon(TEN_YEARS))
    assert (told.worth, told.low, told.high) == (None, None, None)
    assert told.expected > 0


@pytest.mark.parametrize("told", [(0, 0, 0), (2000, 2500, 2500), (1, 1, 5000), (0, 0, 5000)])
@pytest.mark.parametrize("model", [mbg, pareto])
def test_the_edges_are_numbers_too(model, told):
    found = outlook(model, *told, 20, rate=0.05)
    assert all(np.isfinite(part) for part in vars(found).values())


def test_many_at_once_are_each_as_alone():
    x, t_x, T = np.array([0, 3, 3, 26]), np.array([0, 200, 260, 250]), np.array([5, 270, 270, 270])
    money = np.array([0, 40, 20, 55])
    horizon = Horizon(TEN_YEARS, margin=0.4, rate=0.1)
    for model in (mbg, pareto):
        found = known(model)
        many = expectations(found, SPEND, Bought(x, t_x, T, money), horizon)
        for row in range(4):
            alone = Bought(x[row], t_x[row], T[row], money[row])
            one = future(found, found.params[None], SPEND, alone, horizon)
            assert many.p_alive[row] == pytest.approx(one.p_alive)
            assert many.overdue[row] == pytest.approx(one.overdue)
            assert many.expected[row] == pytest.approx(one.expected, rel=1e-8)
            assert many.worth[row] == pytest.approx(one.worth, rel=1e-8)


def test_ranges_of_many_are_those_of_each():
    found = known(mbg)
    horizon = Horizon(TEN_YEARS, margin=0.4, rate=0.1)
    some = Bought([0, 8, 8], [0, 240, 100], [30, 270, 270], [0, 35, 35])
    low, high = ranges(found, found.params[None], SPEND, some, horizon, n=4000)
    one = Bought(8, 240, 270, 35)
    alone = future(found, found.params[None], SPEND, one, horizon, n=4000)
    assert low[1] == pytest.approx(alone.low, abs=2)
    assert high[1] == pytest.approx(alone.high, rel=0.06)
    assert np.all(low <= high)


def test_paid_days_may_be_fewer_than_purchase_days():
    told = outlook(mbg, 8, 240, 270, 200, paid=1)
    assert told.worth < outlook(mbg, 8, 240, 270, 200).worth


@pytest.mark.parametrize(
    ("name", "days", "model"),
    [("cdnow", 217, mbg), ("online_retail", 147, pareto), ("complete_journey", 140, pareto)],
)
def test_nine_in_ten_ranges_of_money_hold_on_real_customers(name, days, model):
    """86 to 94 in a hundred, of 600 customers and what each spent in the days nobody was shown."""
    told = ledger(name, horizon=days)
    found = fit(model, Histories.of(told.x, told.t_x, told.T))
    spend = fit_spend(told.x, told.mean)
    some = np.random.default_rng(1).permutation(len(told.x))[:600]
    bought = Bought(told.x[some], told.t_x[some], told.T[some], told.mean[some])
    low, high = ranges(found, found.params[None], spend, bought, Horizon(days), n=300)
    since = told.since[some]
    assert 0.86 <= np.mean((low <= since) & (since <= high)) <= 0.955
