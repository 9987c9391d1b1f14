"""The other libraries, each asked for one fit in a process of its own: run by the Python that has them."""

from __future__ import annotations

import json
import logging
import resource
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

WEEKS = 7.0  # pymc-marketing's priors are made for weeks
Fitted = Callable[[], tuple[float, ...]]


def peak() -> float:
    """MiB that this process has held at most; elsewhere than on Linux the parent's may count."""
    status = Path("/proc/self/status")
    if status.exists():
        told = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(told["VmHWM"].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024)


def lifetimes(model: str, frame: pd.DataFrame) -> Fitted:
    import lifetimes as library

    kinds = {
        "bg": library.BetaGeoFitter,
        "mbg": library.ModifiedBetaGeoFitter,
        "pareto": library.ParetoNBDFitter,
    }

    def fitted() -> tuple[float, ...]:
        made = kinds[model](penalizer_coef=0.0)
        made.fit(frame["frequency"], frame["recency"], frame["T"])
        return tuple(made.params_)

    return fitted


def pymc(model: str, frame: pd.DataFrame) -> Fitted:
    from pymc_marketing import clv

    logging.disable(logging.WARNING)
    kinds = {"bg": clv.BetaGeoModel, "mbg": clv.ModifiedBetaGeoModel, "pareto": clv.ParetoNBDModel}
    names = ("r", "alpha", "s", "beta") if model == "pareto" else ("r", "alpha", "a", "b")
    timed = ("alpha", "beta")
    told = frame.assign(recency=frame["recency"] / WEEKS, T=frame["T"] / WEEKS)

    def fitted() -> tuple[float, ...]:
        made = kinds[model](told)
        made.fit(method="map", progressbar=False)
        found: Any = getattr(made.fit_result, "posterior", made.fit_result)
        return tuple(float(found[n].squeeze()) * (WEEKS if n in timed else 1) for n in names)

    return fitted


def clvkit(model: str, frame: pd.DataFrame) -> Fitted:
    import clvkit as library
    import pandas as pd

    kinds = {"bg": library.BGNBD, "mbg": library.MBGNBD}
    told = library.CustomerBase(
        frame,
        time_unit="D",
        observation_period_end=pd.Timestamp("2026-01-01"),
        has_monetary=False,
        on_negative="raise",
    )

    def fitted() -> tuple[float, ...]:
        return tuple(kinds[model]().fit(told).params_)

    return fitted


def main(library: str, model: str, file: str) -> None:
    import pandas as pd

    warnings.simplefilter("ignore")
    x, t_x, T = np.load(file)
    frame = pd.DataFrame({"customer_id": np.arange(len(x)), "frequency": x, "recency": t_x, "T": T})
    fitted = {"lifetimes": lifetimes, "pymc-marketing": pymc, "clvkit": clvkit}[library](
        model, frame
    )
    cpu, wall = time.process_time(), time.perf_counter()
    params = fitted()
    print(
        json.dumps(
            {
                "cpu": time.process_time() - cpu,
                "wall": time.perf_counter() - wall,
                "peak": peak(),
                "params": params,
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:4])
