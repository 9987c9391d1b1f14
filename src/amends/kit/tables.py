"""Tables that people bring: CSV, TSV, spreadsheets, JSON lines, Parquet, packed or not. Read by
DuckDB as plain text cells into a file of its own, so that ten million rows need little memory.

A table is no programme: its cells and headings never become part of a statement, and the engine may
open no file but those named here, load nothing, and reach no network.
"""

from __future__ import annotations

import csv
import tempfile
from bisect import bisect_right
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from amends.kit.transcribing import Form, Plain, Unreadable, transcribe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from duckdb import DuckDBPyConnection

__all__ = ["Broken", "Table", "Unreadable", "opened", "quoted"]

MEMORY = "384MB"
SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
LOOKED_AT = 200  # lines by which the separator is found
WIDEST = 500  # columns
LONGEST_LINE = 2**21


class Broken(NamedTuple):
    """A row whose cells cannot be told apart."""

    row: int
    reason: str
    text: str


@dataclass
class Table:
    """Its cells are text in the table `cells` of the engine, columns c0, c1, …, `rowid` counting
    from nought. `columns` are the headings as they were written."""

    engine: DuckDBPyConnection
    folder: Path
    columns: tuple[str, ...]
    form: str
    broken: list[Broken] = field(default_factory=list)
    headings: int = 1

    def __len__(self) -> int:
        return int(self.ask("SELECT count(*) FROM cells")[0][0])

    def ask(self, sql: str, given: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self.engine.execute(sql, given or None).fetchall()

    def beside(self) -> Table:
        """The same for another thread, which may make tables and files of its own: temporary ones."""
        folder = Path(tempfile.mkdtemp(dir=self.folder))
        return replace(self, engine=self.engine.cursor(), folder=folder)

    def row_of(self, rowid: int) -> int:
        """Which row of the file it is, counted as a spreadsheet does; broken ones lie between."""
        row = rowid + 1 + self.headings
        if self.headings:  # JSON and Parquet have no heading, and no broken rows between
            at = [broken.row - n for n, broken in enumerate(self.broken)]
            row += bisect_right(at, row)
        return row

    def samples(self, column: int, *, most: int = 5) -> list[str]:
        """A few different cells of a column."""
        sql = f"""SELECT c FROM (SELECT DISTINCT c{column} AS c FROM
            (SELECT c{column} FROM cells WHERE c{column} <> '' LIMIT 1000)) ORDER BY c LIMIT {most}"""  # noqa: S608
        return [str(cell) for (cell,) in self.ask(sql)]


@contextmanager
def opened(path: Path | str, *, memory: str = MEMORY) -> Iterator[Table]:
    """The table in a file, while the block lasts; what it needs on disk is gone afterwards."""
    import duckdb

    with tempfile.TemporaryDirectory(prefix="amends-table-") as made:
        folder = Path(made)
        plain = transcribe(Path(path).expanduser().absolute(), folder)
        engine = duckdb.connect(str(folder / "cells.duckdb"))
        try:
            _shut_in(engine, folder, plain.path, memory)
            try:
                yield _in_no_order(READ[plain.form](engine, folder, plain))
            except (duckdb.InvalidInputException, duckdb.IOException) as trouble:
                raise Unreadable(_first_line(trouble)) from trouble
        finally:
            engine.close()


def quoted(text: str) -> str:
    """A text of our own making as part of a statement."""
    return "'" + text.replace("'", "''") + "'"


def _shut_in(engine: DuckDBPyConnection, folder: Path, path: Path, memory: str) -> None:
    for setting in (
        f"memory_limit = '{memory}'",
        f"temp_directory = {quoted(str(folder / 'spilt'))}",
        "TimeZone = 'UTC'",
        "autoinstall_known_extensions = false",
        "autoload_known_extensions = false",
        "enable_progress_bar = false",
        f"allowed_paths = [{quoted(str(path))}]",
        f"allowed_directories = [{quoted(str(folder))}]",
        "enable_external_access = false",
    ):
        engine.execute(f"SET {setting}")


def _in_no_order(table: Table) -> Table:
    """From here on rows are known by their `rowid`: whoever needs an order asks for it, and all
    processors may help. Nothing of the engine is set after this."""
    table.engine.execute("SET preserve_insertion_order = false")
    table.engine.execute("SET lock_configuration = true")
    return table


def _read_text(engine: DuckDBPyConnection, folder: Path, plain: Plain) -> Table:
    separator, heads, skipped = _layout(plain.path)
    columns = ", ".join(f"'c{n}': 'VARCHAR'" for n in range(len(heads)))
    engine.execute(
        f"""CREATE TABLE cells AS SELECT * FROM read_csv({quoted(str(plain.path))},
        delim = {quoted(separator)}, quote = '"', escape = '"', header = true, skip = {skipped},
        auto_detect = false, columns = {{{columns}}}, store_rejects = true, rejects_limit = 0,
        max_line_size = {LONGEST_LINE}{_old_ends(plain.path)})"""  # noqa: S608
    )
    told = plain.told
    if plain.told.startswith("a spreadsheet") is False:
        told = f"separated by {SEPARATORS[separator]}s, {plain.told}"
    broken = _broken(engine, len(heads), skipped)
    return Table(engine, folder, heads, told, broken, headings=1 + skipped)


def _old_ends(path: Path) -> str:
    """Lines end as in Unix or Windows, even both in one file; of an old Mac it must be said."""
    with path.open("rb") as file:
        return "" if b"\n" in file.read(LONGEST_LINE) else ", new_line = '\\r'"


def _layout(path: Path) -> tuple[str, tuple[str, ...], int]:
    """What stands between the cells, the headings, and how many lines stand above them."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = [line[:LONGEST_LINE] for line in islice(file, LOOKED_AT)]
    skipped = next((n for n, line in enumerate(lines) if line.strip(' \r\n";,\t')), 0)
    told = ""
    if lines[skipped].startswith("sep="):
        told = lines[skipped].rstrip("\r\n").removeprefix("sep=")
        skipped += 1
    heads_of = {one: _rows(lines[skipped:], one) for one in SEPARATORS}
    best = told if told in SEPARATORS else max(heads_of, key=lambda one: _fits(heads_of[one]))
    heads = tuple(_unlike(heads_of[best][0] if heads_of[best] else []))
    if not heads or len(heads) > WIDEST:
        raise Unreadable("The first line must name the columns: no more than 500 of them.")
    return best, heads, skipped


def _rows(lines: list[str], separator: str) -> list[list[str]]:
    try:
        return [row for row in csv.reader(lines, delimiter=separator) if row]
    except csv.Error:
        return []


def _fits(rows: list[list[str]]) -> tuple[int, int]:
    """Of many cells, and as many in each row."""
    if not rows or len(rows[0]) < 2:
        return (0, 0)
    return (sum(len(row) == len(rows[0]) for row in rows), len(rows[0]))


def _unlike(heads: list[str]) -> list[str]:
    """Every column has a name, and no two the same."""
    seen: list[str] = []
    for n, head in enumerate(heads, start=1):
        name = " ".join(head.split())[:100] or f"column {n}"
        while name in seen:
            name += "'"
        seen.append(name)
    return seen


WHY_BROKEN = {
    "UNQUOTED VALUE": "A quotation mark is opened and not closed.",
    "LINE SIZE OVER MAXIMUM": "The row is longer than two million characters.",
    "INVALID ENCODING": "It holds letters that cannot be read.",
}


def _broken(engine: DuckDBPyConnection, width: int, skipped: int) -> list[Broken]:
    """One for each row: the engine tells of each cell that is missing or too many."""
    found = engine.execute(
        """SELECT line, any_value(error_type), any_value(csv_line),
        max(TRY_CAST(regexp_extract(error_message, 'Found: (\\d+)', 1) AS INTEGER))
        FROM reject_errors GROUP BY line ORDER BY line"""
    ).fetchall()
    return [
        Broken(
            line + skipped,
            WHY_BROKEN.get(kind) or f"It has {count or 'other'} cells, and the heading {width}.",
            text or "",
        )
        for line, kind, text, count in found
    ]


def _read_json(engine: DuckDBPyConnection, folder: Path, plain: Plain) -> Table:
    """One record a line, or a list of them. What lies one level deep is called «customer.email»."""
    where = quoted(str(plain.path))
    engine.execute(
        f"""CREATE TABLE told AS SELECT json FROM read_json_objects({where}, ignore_errors = true,
        maximum_object_size = {LONGEST_LINE})"""  # noqa: S608
    )
    names = _json_names(engine)
    if not names or len(names) > WIDEST:
        raise Unreadable("No records with names can be found in this JSON.")
    cells = ", ".join(f"json_extract_string(json, {_at(n)}) AS c{i}" for i, n in enumerate(names))
    engine.execute(f"CREATE TABLE cells AS SELECT {cells} FROM told")  # noqa: S608
    empty = engine.execute("SELECT rowid FROM told WHERE json IS NULL").fetchall()
    broken = [Broken(n + 1, "The line is no JSON.", "") for (n,) in empty]
    engine.execute("DROP TABLE told")
    heads = tuple(".".join(name) for name in names)
    return Table(engine, folder, heads, "JSON", broken, headings=0)


def _json_names(engine: DuckDBPyConnection) -> list[tuple[str, ...]]:
    top = engine.execute(
        """SELECT name, any_value(json_type(json, '/' || replace(replace(name, '~', '~0'), '/', '~1')))
        = 'OBJECT' FROM (SELECT json, unnest(json_keys(json)) AS name FROM told)
        GROUP BY name ORDER BY min(name)"""
    ).fetchall()
    names: list[tuple[str, ...]] = []
    for name, is_deep in top:
        if not is_deep:
            names.append((name,))
            continue
        inner = f"SELECT DISTINCT unnest(json_keys(json, {_at((name,))})) AS n FROM told ORDER BY n"  # noqa: S608
        names += [(name, deep) for (deep,) in engine.execute(inner).fetchall()]
    return names


def _at(name: tuple[str, ...]) -> str:
    """Where it lies, as a JSON pointer."""
    return quoted("".join("/" + part.replace("~", "~0").replace("/", "~1") for part in name))


def _read_parquet(engine: DuckDBPyConnection, folder: Path, plain: Plain) -> Table:
    where = quoted(str(plain.path))
    heads = [
        str(name)
        for name, *_ in engine.execute(f"DESCRIBE SELECT * FROM read_parquet({where})").fetchall()  # noqa: S608
    ]
    if len(heads) > WIDEST:
        raise Unreadable("The file has more than 500 columns.")
    cells = ", ".join(
        f"COLUMNS({quoted(_exactly(head))})::VARCHAR AS c{n}" for n, head in enumerate(heads)
    )
    engine.execute(f"CREATE TABLE cells AS SELECT {cells} FROM read_parquet({where})")  # noqa: S608
    return Table(engine, folder, tuple(heads), plain.told, headings=0)


def _exactly(name: str) -> str:
    return "^" + "".join(c if c.isalnum() or c == "_" else f"\\x{{{ord(c):x}}}" for c in name) + "$"


def _first_line(trouble: Exception) -> str:
    return f"The file cannot be read: {str(trouble).splitlines()[0][:200]}"


READ = {Form.TEXT: _read_text, Form.JSON: _read_json, Form.PARQUET: _read_parquet}
