"""Who went away without a word: customers overdue by their own rhythm, the dearest loss first.

A name is put on the list only where both marks are met: a silence that fewer than five in a hundred of
those still with us would keep, and less than three in ten likely to be with us at all. BG/NBD is never
asked: to it everybody who bought once is with us for ever.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from amends.worth.fitting import Model, fit
from amends.worth.geometric import YEAR
from amends.worth.histories import Histories, Unreadable
from amends.worth.holdout import Purchases

Array = NDArray[np.float64]
Chosen = NDArray[np.bool_]

OVERDUE = 0.05
ALIVE = 0.3


def quiet(
    p_alive: ArrayLike, overdue: ArrayLike, *, mark: float = OVERDUE, alive_below: float = ALIVE
) -> Chosen:
    """Which customers (n,) are on the list."""
    late = np.asarray(overdue, dtype=np.float64) < mark
    return np.asarray(late & (np.asarray(p_alive, dtype=np.float64) < alive_below))


def loss(value: ArrayLike, p_alive: ArrayLike, p_alive_before: ArrayLike) -> Array:
    """What has gone since the last period, (n,) in the unit of `value`: the worth of a customer who is
    with us, times the chance that this one is not, times how far that chance to be with us fell."""
    now, before = (np.asarray(part, dtype=np.float64) for part in (p_alive, p_alive_before))
    fall = np.maximum(before - now, 0.0)
    return np.asarray(np.asarray(value, dtype=np.float64) * (1 - now) * fall)


def ranked(listed: Chosen, losses: ArrayLike) -> NDArray[np.intp]:
    """Rows of those on the list, the largest loss first; equal ones in their order."""
    rows = np.flatnonzero(listed)
    order = np.argsort(-np.asarray(losses, dtype=np.float64)[rows], kind="stable")
    return np.asarray(rows[order], dtype=np.intp)


@dataclass(frozen=True)
class Hits:
    """How many were named, how many of them never came back within the horizon, and how many purchase
    days a year those used to have between them: what there was to lose."""

    named: int
    gone: int
    lost: float

    @property
    def share(self) -> float:
        return self.gone / self.named if self.named else float("nan")


@dataclass(frozen=True)
class BackTest:
    """The list as it would have been at a cut. `plain` is the rule "no purchase in `silence` days", with
    the days that name as nearly as many; `everybody` all customers of that day. The plain rule is often
    right of more: those who bought once, long ago. Little is lost with them, hence `lost`."""

    listed: Hits
    plain: Hits
    silence: float
    everybody: Hits


def back_test(
    model: Model,
    purchases: Purchases,
    *,
    cut: float,
    horizon: float,
    mark: float = OVERDUE,
    alive_below: float = ALIVE,
) -> BackTest:
    """Who would have been named at the cut, and did they come back in the `horizon` after it? Raises
    TooFew where there was too little to learn from by then."""
    if model.name == "bg":
        raise Unreadable("BG/NBD cannot say who has left.")
    known = purchases.known(cut)
    params = fit(model, Histories.of(known.x, known.t_x, known.T)).params
    told = (params, known.x, known.t_x, known.T)
    listed = quiet(model.p_alive(*told), model.overdue(*told), mark=mark, alive_below=alive_below)
    gone = purchases.bought(cut, cut + horizon)[known.here] == 0
    pace = YEAR * known.x / np.maximum(known.T, 1.0)

    def hits(named: Chosen) -> Hits:
        away = named & gone
        return Hits(int(named.sum()), int(away.sum()), float(pace[away].sum()))

    silence = known.T - known.t_x
    days = _as_many(silence, int(listed.sum()))
    return BackTest(hits(listed), hits(silence > days), days, hits(np.ones_like(gone)))


def _as_many(silence: Array, wanted: int) -> float:
    """The days of silence beyond which as nearly so many are silent."""
    if not wanted:
        return float(silence.max(initial=0))
    days = np.unique(np.append(silence, -1.0))
    beyond = len(silence) - np.searchsorted(np.sort(silence), days, side="right")
    return float(days[np.argmin(np.abs(beyond - wanted))])
