"""Learning the four parameters of a model from histories: Newton's method on their logs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from amends.worth import pareto
from amends.worth.geometric import bg, mbg
from amends.worth.histories import Histories, TooFew, Unreadable

__all__ = ["MODELS", "PRIOR", "Fit", "Model", "Prior", "TooFew", "Unreadable", "fit"]

Array = NDArray[np.float64]

ENOUGH = 20_000  # rows that are fitted at once; more begin from the fit of
PART = 10  # a tenth of them
STEPS = 100
HALVINGS = 30
ROUGHLY = (
    1e-4  # of a log-likelihood still to gain: less than another tenth of the rows would change
)
ROUNDING = 1e-13  # of a value: what a sum of so many terms cannot be trusted to tell
FARTHEST = 2.0  # a step changes no parameter by more than a factor of e^2
RUNAWAY = 25.0  # logs this far from the start have no maximum to go to
VAGUE = 20.0  # a standard error of so many logs says nothing
UNTOLD = "There are too few histories to tell how these customers behave."
SETTLED = 1e-10  # of the gradient, for each customer


class Model(Protocol):
    """What `mbg`, `pareto` and `bg` have in common; what each function means is said in geometric.py."""

    @property
    def name(self) -> str: ...
    @property
    def CENTRE(self) -> tuple[float, ...]: ...
    @property
    def TIMED(self) -> tuple[bool, ...]: ...

    def log_likelihood(
        self, log_params: ArrayLike, histories: Histories
    ) -> tuple[float, Array, Array]: ...
    def log_value(self, log_params: ArrayLike, histories: Histories) -> float: ...
    def p_alive(self, params: ArrayLike, x: ArrayLike, t_x: ArrayLike, T: ArrayLike) -> Array: ...
    def expected(
        self, params: ArrayLike, x: ArrayLike, t_x: ArrayLike, T: ArrayLike, horizon: ArrayLike
    ) -> Array: ...
    def discounted(
        self,
        params: ArrayLike,
        x: ArrayLike,
        t_x: ArrayLike,
        T: ArrayLike,
        horizon: float,
        rate: float,
    ) -> Array: ...
    def curve(self, params: ArrayLike, horizon: ArrayLike) -> Array: ...
    def silent(
        self, params: ArrayLike, x: ArrayLike, t_x: ArrayLike, T: ArrayLike, t: ArrayLike
    ) -> Array: ...
    def overdue(self, params: ArrayLike, x: ArrayLike, t_x: ArrayLike, T: ArrayLike) -> Array: ...


MODELS: dict[str, Model] = {"mbg": mbg, "pareto": pareto, "bg": bg}


@dataclass(frozen=True)
class Prior:
    """What is believed before any customer was seen: each log-parameter is normal about the log of
    the model's CENTRE, times measured in the mean T of the histories, so that no unit matters."""

    sd: float = 1.0

    def centre(self, model: Model, mean_T: float) -> Array:
        """Where the prior is highest: log-parameters (4,), times in days."""
        return np.log(model.CENTRE) + np.where(model.TIMED, np.log(mean_T), 0.0)

    def log_density(
        self, log_params: Array, model: Model, mean_T: float
    ) -> tuple[float, Array, Array]:
        """The log of its density up to a constant, its gradient (4,) and Hessian (4, 4)."""
        away = (log_params - self.centre(model, mean_T)) / self.sd
        return -float(away @ away) / 2, -away / self.sd, -np.eye(4) / self.sd**2


PRIOR = Prior()


@dataclass(frozen=True, eq=False)
class Fit:
    """A model with its parameters. `params` (4,) in days; `covariance` (4, 4) of their logs, from
    the Hessian; `log_likelihood` in days and without the prior; `gradient` the largest slope that
    is left, for each customer."""

    model: Model
    params: Array
    covariance: Array
    log_likelihood: float
    gradient: float
    customers: float
    prior: Prior | None = PRIOR
    unit: str = "days"


def fit(
    model: Model,
    histories: Histories,
    *,
    prior: Prior | None = PRIOR,
    start: ArrayLike | None = None,
) -> Fit:
    """The parameters that these histories, and the prior, make most likely.

    `prior` None is for comparison with published figures; `start` (4,) parameters in days to begin
    from, where an earlier fit is known. Raises Unreadable for a start that is none; TooFew when
    nobody was seen, nobody came back, or (without a prior) no parameters are better than all others.
    """
    if not histories.customers:
        raise TooFew("There are no customers to learn from.")
    if not histories.repeaters:
        raise TooFew("Nobody has bought on a second day yet: there is nothing to learn from.")
    return _Newton(model, histories, prior).settled(start)


@dataclass(frozen=True, eq=False)
class _Place:
    """A set of log-parameters and what is found there; `value` counts the prior, `likelihood` not."""

    at: Array
    value: float
    likelihood: float
    gradient: Array
    hessian: Array

    @property
    def slope(self) -> float:
        return float(np.abs(self.gradient).max())


@dataclass(frozen=True, eq=False)
class _Newton:
    """Newton's method with the curvature made negative where it is not, and steps that only climb."""

    model: Model
    histories: Histories
    prior: Prior | None

    def settled(self, start: ArrayLike | None) -> Fit:
        home = Prior().centre(self.model, self.histories.mean_T)
        at = home if start is None else _logs(start)
        return self._told(self._climbed(self._nearer(at) if start is None else at, home))

    def _nearer(self, home: Array) -> Array:
        """Where a part of the rows has its maximum, found in the same way."""
        rows = len(self.histories.x)
        if rows <= 2 * ENOUGH:
            return home
        few = _Newton(self.model, self.histories.thinned(max(ENOUGH, rows // PART)), self.prior)
        return few._climbed(few._nearer(home), home, roughly=True).at

    def _climbed(self, at: Array, home: Array, *, roughly: bool = False) -> _Place:
        here = self._height(at)
        for _ in range(STEPS):
            step = _uphill(here.gradient, here.hessian)
            gain = float(here.gradient @ step)
            if roughly and gain < ROUGHLY:
                return here
            if gain < ROUNDING * abs(here.value):
                return self._finished(here, step)
            for halving in range(HALVINGS):
                there = self._height(here.at + step / 2**halving)
                if there.value > here.value:
                    break
            else:
                return here
            here = there
            if np.abs(here.at - home).max() > RUNAWAY:
                raise TooFew(UNTOLD)
        return here

    def _finished(self, here: _Place, step: Array) -> _Place:
        """One step more, where the value can no longer tell which is higher but the slope can."""
        if here.slope < SETTLED * self.histories.customers:
            return here
        there = self._height(here.at + step)
        return there if there.slope < here.slope else here

    def _height(self, at: Array) -> _Place:
        value, gradient, hessian = self.model.log_likelihood(at, self.histories)
        told = value
        if self.prior:
            mean_T = self.histories.mean_T
            believed = self.prior.log_density(at, self.model, mean_T)
            value, gradient, hessian = (
                value + believed[0],
                gradient + believed[1],
                hessian + believed[2],
            )
        return _Place(at, value, told, gradient, hessian)

    def _told(self, place: _Place) -> Fit:
        customers = self.histories.customers
        curvatures, axes = np.linalg.eigh(-place.hessian)
        if curvatures.min() < 1 / VAGUE**2:
            raise TooFew(UNTOLD)
        return Fit(
            model=self.model,
            params=np.exp(place.at),
            covariance=axes / curvatures @ axes.T,
            log_likelihood=place.likelihood,
            gradient=place.slope / customers,
            customers=customers,
            prior=self.prior,
        )


def _logs(start: ArrayLike) -> Array:
    given = np.asarray(start, dtype=np.float64)
    if given.shape != (4,) or not (np.isfinite(given) & (given > 0)).all():
        raise Unreadable("A start is four numbers above nought.")
    return np.log(given)


def _uphill(gradient: Array, hessian: Array) -> Array:
    """Newton's step, with every curvature taken as downward, and no longer than FARTHEST."""
    curvatures, axes = np.linalg.eigh(-hessian)
    steep = np.maximum(np.abs(curvatures), 1e-9 * np.abs(curvatures).max())
    step: Array = axes @ ((axes.T @ gradient) / steep)
    return step * min(1.0, FARTHEST / float(np.abs(step).max()))
