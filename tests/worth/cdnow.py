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
