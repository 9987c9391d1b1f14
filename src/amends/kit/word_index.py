"""Finding rows by the beginnings of words, on either database: one name, an adapter for each.

The column holds lower-case words, one space apart. SQLite reads it into an FTS5 table that triggers
keep up, PostgreSQL into a GIN index over the words; neither needs an extension.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection, models
from django.db.models import Q

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.backends.base.schema import BaseDatabaseSchemaEditor


class Begin(NamedTuple):
    """A word, or how one begins."""

    word: str
    is_whole: bool = False


Asked = list[list[Begin]]  # every one of these, each in any of its spellings
WALKED = 2_000  # of the newest rows that are looked at before the index is asked
FOR_EACH = 100  # or so many for each row that is wanted
SPELLINGS = 4  # more than these are left to the index

_TABLE = """CREATE VIRTUAL TABLE IF NOT EXISTS {index} USING fts5({column}, content='{table}',
    content_rowid='id', tokenize='ascii', prefix='2 3 4', detail=none, columnsize=0)"""
_IN = "INSERT INTO {index}(rowid, {column}) VALUES (new.id, new.{column});"
_OUT = "INSERT INTO {index}({index}, rowid, {column}) VALUES ('delete', old.id, old.{column});"
_CHANGED = "AFTER UPDATE OF {column} ON {table} WHEN old.{column} <> new.{column}"
_TRIGGERS = {
    "in": "AFTER INSERT ON {table} BEGIN " + _IN,
    "out": "AFTER DELETE ON {table} BEGIN " + _OUT,
    "new": f"{_CHANGED} BEGIN {_OUT} {_IN}",
}
_GIN = """CREATE INDEX IF NOT EXISTS {index} ON {table}
    USING gin ((array_to_tsvector(string_to_array({column}, ' '))))"""
_GATHERED = """WITH found AS MATERIALIZED (
    SELECT id FROM {table}
    WHERE array_to_tsvector(string_to_array({column}, ' ')) @@ %s::tsquery AND id < %s)
    SELECT id FROM found ORDER BY id DESC LIMIT %s"""
_WALKED = """SELECT id FROM (SELECT id, ' ' || {column} || ' ' AS words FROM {table}
    WHERE id < %s ORDER BY id DESC LIMIT %s) AS newest WHERE {alike} ORDER BY id DESC LIMIT %s"""
_BEGUN_BY_BYTES = """WITH asked(low, high) AS (VALUES {rows}) SELECT low FROM asked
    WHERE EXISTS (SELECT 1 FROM {table} WHERE {column} >= low AND {column} < high)"""
_BEGUN_BY_PATTERN = """WITH asked(low, high) AS (VALUES {rows}) SELECT low FROM asked
    WHERE EXISTS (SELECT 1 FROM {table} WHERE {column} ~>=~ low AND {column} ~<~ high)"""
_MATCHED = """SELECT rowid FROM {index} WHERE {index} MATCH %s AND rowid < %s
    ORDER BY rowid DESC LIMIT %s"""


class WordIndex(models.Index):
    """Put it into a model's indexes, over its one column of words."""

    def create_sql(  # type: ignore[override]
        self,
        model: type[models.Model],
        schema_editor: BaseDatabaseSchemaEditor,
        using: str = "",
        **kwargs: Any,
    ) -> str:
        """SQLite needs several statements: those that are not handed back wait with it."""
        if schema_editor.connection.vendor == "postgresql":
            return self._written(model, _GIN)
        for name, trigger in _TRIGGERS.items():
            made = f"CREATE TRIGGER IF NOT EXISTS {{index}}_{name} {trigger} END"
            schema_editor.deferred_sql.append(self._written(model, made))
        return self._written(model, _TABLE)

    def remove_sql(
        self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor, **kwargs: Any
    ) -> str:
        if schema_editor.connection.vendor == "postgresql":
            return self._written(model, "DROP INDEX IF EXISTS {index}")
        for name in _TRIGGERS:
            gone = f"DROP TRIGGER IF EXISTS {{index}}_{name}"
            schema_editor.execute(self._written(model, gone))
        return self._written(model, "DROP TABLE IF EXISTS {index}")

    def _written(self, model: type[models.Model], sql: str) -> str:
        """While SQLite makes a table anew, the new one goes by another name for a moment."""
        table = model._meta.db_table.removeprefix("new__")
        return sql.format(index=self.name, table=table, column=self.fields[0])


def found(
    model: type[models.Model], index: str, asked: Asked, *, most: int, before: int = 0
) -> list[int]:
    """The keys of the rows that have these words, the newest first, beginning below `before`."""
    asked = [[begin for begin in spellings if begin.word.isalnum()] for spellings in asked]
    if not asked or not all(asked):
        return []  # what is no word is in no row
    column = next(i for i in model._meta.indexes if i.name == index).fields[0]
    names = {"index": index, "table": model._meta.db_table, "column": column}
    before = before or 2**62
    if not _is_postgres():
        return _keys(_MATCHED.format(**names), [_on_sqlite(asked), before, most])
    if sum(map(len, asked)) <= SPELLINGS:
        newest = _walk(asked, names, most=most, before=before)
        if len(newest) == most:
            return newest
    return _keys(_GATHERED.format(**names), [_on_postgres(asked), before, most])


def _walk(asked: Asked, names: dict[str, str], *, most: int, before: int) -> list[int]:
    """Those among the newest. A beginning that a tenth of all rows have is met at once there, while
    the index hands over every one of them before the newest are known."""
    alike = " AND ".join(f"({' OR '.join(['words LIKE %s'] * len(one))})" for one in asked)
    patterns = [f"% {b.word} %" if b.is_whole else f"% {b.word}%" for one in asked for b in one]
    walked = max(WALKED, FOR_EACH * most)
    return _keys(_WALKED.format(**names, alike=alike), [before, walked, *patterns, most])


def _keys(sql: str, given: Sequence[str | int]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return [key for (key,) in cursor.fetchall()]


def begun(model: type[models.Model], field: str, beginnings: Iterable[str]) -> set[str]:
    """Those of the beginnings with which the column of some row begins: each is looked up in its
    index, however many there are."""
    wanted = sorted(set(beginnings))
    if not wanted:
        return set()
    rows = ", ".join(["(%s, %s)"] * len(wanted))
    sql = _BEGUN_BY_PATTERN if _is_postgres() else _BEGUN_BY_BYTES
    bounds = [bound for one in wanted for bound in (one, f"{one}\U0010ffff")]
    with connection.cursor() as cursor:
        cursor.execute(sql.format(table=model._meta.db_table, column=field, rows=rows), bounds)
        return {one for (one,) in cursor.fetchall()}


def starting_with(field: str, words: str) -> Q:
    """Rows whose column begins so, by its index: byte by byte on SQLite, by pattern elsewhere."""
    if _is_postgres():
        return Q(**{f"{field}__startswith": words})
    return Q(**{f"{field}__gte": words, f"{field}__lt": f"{words}\U0010ffff"})


def _on_sqlite(asked: Asked) -> str:
    return _question(asked, every=" AND ", some=" OR ", quote='"', star="*")


def _on_postgres(asked: Asked) -> str:
    """The rows are gathered by the index before they are put in order: else the planner may walk
    the whole table backwards to save itself the sorting."""
    return _question(asked, every=" & ", some=" | ", quote="'", star=":*")


def _question(asked: Sequence[list[Begin]], *, every: str, some: str, quote: str, star: str) -> str:
    def spelt(begin: Begin) -> str:
        return f"{quote}{begin.word}{quote}{'' if begin.is_whole else star}"

    return every.join(f"({some.join(map(spelt, spellings))})" for spellings in asked)


def _is_postgres() -> bool:
    return connection.vendor == "postgresql"
