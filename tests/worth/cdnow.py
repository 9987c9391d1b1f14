"""CDNOW's customers, 39 weeks to learn from and 39 to be right about; not kept in this repository."""

import csv
import gzip
from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import rankdata

from amends.worth.fitting import Model, fit
from amends.worth.histories import Histories

FILE = Path(__file__).parents[3] / "shared/data/cdnow/purchases.csv.gz"
END, WEEKS = date(1997, 9, 30), 39
needed = pytest.mark.skipif(not FILE.exists(), reason="CDNOW's purchases are not here")


@cache
def customers(*, sample: bool = True) -> NDArray[np.float64]:
    """A row a customer: x, t_x, T in days at the end of week 39, and purchase days after it."""
    days: dict[str, set[date]] = defaultdict(set)
    with gzip.open(FILE, "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if row["in_tenth_sample"] == "1" or not sample:
                days[row["customer_id"]].add(date.fromisoformat(row["date"]))
    return np.array([_row(sorted(told)) for told in days.values()], dtype=float)


def _row(days: list[date]) -> tuple[int, int, int, int]:
    seen = [day for day in days if day <= END]
    return len(seen) - 1, (seen[-1] - days[0]).days, (END - days[0]).days, len(days) - len(seen)


@cache
def histories(*, sample: bool = True) -> Histories:
    x, t_x, T, _ = customers(sample=sample).T
    return Histories.of(x, t_x, T)


def auc(score: NDArray[np.float64], came: NDArray[np.bool_]) -> float:
    """How often one who came is ranked above one who did not; ties count half."""
    ranks = rankdata(score)
    many, few = float(came.sum()), float((~came).sum())
    return float((ranks[came].sum() - many * (many + 1) / 2) / (many * few))


def hold_out(model: Model, *, sample: bool = True) -> dict[str, float]:
    """How right a fit to the first 39 weeks is about the next 39."""
    x, t_x, T, later = customers(sample=sample).T
    params = fit(model, histories(sample=sample)).params
    expected = model.expected(params, x, t_x, T, 7 * WEEKS)
    return {
        "mae": float(np.abs(expected - later).mean()),
        "rmse": float(np.sqrt(((expected - later) ** 2).mean())),
        "total": float(expected.sum() / later.sum() - 1),
        "auc_alive": auc(model.p_alive(params, x, t_x, T), later > 0),
        "auc_expected": auc(expected, later > 0),
    }
