"""Was it right? Forecasts made as if it were earlier, set against what customers did since.

Several cuts are laid through the past; at each the models learn from what was known then and foretell the
days after. From how far off they were the model is chosen, and the doubt about totals is learnt. Beside
them stands the plain rule "gone after N days without a purchase", with the N that would have been best
(Wuebben & von Wangenheim 2008, Journal of Marketing 72(3): such rules are hard to beat).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from amends.worth import pareto
from amends.worth.fitting import MODELS, Fit, Model, TooFew, fit
from amends.worth.future import NINE_IN_TEN, USUAL, paths
from amends.worth.future import pairs as distinct
from amends.worth.geometric import mbg
from amends.worth.histories import Histories, Unreadable

Array = NDArray[np.float64]
Rows = NDArray[np.intp]

CUTS = 3
LONGEST = 364  # days foretold: whole weeks, at most a year
SHORTEST = 28
STAYS = 0.02  # by how much a challenger has to be better, or the model in use stays
TOTALS = 0.25  # how much an error of the total weighs beside one of single customers
DOUBT, AS_IF = 0.15, 2.0  # of log totals before anything was tried, and how many cuts that is worth
ASKED = 1_000  # customers whose intervals are looked at
DRAWN = 400
HELD = 0.9  # of the intervals
DRIFTS = (0.4, 0.5, 0.65, 0.8)
POINTS = 13  # of the picture
SIMULATED = 2_000_000  # single futures in a total


@dataclass(frozen=True, eq=False)
class Purchases:
    """Who bought on which day: rows (p,) of `customer`, numbered from 0, and whole `day`, sorted and
    each once; `first` (n,) the first day of each customer."""

    customer: Rows
    day: Array
    first: Array

    @classmethod
    def of(cls, customer: ArrayLike, day: ArrayLike) -> Purchases:
        """From rows in any order; any key of customers, days in whole numbers of any origin."""
        who, when = np.asarray(customer), np.asarray(day, dtype=np.float64)
        if who.shape != when.shape or who.ndim != 1 or not np.all(np.isfinite(when)):
            raise Unreadable("Customers and days do not fit together.")
        number = np.unique(who, return_inverse=True)[1].astype(np.intp)
        order = np.lexsort((when, number))
        number, when = number[order], np.floor(when[order])
        new = np.append(True, (np.diff(number) != 0) | (np.diff(when) != 0))[: len(number)]
        number, when = number[new], when[new]
        starts = np.flatnonzero(np.diff(number, prepend=-1))
        return cls(number, when, when[starts])

    def known(self, cut: float) -> Known:
        """What was known of whom at the end of the day `cut`, and what they did after it."""
        n = len(self.first)
        before = self.day <= cut
        x = np.bincount(self.customer[before], minlength=n).astype(np.float64) - 1
        last = self.first.copy()
        np.maximum.at(last, self.customer[before], self.day[before])
        here = self.first <= cut
        return Known(x[here], (last - self.first)[here], cut - self.first[here], here)

    def bought(self, cut: float, until: float) -> Array:
        """Purchase days after `cut` up to `until`, (n,)."""
        within = (self.day > cut) & (self.day <= until)
        counted = np.bincount(self.customer[within], minlength=len(self.first))
        return counted.astype(np.float64)


@dataclass(frozen=True, eq=False)
class Known:
    """The customers who had bought by a cut; `here` (n,) says who of all they are."""

    x: Array
    t_x: Array
    T: Array
    here: NDArray[np.bool_]


@dataclass(frozen=True)
class Trial:
    """One model at one cut. Errors are of purchase days of single customers; `forecast` and `actual`
    the totals; `auc_expected` and `auc_alive` how often who bought again was ranked above who did
    not; `right` the share of customers of whom it was said rightly whether they would, and
    `right_by_silence` the same by the best plain rule, no purchase in `silence` days; `covered` the
    share of nine-in-ten intervals that held, made with the `drift` that was known at the cut."""

    model: str
    cut: float
    horizon: float
    customers: int
    forecast: float
    actual: float
    rmse: float
    mae: float
    auc_expected: float
    auc_alive: float
    right: float
    right_by_silence: float
    silence: float
    covered: float
    drift: float

    @property
    def log_error(self) -> float:
        """Of the total: above nought, more was foretold than came."""
        return float(np.log((self.forecast + 0.5) / (self.actual + 0.5)))


@dataclass(frozen=True, eq=False)
class Report:
    """All trials, the model that was chosen, the doubt about totals at this horizon (the standard
    deviation of their log), and the drift of single customers as of today."""

    trials: tuple[Trial, ...]
    chosen: str
    doubt: float
    drift: float
    horizon: float

    def of(self, model: str) -> list[Trial]:
        return [trial for trial in self.trials if trial.model == model]


def cuts(first: float, as_of: float) -> tuple[float, tuple[float, ...]]:
    """How far to foretell, and from which days, latest first: at least as long is learnt as foretold.
    Raises TooFew where the history is too short for two."""
    horizon = min(LONGEST, (as_of - first) * 2 // 5 // 7 * 7)
    if horizon < SHORTEST:
        raise TooFew("There are not yet ten weeks of purchases to look back on.")
    step = horizon // 4
    days = [as_of - horizon - step * number for number in range(CUTS)]
    return horizon, tuple(day for day in days if day - first >= horizon)


def look_back(
    purchases: Purchases,
    *,
    as_of: float,
    models: Sequence[Model] = (mbg, pareto),
    in_use: str | None = None,
    seed: int = 0,
) -> Report:
    """Try all models at two or more cuts. `in_use` is the model chosen the last time: it stays unless
    another is clearly better. Raises TooFew where there is too little to learn from at a cut."""
    horizon, days = cuts(float(purchases.first.min()), as_of)
    trials = [
        trial(model, purchases, cut=day, horizon=horizon, seed=seed)
        for day in days
        for model in models
    ]
    best = chosen(trials, in_use=in_use)
    errors = [one.log_error for one in trials if one.model == best]
    today = drift(MODELS[best], purchases, cut=as_of, horizon=horizon, seed=seed)
    return Report(tuple(trials), best, doubt(errors), today, horizon)


def doubt(errors: Sequence[float]) -> float:
    """The standard deviation of the log of a total about its forecast, from earlier errors of that
    kind, beginning with a belief that is worth two of them. Bias counts as doubt: carrying a ratio
    forward mends nothing reliably."""
    told = AS_IF * DOUBT**2 + sum(error**2 for error in errors)
    return float(np.sqrt(told / (AS_IF + len(errors))))


def chosen(trials: Sequence[Trial], *, in_use: str | None = None) -> str:
    """The model with the lowest log RMSE plus a quarter of the absolute log error of the total, over
    all cuts; the one in use (MBG/NBD at first) is left only for one better by two in a hundred."""
    names = list(dict.fromkeys(one.model for one in trials))
    scores = {name: _score([one for one in trials if one.model == name]) for name in names}
    best = min(names, key=lambda name: scores[name])
    holder = in_use if in_use in names else ("mbg" if "mbg" in names else best)
    return best if scores[best] < scores[holder] - STAYS else holder


def _score(trials: Sequence[Trial]) -> float:
    singles = [np.log(max(one.rmse, 1e-9)) for one in trials]
    totals = [abs(one.log_error) for one in trials]
    return float(np.mean(singles) + TOTALS * np.mean(totals))


def trial(
    model: Model, purchases: Purchases, *, cut: float, horizon: float, seed: int = 0
) -> Trial:
    """Learn at the cut, foretell the horizon after it, and compare."""
    known = purchases.known(cut)
    actual = purchases.bought(cut, cut + horizon)[known.here]
    histories = Histories.of(known.x, known.t_x, known.T)
    found = fit(model, histories)
    expected = expected_within(found, known.x, known.t_x, known.T, horizon)
    alive = model.p_alive(found.params, known.x, known.t_x, known.T)
    silent = model.silent(found.params, known.x, known.t_x, known.T, horizon)
    again = actual > 0
    silence, right_by_silence = best_silence(known.T - known.t_x, again)
    drawn = _about(found, seed)
    drifting = drift(model, purchases, cut=cut, horizon=horizon, seed=seed)
    return Trial(
        model=model.name,
        cut=cut,
        horizon=horizon,
        customers=len(actual),
        forecast=float(expected.sum()),
        actual=float(actual.sum()),
        rmse=float(np.sqrt(np.mean((expected - actual) ** 2))),
        mae=float(np.mean(np.abs(expected - actual))),
        auc_expected=auc(expected, again),
        auc_alive=auc(alive, again),
        right=float(np.mean((silent < 0.5) == again)),
        right_by_silence=right_by_silence,
        silence=silence,
        covered=covered(found, drawn, known, actual, horizon=horizon, drift=drifting, seed=seed),
        drift=drifting,
    )


def _about(fit: Fit, seed: int) -> Array:
    """Parameters (DRAWN, 4) about the fit: of one customer's interval they are a two-hundredth, and a
    normal law of their logs is good enough."""
    away = np.random.default_rng(seed).standard_normal((DRAWN, 4))
    root = np.asarray(np.linalg.cholesky(fit.covariance), dtype=np.float64)
    return fit.params * np.exp(away @ root.T)


def expected_within(fit: Fit, x: Array, t_x: Array, T: Array, horizon: float) -> Array:
    """Purchase days of each within the horizon, (n,), reckoned once for each distinct (x, T)."""
    some_x, some_T, where = distinct(x, T)
    sure = fit.model.p_alive(fit.params, some_x, some_T, some_T)
    while_here = fit.model.expected(fit.params, some_x, some_T, some_T, horizon) / sure
    return while_here[where] * fit.model.p_alive(fit.params, x, t_x, T)


def auc(score: Array, positive: NDArray[np.bool_]) -> float:
    """The chance that a positive is scored above another, ties counting half; 0.5 without both kinds."""
    yes = int(positive.sum())
    no = len(positive) - yes
    if not yes or not no:
        return 0.5
    values, where = np.unique(score, return_inverse=True)
    above = np.bincount(where[positive], minlength=len(values))
    below = np.bincount(where[~positive], minlength=len(values))
    earlier = np.cumsum(below) - below
    return float((above * (earlier + below / 2)).sum() / (yes * no))


def best_silence(silence: Array, again: NDArray[np.bool_]) -> tuple[float, float]:
    """N of "whoever has not bought for more than N days will not", chosen with hindsight so that it is
    right of most, and the share of whom it is right."""
    days, where = np.unique(silence, return_inverse=True)
    back = np.bincount(where[again], minlength=len(days)).cumsum()
    gone = np.bincount(where[~again], minlength=len(days))
    right = back + gone.sum() - gone.cumsum()
    nobody = int(gone.sum())
    at = int(np.argmax(right))
    if nobody >= right[at]:
        return -1.0, nobody / len(silence)
    return float(days[at]), float(right[at]) / len(silence)


def covered(
    fit: Fit,
    drawn: Array,
    known: Known,
    actual: Array,
    *,
    horizon: float,
    drift: float = USUAL,
    seed: int = 0,
) -> float:
    """The share of customers whose count lay inside their nine-in-ten interval, chance included; counts
    are whole, so the ends are drawn too (randomised PIT)."""
    chance = np.random.default_rng(seed)
    asked = chance.permutation(len(actual))[:ASKED]
    rows = np.repeat(asked, DRAWN)
    told = paths(
        fit.model, drawn[chance.integers(len(drawn), size=len(rows))],
        known.x[rows], known.t_x[rows], known.T[rows], horizon=horizon, drift=drift, chance=chance,
    ).count.reshape(len(asked), DRAWN)  # fmt: skip
    real = actual[asked, None]
    place = (told < real).mean(axis=1) + chance.random(len(asked)) * (told == real).mean(axis=1)
    return float(np.mean((place >= NINE_IN_TEN[0]) & (place <= NINE_IN_TEN[1])))


def drift(
    model: Model, purchases: Purchases, *, cut: float, horizon: float, seed: int = 0
) -> float:
    """How much customers change their pace, learnt from before the cut alone: the models have each at
    one pace for life, and where that is not so their intervals are too narrow. The smallest of a few
    steps by which nine in ten intervals held over the last stretch before the cut; the usual one
    where that is enough, none helps, or it cannot be told. Paces wander: from the middle of what is
    known to the middle of what is foretold is farther than within what is known, and the variance
    grows with the distance."""
    first = float(purchases.first.min())
    stretch = min(horizon, np.floor((cut - first) / 2))
    known = purchases.known(cut - stretch)
    histories = Histories.of(known.x, known.t_x, known.T)
    try:
        found = fit(model, histories)
    except TooFew:
        return USUAL
    actual = purchases.bought(cut - stretch, cut)[known.here]
    drawn = _about(found, seed)

    def held(step: float) -> float:
        return covered(found, drawn, known, actual, horizon=float(stretch), drift=step, seed=seed)

    step = _smallest(held, error=float(np.sqrt(HELD * (1 - HELD) / min(len(actual), ASKED))))
    return float(step * np.sqrt(1 + horizon / (cut - first)))


def _smallest(held: Callable[[float], float], *, error: float) -> float:
    """The smallest step that makes nine in ten hold, or comes nearest. The usual one where that is
    enough, or where none helps by more than twice the `error` of counting."""
    shares = {USUAL: held(USUAL)}
    for step in DRIFTS:
        if max(shares.values()) >= HELD:
            break
        shares[step] = held(step)
    best = max(shares, key=lambda step: shares[step])
    return best if shares[best] > shares[USUAL] + 2 * error else USUAL


@dataclass(frozen=True)
class Total:
    """Purchase days of all customers together; nine in ten between the two."""

    expected: float
    low: float
    high: float


def total(
    fit: Fit,
    drawn: Array,
    histories: Histories,
    *,
    horizon: float,
    doubt: float = 0.0,
    drift: float = USUAL,
    n: int = 400,
    seed: int = 0,
) -> Total:
    """What all these customers buy within the horizon: parameters, chance and the `doubt` that looking
    back has taught. Of many customers some stand for all; their chance is then a little overstated."""
    chance = np.random.default_rng(seed)
    each = expected_within(fit, histories.x, histories.t_x, histories.T, horizon)
    expected = float(histories.weight @ each)
    few = int(min(histories.customers, SIMULATED // n))
    at = (np.arange(few) + 0.5) * histories.customers / few
    rows = np.searchsorted(histories.weight.cumsum(), at)
    sums = np.empty(n)
    for one, params in enumerate(drawn[chance.integers(len(drawn), size=n)]):
        told = paths(
            fit.model, np.broadcast_to(params, (few, 4)),
            histories.x[rows], histories.t_x[rows], histories.T[rows],
            horizon=horizon, drift=drift, chance=chance,
        )  # fmt: skip
        sums[one] = told.count.sum()
    sums *= histories.customers / few * np.exp(doubt * chance.standard_normal(n))
    low, high = np.quantile(sums, NINE_IN_TEN)
    return Total(expected, float(low), float(high))


@dataclass(frozen=True)
class Point:
    """Of the picture: so many days after the cut, purchases foretold and made since the cut, and the
    band of doubt about the former."""

    days: float
    forecast: float
    low: float
    high: float
    actual: float


def picture(
    model: Model | str, purchases: Purchases, *, cut: float, horizon: float, doubt: float = DOUBT
) -> list[Point]:
    """Forecast against what happened, of the customers known at the cut, in at most 13 steps."""
    model = MODELS[model] if isinstance(model, str) else model
    known = purchases.known(cut)
    found = fit(model, Histories.of(known.x, known.t_x, known.T))
    told = []
    for days in np.unique(np.linspace(0, horizon, POINTS).round())[1:]:
        each = expected_within(found, known.x, known.t_x, known.T, float(days))
        actual = purchases.bought(cut, cut + days)[known.here]
        forecast, apart = float(each.sum()), float(np.exp(1.645 * doubt))
        told.append(
            Point(float(days), forecast, forecast / apart, forecast * apart, float(actual.sum()))
        )
    return told
