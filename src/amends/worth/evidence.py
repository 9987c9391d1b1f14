"""Did those whose failure was put right come back more than they would have anyway?

Faster than a model expected proves nothing by itself: watched from a calendar date, customers whom nothing
happened to come back more often than any model says. So everything here is watched from a purchase or a
failure, set against customers without a failure at the same origin, and against customers whose failure
was not put right in the same period. It is said of groups, never of one customer.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri

from amends.worth.histories import Unreadable

Array = NDArray[np.float64]

ALARM = 0.05  # one-sided: how often we would be wrong where repairing does nothing
POWER = 0.8  # how often we would see it where it does
STOP = 20.0  # of the e-value: 1 in 20 at most, however often one looks
FEWEST = 20  # returns among those without a failure, before they calibrate anything


class Verdict(StrEnum):
    """What may be said of a group. The page has the words."""

    TOO_FEW = "too few"  # nothing can be known yet; says how many more are needed
    NO_DIFFERENCE = "no difference"  # enough were watched, and no difference was seen
    MORE = "more"  # more came back than of those not put right; one look, one in twenty is chance
    SHOWN = "shown"  # so much more that looking often does not explain it
    FEWER = "fewer"  # fewer came back than of those not put right


@dataclass(frozen=True, eq=False)
class Watched:
    """Customers watched since a failure or a purchase: `days` (n,) until they bought again or until now,
    and `returned` (n,) whether they did."""

    days: Array
    returned: NDArray[np.bool_]

    @classmethod
    def of(cls, days: ArrayLike, returned: ArrayLike) -> Watched:
        """Raises Unreadable where lengths differ or a time is missing or below nought."""
        found = np.atleast_1d(np.asarray(days, dtype=np.float64))
        back = np.atleast_1d(np.asarray(returned, dtype=bool))
        if found.shape != back.shape or not np.all(np.isfinite(found) & (found >= 0)):
            raise Unreadable("Days watched and returns do not fit together.")
        return cls(found, back)

    def __len__(self) -> int:
        return len(self.days)


@dataclass(frozen=True)
class Ratio:
    """Returns seen over returns expected, and z, how far apart they are in standard errors."""

    observed: int
    expected: float
    z: float

    @property
    def ratio(self) -> float:
        return self.observed / self.expected if self.expected else float("nan")


def one_sample(returned: ArrayLike, silent: ArrayLike) -> Ratio:
    """One-sample log-rank (Breslow 1975): `silent` (n,) is the model's chance S of no purchase for as
    long as each was watched; expected is the sum of -log S, z = (O - E) / sqrt(E)."""
    observed = int(np.asarray(returned, dtype=bool).sum())
    chance = np.clip(np.asarray(silent, dtype=np.float64), 1e-300, 1.0)
    expected = float(-np.log(chance).sum())
    return Ratio(observed, expected, (observed - expected) / np.sqrt(expected) if expected else 0.0)


def calibrated(repaired: Ratio, plain: Ratio) -> Ratio | None:
    """The same set against `plain`, customers without a failure from the same origin and period: what
    the model gets wrong of everybody is taken out. None with fewer than twenty returns among them.

    z = log of the ratio of ratios over sqrt(1 / O + 1 / O of plain).
    """
    if plain.observed < FEWEST or not repaired.expected:
        return None
    expected = repaired.expected * plain.ratio
    error = np.sqrt(1 / max(repaired.observed, 1) + 1 / plain.observed)
    away = np.log(max(repaired.observed, 0.5) / expected)
    return Ratio(repaired.observed, expected, float(away / error))


def after_failure(
    params: ArrayLike, leaving: float, x: ArrayLike, at: ArrayLike, days: ArrayLike
) -> Array:
    """The chance of no purchase within `days` of a failure on day `at` since the first purchase, for
    customers who were there to complain and leave with the chance `leaving`:
    phi + (1 - phi) (A / (A + t))^k, A = alpha + at, k = r + x. All (n,); params r, alpha first."""
    r, alpha = np.asarray(params, dtype=np.float64)[:2]
    k = r + np.asarray(x, dtype=np.float64)
    wait = np.asarray(days, dtype=np.float64) / (alpha + np.asarray(at, dtype=np.float64))
    return np.asarray(leaving + (1 - leaving) * np.exp(-k * np.log1p(wait)))


def log_rank(repaired: Watched, controls: Watched) -> float:
    """z of the two-sample log-rank test (Mantel 1966): above nought where those put right came back
    sooner or more often. 0 where nobody came back."""
    days = np.concatenate([repaired.days, controls.days])
    back = np.concatenate([repaired.returned, controls.returned])
    moments, at = np.unique(days[back], return_inverse=True)
    if not len(moments):
        return 0.0
    events = np.bincount(at).astype(np.float64)
    ours = np.sort(repaired.days)
    everybody = np.sort(days)
    at_risk = len(days) - np.searchsorted(everybody, moments)
    of_us = len(ours) - np.searchsorted(ours, moments)
    share = of_us / at_risk
    spare = np.where(at_risk > 1, (at_risk - events) / np.maximum(at_risk - 1, 1), 0.0)
    variance = float((events * share * (1 - share) * spare).sum())
    away = float(repaired.returned.sum()) - float((events * share).sum())
    return away / np.sqrt(variance) if variance > 0 else 0.0


def e_value(
    returned: ArrayLike,
    silent: ArrayLike,
    *,
    alone: float,
    helped: float,
    before: ArrayLike = 1.0,
) -> float:
    """The running likelihood ratio of "put right, they leave with chance `helped`" over "as without it,
    `alone`", of customers who were with us at the failure; it may be looked at every week, and stops the
    question at 20 (Ville's inequality: 1 in 20 at most where repairing does nothing).

    `silent` (n,) is the chance of no purchase for so long from a customer who stayed. `alone` has to be
    the low end of what is believed, or the ratio flatters us; `helped` below it is fixed beforehand.
    `before` (n,) is that chance for the days that had gone by in silence when watching began: they speak
    for neither.
    """
    if not 0 < helped < alone < 1:
        raise Unreadable("The chance of leaving where it was put right has to be the smaller one.")

    def waiting(chance: ArrayLike) -> Array:
        quiet = np.asarray(chance, dtype=np.float64)
        told = np.log(helped + (1 - helped) * quiet) - np.log(alone + (1 - alone) * quiet)
        return np.asarray(told, dtype=np.float64)

    back = np.asarray(returned, dtype=bool)
    came = np.log1p(-helped) - np.log1p(-alone)
    told = np.where(back, came, waiting(silent)) - waiting(before)
    return float(np.exp(min(told.sum(), 700.0)))


def needed(alone: float, helped: float) -> int:
    """How many customers of each kind have to be watched, that a share of returns that rises from `alone`
    to `helped` is seen four times in five at a one-sided 5 % test (Fleiss 1981, two proportions)."""
    if not 0 <= alone < helped <= 1:
        raise Unreadable("The share of returns has to rise.")
    middle = (alone + helped) / 2
    alike = float(ndtri(1 - ALARM)) * np.sqrt(2 * middle * (1 - middle))
    apart = float(ndtri(POWER)) * np.sqrt(alone * (1 - alone) + helped * (1 - helped))
    return int(np.ceil((alike + apart) ** 2 / (helped - alone) ** 2))


@dataclass(frozen=True)
class Evidence:
    """What a group shows: how many were watched and returned, z of the log-rank test and its one-sided
    p, the e-value where it was kept, how many more of each kind are needed, and the verdict."""

    repaired: int
    repaired_back: int
    controls: int
    controls_back: int
    z: float
    p_value: float
    e_value: float | None
    still_needed: int
    verdict: Verdict


def weigh(
    repaired: Watched, controls: Watched, *, e_value: float | None = None, rise: float = 0.15
) -> Evidence:
    """Set those put right against those who were not, in the same period, from the same origin.

    `rise` is the smallest rise of the share who return that would be worth knowing of (0.15: fifteen
    more in a hundred); from it comes how many are needed before "no difference" may be said.
    """
    z = log_rank(repaired, controls)
    # One added to each side: of nobody watched, half are taken to return.
    base = float((controls.returned.sum() + 0.5) / (len(controls) + 1))
    base = min(base, 1 - rise)
    short = max(0, needed(base, base + rise) - min(len(repaired), len(controls)))
    return Evidence(
        repaired=len(repaired),
        repaired_back=int(repaired.returned.sum()),
        controls=len(controls),
        controls_back=int(controls.returned.sum()),
        z=z,
        p_value=float(ndtr(-z)),
        e_value=e_value,
        still_needed=short,
        verdict=_verdict(z, e_value=e_value, short=short, least=min(len(repaired), len(controls))),
    )


def _verdict(z: float, *, e_value: float | None, short: int, least: int) -> Verdict:
    """Below ten of a kind the test is not to be trusted whatever it says; and what the e-value says
    holds only where more came back than of those not put right."""
    if least >= 10 and ndtr(-z) < ALARM:
        return Verdict.SHOWN if e_value is not None and e_value >= STOP else Verdict.MORE
    if least >= 10 and ndtr(z) < ALARM:
        return Verdict.FEWER
    return Verdict.TOO_FEW if short else Verdict.NO_DIFFERENCE
