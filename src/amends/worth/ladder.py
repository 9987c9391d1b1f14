"""How much may be said: the shorter the history, the fewer the figures. Each rung has its words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from amends.worth.fitting import Fit
from amends.worth.future import HISTORY, Horizon
from amends.worth.histories import Histories
from amends.worth.rung import Remark, Rung
from amends.worth.spend import Reason, Spend

Array = NDArray[np.float64]

FEW = 20  # customers who came again: below, nothing is learnt
MANY = 200  # from here two models are compared
GAPS = 2  # of the usual time between purchases: seen for less, it is too early


_BY_REASON = {
    Reason.FEW: Remark.FEW_SPENDERS,
    Reason.LINKED: Remark.LINKED,
    Reason.ENDLESS: Remark.ENDLESS,
}


@dataclass(frozen=True)
class Choice:
    """The rung of a shop, and the usual days between two purchases of a customer (None: nobody knows)."""

    rung: Rung
    gap: float | None

    def of(self, *, x: float, T: float) -> Rung:
        """The rung of one customer of this shop."""
        if self.rung.has_figures and x == 0 and self.gap is not None and self.gap > T:
            return Rung.NEWCOMER
        return self.rung


def choose(histories: Histories) -> Choice:
    """How much these histories allow."""
    if not histories.customers:
        return Choice(Rung.NOBODY, None)
    gap = usual_gap(histories)
    if histories.repeaters < FEW or gap is None or histories.mean_T < GAPS * gap:
        return Choice(Rung.COUNTED, gap)
    return Choice(Rung.LEARNT if histories.repeaters < MANY else Rung.COMPARED, gap)


def usual_gap(histories: Histories) -> float | None:
    """Days between two purchases, the median over customers who came again."""
    again = histories.x > 0
    if not again.any():
        return None
    gaps = histories.t_x[again] / histories.x[again]
    order = np.argsort(gaps)
    counted = np.cumsum(histories.weight[again][order])
    return float(gaps[order][np.searchsorted(counted, counted[-1] / 2)])


def come_again(histories: Histories, most: int = 5) -> Array:
    """Of those who came on n days, which share came on another, n = 1 .. most, shape (most,).

    (1 + those who did) / (2 + all): a belief in which every share is as likely as another, so that
    three customers of three do not become certainty. For words, not for decimals.
    """
    at_least = np.zeros(most + 2)
    seen = histories.by_x[::-1].cumsum()[::-1][: most + 1]  # came on more than n days
    at_least[: len(seen)] = seen
    return (1 + at_least[1 : most + 1]) / (2 + at_least[:most])


def unknown(fit: Fit, spend: Spend, horizon: Horizon) -> float:
    """Money to expect of somebody who has just bought for the first time: the curve of all customers
    times their mean spend. For a complaint of somebody we know nothing of."""
    purchases = fit.model.discounted(fit.params, 0, 0, 0, horizon.days, horizon.rate)
    return horizon.margin * float(purchases) * float(spend.mean_of(0, 0))


def remarks(spend: Spend | None, *, horizon_days: float, history_days: float) -> tuple[Remark, ...]:
    """What has to be said beside sums over this horizon, from a history of so many days."""
    found = []
    if horizon_days > HISTORY * history_days:
        found.append(Remark.EXTRAPOLATED)
    if spend is not None and spend.reason in _BY_REASON:
        found.append(_BY_REASON[spend.reason])
    return tuple(found)
