"""Forecasts made as if it were earlier, against what customers did since."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from amends.worth import pareto
from amends.worth.fitting import fit
from amends.worth.future import USUAL
from amends.worth.geometric import mbg
from amends.worth.histories import Histories, TooFew, Unreadable
from amends.worth.holdout import (
    Purchases,
    Trial,
    auc,
    best_silence,
    chosen,
    cuts,
    doubt,
    drift,
    look_back,
    picture,
    total,
    trial,
)
from tests.worth.simulated import geometric

SHARED = Path(__file__).parents[3] / "shared/data"
TRUE = (0.8, 30.0, 0.7, 2.5)
SETS = {
    "cdnow": "SELECT customer_id, date AS day FROM '{}/cdnow/purchases.csv.gz' "
    "WHERE in_tenth_sample = 1",
    "online_retail": "SELECT CustomerID, InvoiceDate::date AS day "
    "FROM '{}/online_retail/lines.parquet' WHERE CustomerID IS NOT NULL AND Quantity > 0",
    "complete_journey": "SELECT household_id, ts::date AS day "
    "FROM '{}/complete_journey/baskets.parquet' WHERE sales_value > 0",
}


@cache
def real(name: str) -> Purchases:
    import duckdb

    if not (SHARED / name).exists():
        pytest.skip(f"the purchases of {name} are not beside this tree")
    told = duckdb.sql(SETS[name].format(SHARED)).fetchnumpy()
    customer, day = told.values()
    return Purchases.of(customer, day.astype("datetime64[D]").astype(float))


def lived(customers: int = 600, *, days: int = 600, seed: int = 1) -> Purchases:
    """Each at one pace, leaving by a coin after a purchase."""
    chance = np.random.default_rng(seed)
    who, when = [], []
    for row in range(customers):
        at, pace = float(chance.integers(0, days // 2)), chance.gamma(TRUE[0]) / TRUE[1]
        leaves = chance.beta(TRUE[2], TRUE[3])
        while at < days:
            who.append(row)
            when.append(at)
            if chance.random() < leaves:
                break
            at += 1 + chance.exponential(1 / max(pace, 1e-6))
    return Purchases.of(who, when)


def told(model: str, *, rmse: float, forecast: float) -> Trial:
    return Trial(
        model, 0, 100, 10, forecast, 100, rmse, 1, 0.7, 0.7, 0.8, 0.8, 30, 0.9, USUAL
    )  # fmt: skip


def test_days_are_counted_once_and_in_order():
    purchases = Purchases.of(["b", "a", "b", "b"], [5, 3, 1, 5])
    known = purchases.known(4)
    assert list(purchases.first) == [3, 1]
    assert (list(known.x), list(known.t_x), list(known.T)) == ([0, 0], [0, 0], [1, 3])
    assert list(purchases.bought(4, 9)) == [0, 1]
    later = purchases.known(2)
    assert list(later.here) == [False, True]


def test_nothing_of_the_future_is_known_at_a_cut():
    purchases = lived(200)
    known = purchases.known(300)
    early = Purchases.of(
        *(part[purchases.day <= 300] for part in (purchases.customer, purchases.day))
    )
    again = early.known(300)
    for name in ("x", "t_x", "T"):
        assert np.array_equal(getattr(known, name), getattr(again, name))


def test_what_does_not_fit_is_refused():
    with pytest.raises(Unreadable):
        Purchases.of([1, 2], [1])
    with pytest.raises(Unreadable):
        Purchases.of([1], [np.nan])


def test_cuts_leave_as_much_to_learn_as_to_foretell():
    horizon, days = cuts(0, 545)
    assert horizon == 217
    assert len(days) >= 2
    assert all(day >= horizon and day + horizon <= 545 for day in days)
    assert cuts(0, 5000)[0] == 364
    with pytest.raises(TooFew):
        cuts(0, 60)


def test_the_area_under_the_curve_counts_pairs():
    positive = np.array([True, False, True, False])
    assert auc(np.array([4, 3, 2, 1]), positive) == 0.75
    assert auc(np.ones(4), positive) == 0.5
    assert auc(np.ones(2), np.array([True, True])) == 0.5


def test_the_plain_rule_is_the_best_there_is_in_hindsight():
    silence, again = np.array([1, 5, 9, 20, 40]), np.array([True, True, False, True, False])
    assert best_silence(silence, again) == (5, 0.8) or best_silence(silence, again) == (20, 0.8)
    assert best_silence(silence, np.zeros(5, dtype=bool)) == (-1.0, 1.0)


def test_the_model_in_use_is_left_only_for_a_clearly_better_one():
    even = [told("mbg", rmse=1.0, forecast=100), told("pareto", rmse=0.99, forecast=100)]
    clear = [told("mbg", rmse=1.0, forecast=80), told("pareto", rmse=0.99, forecast=100)]
    assert chosen(even) == "mbg"
    assert chosen(even, in_use="pareto") == "pareto"
    assert chosen(clear) == "pareto"


def test_errors_of_totals_become_doubt():
    assert doubt([]) == pytest.approx(0.15)
    assert doubt([0.0] * 50) < 0.05
    assert doubt([0.5, 0.5]) > 0.3


def test_looking_back_on_customers_of_one_pace():
    purchases = lived(400)
    report = look_back(purchases, as_of=600)
    assert len(report.of("mbg")) == len(report.of("pareto")) >= 2
    for one in report.of(report.chosen):
        assert abs(one.log_error) < 0.25
        assert one.auc_expected > 0.7
        assert 0.84 < one.covered < 0.97
        assert one.right > one.right_by_silence - 0.08
    assert USUAL < report.drift < 2 * USUAL
    assert 0.05 < report.doubt < 0.3


def test_nobody_of_one_purchase_can_be_looked_back_on():
    with pytest.raises(TooFew):
        look_back(Purchases.of(range(50), np.arange(50) * 10), as_of=500)


def test_drift_is_learnt_from_before_the_cut_alone():
    purchases = lived(300)
    early = Purchases.of(
        *(part[purchases.day <= 400] for part in (purchases.customer, purchases.day))
    )
    asked = {"cut": 400, "horizon": 150}
    assert drift(mbg, purchases, **asked) == drift(mbg, early, **asked)


@pytest.mark.parametrize("customers", [50, 500])
def test_a_firms_total_holds_nine_times_in_ten(customers):
    """Simulated firms, the model true: parameters drawn and chance included."""
    held, firms = 0, 15
    for seed in range(firms):
        chance = np.random.default_rng(seed)
        age = chance.integers(150, 400, customers).astype(float)
        x, t_x, T = geometric(TRUE, age + 200, first=1, seed=seed)
        x, t_x, ahead = before(x, t_x, T, seed)
        histories = Histories.of(x, t_x, age)
        found = fit(mbg, histories)
        away = chance.standard_normal((200, 4)) @ np.linalg.cholesky(found.covariance).T
        drawn = found.params * np.exp(away)
        told = total(found, drawn, histories, horizon=200, n=100, drift=0.0)
        held += told.low <= ahead <= told.high
    assert held / firms >= 0.73


def before(x, t_x, T, seed):
    """The same lives as they were 200 days earlier, and what they bought since. Given the last of
    them, the purchases before it lie anywhere."""
    chance = np.random.default_rng(seed + 10_000)
    seen, last, ahead = np.zeros(len(x)), np.zeros(len(x)), 0
    for row in np.flatnonzero(x > 0):
        days = np.append(np.sort(chance.random(int(x[row]) - 1)) * t_x[row], t_x[row])
        earlier = days[days <= T[row] - 200]
        seen[row], last[row] = len(earlier), earlier.max(initial=0)
        ahead += len(days) - len(earlier)
    return seen, last, ahead


def test_doubt_widens_a_total():
    purchases = lived(300)
    known = purchases.known(400)
    histories = Histories.of(known.x, known.t_x, known.T)
    found = fit(mbg, histories)
    sure, unsure = (
        total(found, found.params[None], histories, horizon=150, n=300, doubt=d) for d in (0, 0.3)
    )
    assert unsure.low < sure.low < sure.expected < sure.high < unsure.high


def test_the_picture_ends_where_the_trial_does():
    purchases = lived(300)
    points = picture("mbg", purchases, cut=400, horizon=150)
    end = trial(mbg, purchases, cut=400, horizon=150)
    assert points[-1].days == 150
    assert (points[-1].forecast, points[-1].actual) == pytest.approx((end.forecast, end.actual))
    assert all(point.low < point.forecast < point.high for point in points)
    assert [point.actual for point in points] == sorted(point.actual for point in points)


@pytest.mark.parametrize(
    ("name", "model"), [("cdnow", pareto), ("online_retail", mbg), ("complete_journey", mbg)]
)
def test_nine_in_ten_intervals_hold_on_real_customers(name, model):
    """Last stretch of each set: 86 to 94 in a hundred, drift learnt from before it."""
    purchases = real(name)
    as_of = float(purchases.day.max())
    horizon, days = cuts(float(purchases.first.min()), as_of)
    found = trial(model, purchases, cut=days[0], horizon=horizon)
    assert 0.86 <= found.covered <= 0.94
    assert abs(found.log_error) < 0.25
    assert found.auc_expected > 0.7
    assert found.auc_alive > 0.62
