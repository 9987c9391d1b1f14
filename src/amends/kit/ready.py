"""Questions, changes and new rows whose SQL is composed once and kept: for the few that every message
needs. To compose a statement costs Django far more than to carry it out costs a database."""

from __future__ import annotations

from datetime import datetime
from functools import update_wrapper
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, ParamSpec, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import Expression, Field
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery, UpdateQuery

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from django.db.models import QuerySet

Given = ParamSpec("Given")
Found = TypeVar("Found")
Row = TypeVar("Row", bound=models.Model)
MOST_KEPT = 1_000  # statements of one connection: another length of a tuple makes another statement
PLAIN = frozenset({str, int, bool, float, bytes, type(None)})


class Gap(Expression):
    """Where a value will stand."""

    def __init__(self, place: int) -> None:
        super().__init__(output_field=Field())
        self.place = place

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]


class Statement(NamedTuple):
    """SQL, and what stands in it: values, and gaps for those that are given each time."""

    sql: str
    values: tuple[Any, ...]

    def filled(self, given: list[Any]) -> tuple[str, tuple[Any, ...]]:
        values = (given[value.place] if type(value) is Gap else value for value in self.values)
        return self.sql, tuple(values)


class Question(Generic[Given, Found]):
    """A function that makes a queryset. Called with plain values, moments and tuples of them, it
    answers with the list of what is found. The function itself sees no values, only gaps."""

    def __init__(self, make: Callable[Given, QuerySet[Any, Found]]) -> None:
        update_wrapper(self, make)
        self.make = make

    def __call__(self, *given: Given.args, **named: Given.kwargs) -> list[Found]:
        connection = connections[DEFAULT_DB_ALIAS]
        ask = _kept(connection, (self, _shape(given)), lambda: self._compose(given))
        return ask(connection, _flat(given, connection))

    def first(self, *given: Given.args, **named: Given.kwargs) -> Found | None:
        """Of a question that is cut to one row."""
        return next(iter(self(*given, **named)), None)

    def _compose(self, given: tuple[Any, ...]) -> Callable[[Any, list[Any]], list[Found]]:
        """Django makes the rows of what was fetched as ever; only composing is left out."""
        make: Callable[..., Any] = self.make
        rows = make(*_gaps(given))
        compiler = rows.query.get_compiler(using=DEFAULT_DB_ALIAS)
        try:
            sql, values = compiler.as_sql()
        except EmptyResultSet:  # a question about nothing
            return lambda *_: []
        statement = Statement(sql, tuple(values))
        converters = compiler.get_converters([column for column, *_ in compiler.select])
        compiler.get_converters = lambda _: converters
        rows.query.get_compiler = lambda *_, **__: compiler

        def ask(connection: Any, given: list[Any]) -> list[Found]:
            with _carried_out(connection, *statement.filled(given)) as cursor:
                fetched = cursor.fetchall()
            compiler.execute_sql = lambda *_, **__: [fetched]
            return list(rows._iterable_class(rows)) if fetched else []

        return ask


class Change(Generic[Given]):
    """A function that makes a queryset and says what becomes of its columns. Called, it changes the
    rows and answers with how many there were."""

    def __init__(self, make: Callable[Given, tuple[QuerySet[Any], dict[str, Any]]]) -> None:
        update_wrapper(self, make)
        self.make = make

    def __call__(self, *given: Given.args, **_: Given.kwargs) -> int:
        connection = connections[DEFAULT_DB_ALIAS]
        statement = _kept(connection, (self, _shape(given)), lambda: self._compose(given))
        with _carried_out(connection, *statement.filled(_flat(given, connection))) as cursor:
            return int(cursor.rowcount)

    def _compose(self, given: tuple[Any, ...]) -> Statement:
        make: Callable[..., Any] = self.make
        rows, changes = make(*_gaps(given))
        query = rows.order_by().query.chain(UpdateQuery)
        query.add_update_values(changes)
        sql, values = query.get_compiler(using=DEFAULT_DB_ALIAS).as_sql()
        return Statement(sql, tuple(values))


class Insertion:
    """How the rows of one model are written."""

    def __init__(self, row: models.Model, *, once: bool) -> None:
        meta = row._meta
        self.returned = [field.attname for field in meta.db_returning_fields]
        self.fields = [f for f in meta.local_concrete_fields if not (f.generated or f.primary_key)]
        query = InsertQuery(type(row), on_conflict=OnConflict.IGNORE if once else None)
        query.insert_values(self.fields, [row])
        compiler: Any = query.get_compiler(using=DEFAULT_DB_ALIAS)
        compiler.returning_fields = meta.db_returning_fields
        ((self.sql, _),) = compiler.as_sql()

    def carry_out(self, connection: Any, row: models.Model) -> bool:
        with _carried_out(connection, self.sql, self._values(row, connection)) as cursor:
            returned = cursor.fetchone()
        if returned is None:
            return False
        vars(row).update(zip(self.returned, returned, strict=True))
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
        return True

    def _values(self, row: models.Model, connection: Any) -> list[Any]:
        told = vars(row)
        return [
            value
            if type(value := told[field.attname]) in PLAIN
            else field.get_db_prep_save(value, connection)
            for field in self.fields
        ]


def ready(make: Callable[Given, QuerySet[Any, Found]]) -> Question[Given, Found]:
    return Question(make)


def ready_change(make: Callable[Given, tuple[QuerySet[Any], dict[str, Any]]]) -> Change[Given]:
    return Change(make)


def add(row: Row) -> Row:
    """Write a new row and tell it its number: `save(force_insert=True)`, for a model of ours, which
    has no parents and no columns that set themselves."""
    _insert(row, once=False)
    return row


def add_once(row: models.Model) -> bool:
    """The same, unless one like it is there already: then False."""
    return _insert(row, once=True)


def at_hand(row: models.Model, name: str, found: Iterable[models.Model]) -> None:
    """What `row.name.all()` will answer without asking, as after a prefetch."""
    rows = getattr(row, name).get_queryset()
    rows._result_cache, rows._prefetch_done = list(found), True
    vars(row).setdefault("_prefetched_objects_cache", {})[name] = rows


def _insert(row: models.Model, *, once: bool) -> bool:
    connection = connections[DEFAULT_DB_ALIAS]
    insertion = _kept(connection, (type(row), once), lambda: Insertion(row, once=once))
    return insertion.carry_out(connection, row)


def _kept(connection: Any, key: Any, compose: Callable[[], Found]) -> Found:
    """Kept with the connection, and gone with it: SQL is of one database, and a compiler of one
    thread."""
    kept = vars(connection).setdefault("kept_ready", {})
    if key not in kept:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        kept[key] = compose()
    return kept[key]  # type: ignore[no-any-return]


def _carried_out(connection: Any, sql: str, values: Sequence[Any]) -> Any:
    """The cursor, to be closed. What goes wrong spoils the transaction it is in, as with Django."""
    cursor = _cursor(connection)
    try:
        cursor.execute(sql, values)
    except Exception as trouble:
        cursor.close()
        if connection.in_atomic_block:
            connection.needs_rollback, connection.rollback_exc = True, trouble
        raise
    return cursor


def _cursor(connection: Any) -> Any:
    """On PostgreSQL one whose statements the server keeps ready too; Django's own sends each anew.
    A pooler that cannot have that is told of in the address of the database."""
    if connection.vendor != "postgresql":
        return connection.cursor()
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    if connection.connection.prepare_threshold is None:
        return connection.cursor()
    from django.db.backends.postgresql import base

    kept: Any = base.ServerBindingCursor
    return connection._prepare_cursor(kept(connection.connection))


def _shape(given: tuple[Any, ...]) -> tuple[Any, ...]:
    """Nothing at all is compared in another way than something, and each value of a tuple stands
    for itself."""
    return tuple(len(each) if type(each) is tuple else each is None for each in given)


def _gaps(given: tuple[Any, ...]) -> list[Any]:
    place, gaps = 0, []
    for each in given:
        many = each if type(each) is tuple else [each]
        made = [Gap(number) for number, _ in enumerate(many, start=place)]
        place += len(made)
        gaps.append(made if type(each) is tuple else None if each is None else made[0])
    return gaps


def _flat(given: tuple[Any, ...], connection: Any) -> list[Any]:
    flat: list[Any] = []
    for each in given:
        flat.extend(each if type(each) is tuple else [each])
    return [_adapted(value, connection) for value in flat]


def _adapted(value: Any, connection: Any) -> Any:
    if type(value) in PLAIN:
        return value
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, str):  # one of a list of choices
        return str(value)
    raise TypeError(f"{value!r} is no plain value")
