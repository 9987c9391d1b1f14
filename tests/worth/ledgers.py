"""Real purchases with their sums, cut in two: what was known on a day, and what was spent after it."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

Array = NDArray[np.float64]
SHARED = Path(__file__).parents[3] / "shared/data"
SETS = {
    "cdnow": "SELECT customer_id AS customer, date AS day, sum(amount) AS spent "
    "FROM '{}/cdnow/purchases.csv.gz' WHERE in_tenth_sample = 1 GROUP BY ALL",
    "online_retail": "SELECT CustomerID AS customer, InvoiceDate::date AS day, sum(Quantity * "
    "UnitPrice) AS spent FROM '{}/online_retail/lines.parquet' "
    "WHERE CustomerID IS NOT NULL AND Quantity > 0 GROUP BY ALL HAVING spent > 0",
    "complete_journey": "SELECT household_id AS customer, ts::date AS day, sum(sales_value) AS spent "
    "FROM '{}/complete_journey/baskets.parquet' GROUP BY ALL HAVING spent > 0",
}


@dataclass(frozen=True)
class Ledger:
    """One row a customer of the day: x, t_x, T, mean spend on repeat days, and money spent since."""

    x: Array
    t_x: Array
    T: Array
    mean: Array
    since: Array
    horizon: float


@cache
def ledger(name: str, *, horizon: float) -> Ledger:
    import duckdb

    if not (SHARED / name).exists():
        pytest.skip(f"the purchases of {name} are not beside this tree")
    told = duckdb.sql(SETS[name].format(SHARED)).fetchnumpy()
    who = np.unique(told["customer"], return_inverse=True)[1]
    day = told["day"].astype("datetime64[D]").astype(float)
    spent, n = told["spent"].astype(float), who.max() + 1
    before = day <= day.max() - horizon
    first, last = np.full(n, np.inf), np.full(n, -np.inf)
    np.minimum.at(first, who, day)
    np.maximum.at(last, who[before], day[before])
    x = np.bincount(who[before], minlength=n) - 1.0
    again = before & (day > first[who])
    money = np.bincount(who[again], spent[again], minlength=n)
    since = np.bincount(who[~before], spent[~before], minlength=n)
    here = x >= 0
    age = day.max() - horizon - first
    mean = money / np.maximum(x, 1)
    return Ledger(*(p[here] for p in (x, last - first, age, mean, since)), horizon)
