"""Purchases to customers to distinct histories: one SQL text for DuckDB and Spark, the same sums.

Rows that share a day are one purchase. What was sent back or cancelled is taken off: from its own
order where the file names one, else from what the customer spent. Currencies are never added up: who
pays in two has a history in each. Days are whole; T is reckoned from the first day to `as_of`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from amends.worth.histories import Histories

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from pyspark.sql import DataFrame, SparkSession

Numbers = NDArray[np.float64]
EPOCH = date(1970, 1, 1)

# Money beyond a thousand million million is a slip of the file; NaN compares as larger than it.
READ = """
CREATE {temporary} VIEW purchases AS
SELECT {customer} AS customer, coalesce({currency}, '') AS currency, {order} AS reference,
       unix_date(try_cast({day} AS DATE)) AS day, try_cast({amount} AS DOUBLE) AS amount
FROM {source} WHERE {kept}
"""
READABLE = "customer IS NOT NULL AND day IS NOT NULL AND abs(amount) < 1e15"
COUNTS = """
SELECT count(*) AS seen, count(*) FILTER (WHERE {readable}) AS readable,
       max(day) FILTER (WHERE {readable}) AS latest
FROM purchases
"""
# An order that came back whole is none; one that was free from the start is.
ORDERS = """
SELECT customer, currency, min(day) AS day, sum(amount) AS amount
FROM purchases WHERE {readable} GROUP BY customer, currency, reference
HAVING NOT (abs(sum(amount)) < 0.005 AND max(amount) > 0)
"""
CUSTOMERS = """
WITH days AS (
    SELECT customer, currency, day, sum(amount) AS spent,
           sum(amount) >= 0.005 OR (sum(amount) = 0 AND max(amount) = 0) AS bought
    FROM {rows} WHERE {readable} AND day <= {as_of} GROUP BY customer, currency, day
)
SELECT customer, currency,
       count(*) FILTER (WHERE bought) - 1 AS x,
       min(day) FILTER (WHERE bought) AS first_day,
       max(day) FILTER (WHERE bought) AS last_day,
       sum(spent) AS spent,
       sum(spent) FILTER (WHERE bought) AS gross,
       min_by(spent, day) FILTER (WHERE bought) AS spent_first
FROM days GROUP BY customer, currency
"""
# Who sent everything back was no customer.
KEPT = "SELECT * FROM customers WHERE x >= 0 AND (spent >= 0.005 OR (spent = 0 AND gross = 0))"
TRIPLES = """
SELECT x, last_day - first_day AS recency, {as_of} - first_day AS age, count(*) AS weight
FROM kept GROUP BY x, last_day - first_day, {as_of} - first_day
"""
# Means that differ by less than a thousandth are one: a table of spends stays short.
SPENDS = """
WITH means AS (
    SELECT currency, x, ln((gross - spent_first) / x * (spent / gross)) AS log_mean
    FROM kept WHERE x > 0 AND gross - spent_first >= 0.005 AND spent >= 0.005
)
SELECT currency, x, exp(avg(log_mean)) AS mean, count(*) AS weight
FROM means GROUP BY currency, x, round(log_mean * 1000)
"""
TOTALS = """
SELECT currency, count(*) AS customers, sum(x) AS repeats, sum(last_day - first_day) AS recency,
       sum(spent) AS spent
FROM kept GROUP BY currency ORDER BY currency
"""


class Unsummarised(ValueError):
    """The file cannot be read, or holds no purchase; the message says which."""


@dataclass(frozen=True, kw_only=True)
class Columns:
    """What the columns of the file are called. Without `currency` all money is of one kind; with
    `order` what comes back is taken off its own order; `cancelled` is true where nothing was sold."""

    customer: str = "customer"
    day: str = "day"
    amount: str = "amount"
    currency: str | None = None
    order: str | None = None
    cancelled: str | None = None


@dataclass(frozen=True)
class Spends:
    """Distinct (repeat purchase days, mean spend on them), shape (m,), and how many customers each."""

    count: Numbers
    mean: Numbers
    weight: Numbers


@dataclass(frozen=True)
class Total:
    """The sums of one currency, by which two engines are compared."""

    customers: int
    repeats: int
    recency: int
    spent: float


@dataclass(frozen=True)
class Summary:
    """What a file of purchases comes to. `seen` rows were there, `readable` had customer, day, amount."""

    as_of: date
    seen: int
    readable: int
    histories: Histories
    spends: dict[str, Spends]
    totals: dict[str, Total]


class Engine(Protocol):
    """Whatever runs the SQL text: it names columns its own way and answers in NumPy."""

    temporary: str

    def named(self, column: str) -> str: ...

    def source(self, path: str) -> str: ...

    def run(self, sql: str) -> None: ...

    def asked(self, sql: str) -> dict[str, NDArray[Any]]: ...

    def hold(self, name: str, sql: str) -> None: ...

    def write(self, name: str, path: str) -> None: ...


class Local:
    """DuckDB in this process, within `memory`; what does not fit goes to the disk for the while."""

    temporary = "TEMP"

    def __init__(self, connection: DuckDBPyConnection) -> None:
        self.connection = connection
        connection.execute("SET enable_progress_bar = false")  # it would go to standard output
        connection.execute("CREATE TEMP MACRO unix_date(d) AS (d - DATE '1970-01-01')")

    def named(self, column: str) -> str:
        return '"' + column.replace('"', '""') + '"'

    def source(self, path: str) -> str:
        """All text of a CSV is read as text, as Spark does: one odd row is one row left out."""
        quoted = _quoted(path)
        return quoted if path.endswith(".parquet") else f"read_csv({quoted}, all_varchar = true)"

    def run(self, sql: str) -> None:
        self._done(sql)

    def asked(self, sql: str) -> dict[str, NDArray[Any]]:
        found = self._done(sql).fetchnumpy()
        return {name: np.ma.getdata(column) for name, column in found.items()}

    def hold(self, name: str, sql: str) -> None:
        self._done(f"CREATE OR REPLACE TEMP TABLE {name} AS {sql}")

    def write(self, name: str, path: str) -> None:
        self._done(f"COPY {name} TO {_quoted(path)} (FORMAT parquet)")

    def _done(self, sql: str) -> DuckDBPyConnection:
        import duckdb

        try:
            return self.connection.execute(sql)
        except duckdb.Error as trouble:
            raise Unsummarised(_told(trouble)) from trouble


def _quoted(path: str) -> str:
    return "'" + path.replace("'", "''") + "'"


def _told(trouble: Exception) -> str:
    first = str(trouble).strip().splitlines()[0]
    return f"The purchases cannot be read: {first}"


class Cluster:
    """A Spark session that is already running; needs the extra `spark`."""

    temporary = "OR REPLACE TEMPORARY"

    def __init__(self, session: SparkSession) -> None:
        self.session = session

    def named(self, column: str) -> str:
        return "`" + column.replace("`", "``") + "`"

    def source(self, path: str) -> str:
        reader = self.session.read
        found: DataFrame = (
            reader.parquet(path) if path.endswith(".parquet") else reader.csv(path, header=True)
        )
        found.createOrReplaceTempView("amends_source")
        return "amends_source"

    def run(self, sql: str) -> None:
        self.session.sql(sql)

    def asked(self, sql: str) -> dict[str, NDArray[Any]]:
        frame = self.session.sql(sql)
        rows = frame.collect()
        return {name: np.array([row[name] for row in rows]) for name in frame.columns}

    def hold(self, name: str, sql: str) -> None:
        self.session.sql(sql).persist().createOrReplaceTempView(name)

    def write(self, name: str, path: str) -> None:
        self.session.table(name).write.mode("overwrite").parquet(path)


@contextmanager
def local(*, memory: str = "1GB", threads: int = 0) -> Iterator[Local]:
    """DuckDB within `memory` (as DuckDB writes it: 500MB, 2GB); spills to a folder of its own."""
    import duckdb

    with TemporaryDirectory(prefix="amends-worth-") as spill:
        limits: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": memory,
            "temp_directory": spill,
            "preserve_insertion_order": False,
        }
        if threads:
            limits["threads"] = threads
        connection = duckdb.connect(config=limits)
        try:
            yield Local(connection)
        finally:
            connection.close()


def summarise(
    path: Path | str,
    *,
    engine: Engine,
    columns: Columns | None = None,
    as_of: date | None = None,
    into: Path | str | None = None,
) -> Summary:
    """Read purchases (CSV or Parquet, one row an order, a line or a return) and sum them up.

    `as_of` is the last day looked at (the latest in the file unless told); rows after it are left out.
    `into` keeps the customers, one row each, as Parquet. Raises Unsummarised when nothing is readable.
    """
    columns = columns or Columns()
    engine.run(_reading(engine, path=str(path), columns=columns))
    asked = engine.asked(COUNTS.format(readable=READABLE))
    counts = {name: column[0] for name, column in asked.items()}
    if not counts["readable"]:
        raise Unsummarised("No row of this file has a customer, a day and an amount.")
    last = (as_of - EPOCH).days if as_of else int(counts["latest"])
    rows = "(" + ORDERS.format(readable=READABLE) + ") orders" if columns.order else "purchases"
    engine.hold("customers", CUSTOMERS.format(rows=rows, readable=READABLE, as_of=last))
    engine.run(f"CREATE {engine.temporary} VIEW kept AS {KEPT}")
    if into:
        engine.write("customers", str(into))
    return Summary(
        as_of=EPOCH + timedelta(days=last),
        seen=int(counts["seen"]),
        readable=int(counts["readable"]),
        histories=_histories(engine, last=last),
        spends=_spends(engine),
        totals=_totals(engine),
    )


def _reading(engine: Engine, *, path: str, columns: Columns) -> str:
    """The view `purchases`, the same five columns whatever the file calls them."""
    named = engine.named
    return READ.format(
        temporary=engine.temporary,
        customer=named(columns.customer),
        currency=named(columns.currency) if columns.currency else "''",
        order=named(columns.order) if columns.order else "NULL",
        day=named(columns.day),
        amount=named(columns.amount),
        source=engine.source(path),
        kept=f"NOT coalesce(try_cast({named(columns.cancelled)} AS BOOLEAN), false)"
        if columns.cancelled
        else "true",
    )


def _histories(engine: Engine, *, last: int) -> Histories:
    found = engine.asked(TRIPLES.format(as_of=last))
    x, recency, age, weight = (
        found[name].astype(np.float64) for name in ("x", "recency", "age", "weight")
    )
    return Histories(x, recency, age, weight)


def _spends(engine: Engine) -> dict[str, Spends]:
    found = engine.asked(SPENDS)
    currencies = found["currency"].astype(str) if len(found["x"]) else np.array([], dtype=str)
    return {
        str(currency): Spends(
            *(
                found[name][currencies == currency].astype(np.float64)
                for name in ("x", "mean", "weight")
            )
        )
        for currency in np.unique(currencies)
    }


def _totals(engine: Engine) -> dict[str, Total]:
    found = engine.asked(TOTALS)
    return {
        str(currency): Total(int(customers), int(repeats), int(recency), float(spent))
        for currency, customers, repeats, recency, spent in zip(*found.values(), strict=True)
    }
