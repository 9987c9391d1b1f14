"""What customers are likely to bring: one of them with chance included, or all of them on average.

An interval made of unsure parameters alone would be nonsense for one customer: more than 99 parts in a
hundred of what is unknown is chance. So purchases, leaving and sums are drawn, from drawn parameters.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from amends.worth.fitting import Fit, Model
from amends.worth.geometric import YEAR, daily
from amends.worth.spend import Spend

Array = NDArray[np.float64]

ONE_BY_ONE = 8  # purchases whose days are each drawn; beyond, their sum is as good as normal
RARE = 1e-9  # a chance of leaving below this never ends anything
USUAL = 0.3  # drift: nobody keeps one pace for life, and no shop we looked at had less to show
HISTORY = 3.0  # times what was seen: beyond, a forecast is an extrapolation
NINE_IN_TEN = (0.05, 0.95)


class Bought(NamedTuple):
    """How somebody has bought so far: on x days after the first, the last of them t_x and today T days
    after it, for `mean_spend` on each of `paid` of them (x unless told). Numbers of one customer, (n,)
    arrays of many."""

    x: ArrayLike
    t_x: ArrayLike
    T: ArrayLike
    mean_spend: ArrayLike = 0.0
    paid: ArrayLike | None = None

    @property
    def times_paid(self) -> ArrayLike:
        return self.x if self.paid is None else self.paid


class Horizon(NamedTuple):
    """So many days ahead; the share that stays with the owner, and what a year's waiting takes off."""

    days: float
    margin: float = 1.0
    rate: float = 0.0


@dataclass(frozen=True)
class Outlook:
    """One customer. `p_alive` how likely still with us; `overdue` the chance of so long a silence from
    one who is; `expected` purchase days within a year; `worth`, `low`, `high` in money of margin over the
    horizon, nine in ten between the two; `share_within` of the worth falls inside three times the
    history. Without a law of spending the money is None."""

    p_alive: float
    overdue: float
    expected: float
    worth: float | None
    low: float | None
    high: float | None
    share_within: float


@dataclass(frozen=True, eq=False)
class Expectations:
    """The same of many customers, (n,) each, without intervals."""

    p_alive: Array
    overdue: Array
    expected: Array
    worth: Array | None


@dataclass(frozen=True, eq=False)
class Paths:
    """Futures that were drawn, (m,) each: purchase days, the sum of what each counts for today, and
    the sum of the squares of it."""

    count: Array
    first: Array
    second: Array


def future(
    fit: Fit,
    drawn: Array,
    spend: Spend | None,
    bought: Bought,
    horizon: Horizon,
    *,
    history_days: float | None = None,
    drift: float = USUAL,
    n: int = 1_000,
    seed: int = 0,
) -> Outlook:
    """One customer. `drawn` (m, 4) are draws of the parameters; `history_days` how long purchases were
    seen at all (T unless told); `drift` how much customers change their pace, as looking back has shown
    (holdout.Report). The same seed gives the same answer.
    """
    model, params = fit.model, fit.params
    x, t_x, T, mean_spend, _ = bought
    asked = (params, x, t_x, T)
    seen = HISTORY * float(np.asarray(T if history_days is None else history_days))
    today = float(model.discounted(*asked, horizon.days, horizon.rate))
    early = float(model.discounted(*asked, min(seen, horizon.days), horizon.rate))
    low = high = worth = None
    if spend is not None:
        chance = np.random.default_rng(seed)
        count = bought.times_paid
        rows = drawn[chance.integers(len(drawn), size=n)]
        ahead: dict[str, Any] = {"horizon": horizon.days, "rate": horizon.rate, "drift": drift}
        told = paths(model, rows, x, t_x, T, **ahead, chance=chance)
        own = spend.law.own(count, mean_spend, n, chance)
        money = horizon.margin * spend.law.sums(own, told.first, told.second, chance)
        low, high = (float(end) for end in np.quantile(money, NINE_IN_TEN))
        worth = horizon.margin * float(spend.mean_of(count, mean_spend)) * today
    return Outlook(
        p_alive=float(model.p_alive(*asked)),
        overdue=float(model.overdue(*asked)),
        expected=float(model.expected(*asked, YEAR)),
        worth=worth,
        low=low,
        high=high,
        share_within=early / today if today > 0 else 1.0,
    )


def paths(
    model: Model,
    params: Array,
    x: ArrayLike,
    t_x: ArrayLike,
    T: ArrayLike,
    *,
    horizon: float,
    rate: float = 0.0,
    drift: float = 0.0,
    chance: np.random.Generator,
) -> Paths:
    """Draw one future for each row of `params` (m, 4); x, t_x, T are (m,) or alike for all. With
    `drift` each one's pace changes by a factor of mean 1 and that standard deviation."""
    m = len(params)
    x, t_x, T = (np.broadcast_to(np.asarray(part, dtype=float), m) for part in (x, t_x, T))
    alive = chance.random(m) < model.p_alive(params, x, t_x, T)
    draw = _leaving_at_any_moment if model.name == "pareto" else _leaving_at_a_purchase(model)
    pace = chance.gamma(params[:, 0] + x) / (params[:, 1] + T)
    if drift:
        pace *= chance.gamma(drift**-2.0, size=m) * drift**2
    count, span, last = draw(params, pace, x, T, horizon, chance)
    count = np.where(alive, count, 0.0)
    if not rate:
        return Paths(count, count, count)
    within = np.where(alive & (last >= 0), count - 1, count)  # the last has its own day
    first, second = _discounted(within, span, daily(rate), chance)
    closing = np.where(alive & (last >= 0), np.exp(-daily(rate) * np.maximum(last, 0)), 0.0)
    return Paths(count, first + closing, second + closing**2)


Drawn = tuple[Array, Array, Array]


def _leaving_at_a_purchase(
    model: Model,
) -> Callable[[Array, Array, Array, Array, float, np.random.Generator], Drawn]:
    """BG/NBD and MBG/NBD: purchases, the days over which they are spread, and the day of the one that
    was the last of all, -1 where there was none."""
    first = 1 if model.name == "mbg" else 0

    def draw(
        params: Array, pace: Array, x: Array, T: Array, horizon: float, chance: np.random.Generator
    ) -> Drawn:
        _, _, a, b = params.T
        ends = chance.geometric(np.maximum(chance.beta(a, b + x + first), RARE)).astype(float)
        wanted = chance.poisson(pace * horizon).astype(float)
        over = wanted >= ends
        last = np.full(len(x), -1.0)
        last[over] = horizon * chance.beta(ends[over], wanted[over] + 1 - ends[over])
        return np.where(over, ends, wanted), np.where(over, last, horizon), last

    return draw


def _leaving_at_any_moment(
    params: Array, pace: Array, x: Array, T: Array, horizon: float, chance: np.random.Generator
) -> Drawn:
    """Pareto/NBD: they leave at a moment of their own, not at a purchase."""
    _, _, s, beta = params.T
    leaving = np.maximum(chance.gamma(s) / (beta + T), RARE)
    span = np.minimum(chance.exponential(size=len(x)) / leaving, horizon)
    return chance.poisson(pace * span).astype(float), span, np.full(len(x), -1.0)


def _discounted(
    count: Array, span: Array, delta: float, chance: np.random.Generator
) -> tuple[Array, Array]:
    """Sums of e^(-delta u) and its square, over `count` days u that lie anywhere in `span`."""
    few = count <= ONE_BY_ONE
    number = np.where(few, count, 0).astype(np.intp)
    rows = np.repeat(np.arange(len(count)), number)
    worth = np.exp(-delta * span[rows] * chance.random(len(rows)))
    first = np.bincount(rows, worth, minlength=len(count)).astype(np.float64)
    second = np.bincount(rows, worth**2, minlength=len(count)).astype(np.float64)
    many = ~few
    width = delta * span[many]
    mean, square = -np.expm1(-width) / width, -np.expm1(-2 * width) / (2 * width)
    noise = np.sqrt(count[many] * np.maximum(square - mean**2, 0))
    first[many] = count[many] * mean + noise * chance.standard_normal(len(width))
    second[many] = count[many] * square
    return first, second


def expectations(fit: Fit, spend: Spend | None, bought: Bought, horizon: Horizon) -> Expectations:
    """Many customers at once; a million in a few seconds, for what they do
    while they are with us depends on x and T alone, and of those pairs there are few."""
    model, params = fit.model, fit.params
    x, t_x, T = (np.atleast_1d(np.asarray(part, dtype=float)) for part in bought[:3])
    alive = model.p_alive(params, x, t_x, T)
    some_x, some_T, where = pairs(x, T)
    sure = model.p_alive(params, some_x, some_T, some_T)
    year = model.expected(params, some_x, some_T, some_T, YEAR) / sure
    worth = None
    if spend is not None:
        today = model.discounted(params, some_x, some_T, some_T, horizon.days, horizon.rate) / sure
        mean = spend.mean_of(bought.times_paid, bought.mean_spend)
        worth = horizon.margin * mean * today[where] * alive
    return Expectations(alive, model.overdue(params, x, t_x, T), year[where] * alive, worth)


def pairs(x: Array, T: Array) -> tuple[Array, Array, NDArray[np.intp]]:
    """The distinct pairs, and which of them each row has."""
    kinds_x, at_x = np.unique(x, return_inverse=True)
    kinds_T, at_T = np.unique(T, return_inverse=True)
    keys, where = np.unique(at_x * len(kinds_T) + at_T, return_inverse=True)
    return kinds_x[keys // len(kinds_T)], kinds_T[keys % len(kinds_T)], where


def ranges(
    fit: Fit,
    drawn: Array,
    spend: Spend,
    bought: Bought,
    horizon: Horizon,
    *,
    drift: float = USUAL,
    n: int = 200,
    seed: int = 0,
) -> tuple[Array, Array]:
    """Low and high of many customers, (c,) each, by n futures of each of them. A fifth of a millisecond a
    customer: for the list of a page, or a night."""
    chance = np.random.default_rng(seed)
    x, t_x, T = np.broadcast_arrays(*(np.atleast_1d(np.asarray(p, float)) for p in bought[:3]))
    mean, count = (
        np.broadcast_to(np.asarray(part, dtype=float), x.shape)
        for part in (bought.mean_spend, bought.times_paid)
    )
    each = max(1, 200_000 // n)
    low, high = np.empty(len(x)), np.empty(len(x))
    for start in range(0, len(x), each):
        rows = slice(start, start + each)
        number = len(x[rows])
        told = paths(
            fit.model, drawn[chance.integers(len(drawn), size=number * n)],
            *(np.repeat(part[rows], n) for part in (x, t_x, T)),
            horizon=horizon.days, rate=horizon.rate, drift=drift, chance=chance,
        )  # fmt: skip
        own = spend.law.own(np.repeat(count[rows], n), np.repeat(mean[rows], n), number * n, chance)
        money = horizon.margin * spend.law.sums(own, told.first, told.second, chance)
        low[rows], high[rows] = np.quantile(money.reshape(number, n), NINE_IN_TEN, axis=1)
    return low, high
