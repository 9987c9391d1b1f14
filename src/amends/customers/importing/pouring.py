"""Many rows into the database at once, as each of the two engines takes them fastest: COPY into
PostgreSQL, one prepared statement over and over into SQLite."""

from __future__ import annotations

import gc
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import connection

from amends.kit.tables import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from amends.kit.tables import Table

AT_ONCE = 20_000
BREATH = 0.12  # seconds: whoever waits to write on SQLite looks again every tenth of one
# How a column of a table of our own, gone with the transaction, is kept. SQLite writes moments and
# days as text, as Django does.
TYPES = {
    "sqlite": {"key": "integer", "money": "decimal", "moment": "text", "day": "text",
               "yes": "bool", "text": "text", "as told": ""},
    "postgresql": {"key": "bigint", "money": "numeric(12, 2)", "moment": "timestamptz",
                   "day": "date", "yes": "boolean", "text": "text"},
}  # fmt: skip
# How the engine that reads tables writes a cell of that sort for SQLite.
WRITTEN = {
    "key": "{}", "money": "{}::DOUBLE", "moment": "date_trunc('second', {})::VARCHAR",
    "day": "{}::VARCHAR", "yes": "{}::INTEGER", "text": "{}",
}  # fmt: skip
UNLIKE = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}


def is_postgres() -> bool:
    return connection.vendor == "postgresql"


def takes_several() -> bool:
    """Whether several may write at the same time, each in a transaction of its own."""
    return is_postgres() and not connection.in_atomic_block


def unlike() -> str:
    """Whether two cells differ, empty ones too."""
    return UNLIKE[connection.vendor]


def run(sql: str, given: Sequence[Any] = ()) -> int:
    """How many rows were written."""
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return max(int(cursor.rowcount), 0)


def ask(sql: str, given: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return list(cursor.fetchall())


@contextmanager
def swiftly() -> Iterator[None]:
    """Nothing made here goes in circles: to look for that among tens of thousands of customers again
    and again costs a tenth of the time."""
    gc.disable()
    try:
        with _with_room():
            yield
    finally:
        gc.enable()


@contextmanager
def _with_room() -> Iterator[None]:
    """Temporary tables in memory, room for the indexes that many rows touch all over, and pages
    carried over into the file only when many of them have changed."""
    if is_postgres():
        yield
        return
    ((store,),) = ask("PRAGMA temp_store")
    ((cache,),) = ask("PRAGMA cache_size")
    ((pages,),) = ask("PRAGMA wal_autocheckpoint")
    run("PRAGMA temp_store = MEMORY")
    run("PRAGMA cache_size = -196608")
    run("PRAGMA wal_autocheckpoint = 50000")
    try:
        yield
    finally:
        run(f"PRAGMA temp_store = {store}")
        run(f"PRAGMA cache_size = {cache}")
        run(f"PRAGMA wal_autocheckpoint = {pages}")


def give_way() -> None:
    """Between two transactions: on SQLite whoever waits to write would else hardly ever get a turn."""
    if not is_postgres():
        time.sleep(BREATH)


def make(name: str, columns: Mapping[str, str], *, key: str = "") -> None:
    """A table of this connection and transaction."""
    run(f"DROP TABLE IF EXISTS {'pg_temp' if is_postgres() else 'temp'}.{name}")
    types = TYPES[connection.vendor]
    told = [f'"{column}" {types[sort]}' for column, sort in columns.items()]
    if key:
        told.append(f"PRIMARY KEY ({key})")
    dropped = " ON COMMIT DROP" if is_postgres() else ""
    run(f"CREATE TEMP TABLE {name} ({', '.join(told)}){dropped}")


def look_over(name: str) -> None:
    """PostgreSQL plans better when it knows how much there is."""
    if is_postgres():
        run(f"ANALYZE {name}")


def fill(name: str, columns: Mapping[str, str], table: Table, asked: str) -> int:
    """From what the engine is asked for, which has columns of the same names. How many they were."""
    if is_postgres():
        return _copy_file(name, columns, table, asked)
    written = ", ".join(WRITTEN[sort].format(f'"{name}"') for name, sort in columns.items())
    found, count = table.engine.execute(f"SELECT {written} FROM ({asked})"), 0
    while rows := found.fetchmany(AT_ONCE):
        _insert(name, list(columns), rows)
        count += len(rows)
    return count


def fill_at_once(name: str, columns: Mapping[str, str], table: Table, asked: str) -> int:
    """The same into a table with many indexes: SQLite keeps them up faster in one statement."""
    if is_postgres():
        return fill(name, columns, table, asked)
    make("poured", dict.fromkeys(columns, "as told"))
    fill("poured", columns, table, asked)
    return _move(name, list(columns))


def pour(name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Rows of ours into a table, in its own types."""
    if not is_postgres():
        _insert(name, columns, rows)
        return
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {name} ({_named(columns)}) FROM STDIN") as to,
    ):
        for row in rows:
            to.write_row(row)


def pour_at_once(name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """The same into a table with an index of words. SQLite writes that index out before every
    statement of its own: three times as dear as one statement for all."""
    if is_postgres():
        pour(name, columns, rows)
        return
    make("poured", dict.fromkeys(columns, "as told"))
    pour("poured", columns, rows)
    _move(name, columns)


def _move(name: str, columns: Sequence[str]) -> int:
    moved = run(f"INSERT INTO {name} ({_named(columns)}) SELECT {_named(columns)} FROM poured")
    run("DROP TABLE poured")
    return moved


def keys_for(table: str, count: int) -> Iterable[int]:
    """So many free keys of a table."""
    if is_postgres():
        sql = f"SELECT nextval(pg_get_serial_sequence('{table}', 'id')) FROM generate_series(1, %s)"
        return [key for (key,) in ask(sql, [count])]
    ((last,),) = ask("SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = %s", [table])
    return range(last + 1, last + 1 + count)


def _insert(name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {name} ({_named(columns)}) VALUES ({marks})", rows)  # type: ignore[arg-type]


def _copy_file(name: str, columns: Mapping[str, str], table: Table, asked: str) -> int:
    path = table.folder / "chunk.csv"
    ((count,),) = table.ask(
        f"COPY (SELECT {_named(list(columns))} FROM ({asked})) TO {quoted(str(path))} (FORMAT csv, HEADER false)"
    )
    sql = f"COPY {name} ({_named(list(columns))}) FROM STDIN (FORMAT csv)"
    with (
        connection.wrap_database_errors,
        path.open("rb") as file,
        connection.cursor() as cursor,
        cursor.copy(sql) as to,
    ):
        while block := file.read(1024 * 1024):
            to.write(block)
    return int(count)


def _named(columns: Sequence[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)
