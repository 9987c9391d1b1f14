"""Orders that live elsewhere, in a file or a warehouse, and are too many to bring in: summed up there,
and what comes of them is kept for those customers we know by their number."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np

from amends.customers.appraising.book import ROW, Book
from amends.customers.customer import Address, AddressKind
from amends.worth.summarise import EPOCH, Columns, Engine, Summary, summarise

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

AT_ONCE = 20_000
READ = """
SELECT CAST(customer AS VARCHAR), x, first_day, last_day,
       CASE WHEN x > 0 AND gross > spent_first THEN (gross - spent_first) / x * (spent / gross) END,
       currency
FROM read_parquet(?) WHERE x >= 0 AND spent > 0
"""


def summed_up(
    path: Path, *, engine: Engine, columns: Columns, until: date | None = None
) -> tuple[Summary, Book | None]:
    """The sums of the file, and a book of those in it whom we know; none where we know nobody."""
    with TemporaryDirectory(prefix="amends-orders-") as folder:
        into = Path(folder) / "customers.parquet"
        summary = summarise(path, engine=engine, columns=columns, as_of=until, into=into)
        rows = np.fromiter(_known(into), dtype=ROW)
    _, last = np.unique(rows["key"][::-1], return_index=True)  # two numbers may be one customer's
    once = rows[::-1][last]
    return summary, Book(summary.as_of, once) if len(once) else None


def _known(file: Path) -> Iterator[tuple[Any, ...]]:
    import duckdb

    files = str(file / "*.parquet") if file.is_dir() else str(file)
    with duckdb.connect() as reader:
        reader.execute(READ, [files])
        while rows := reader.fetchmany(AT_ONCE):
            keys = _keys([row[0] for row in rows])
            for number, x, first, last, mean, currency in rows:
                if number in keys:
                    days = [_ordinal(first), _ordinal(last)]
                    yield keys[number], x, *days, mean or 0.0, x if mean else 0, currency[:3]


def _keys(numbers: list[str]) -> dict[str, int]:
    known = Address.objects.filter(kind=AddressKind.ID, key__in=numbers)
    return dict(known.values_list("key", "customer_id"))


def _ordinal(days: int) -> int:
    return (EPOCH + timedelta(days=int(days))).toordinal()
