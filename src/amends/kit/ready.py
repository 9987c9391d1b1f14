"""Questions, changes and new rows whose SQL is composed once and kept: for the few that every message
needs. To compose a statement costs Django far more than to carry it out costs a database."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from functools import update_wrapper
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery, UpdateQuery

from amends.kit.statement import ALL_ROWS, HOW_MANY, Gap, Statement, on_the_way

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from django.db.models import QuerySet

    from amends.kit.statement import Meanwhile

Given = ParamSpec("Given")
Found = TypeVar("Found")
Row = TypeVar("Row", bound=models.Model)
MOST_KEPT = 1_000  # statements of one connection: another length of a tuple makes another statement
PLAIN = frozenset({str, int, bool, float, bytes, type(None)})


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

    def ahead(self, *given: Given.args, **_: Given.kwargs) -> None:
        """Let it go with the next question; who asks the same later in this transaction has the
        answer at once. On PostgreSQL, and for what nobody changes in between."""
        connection = connections[DEFAULT_DB_ALIAS]
        if on_the_way(connection) is not None:
            ask = _kept(connection, (self, _shape(given)), lambda: self._compose(given))
            ask(connection, _flat(given, connection), ahead=True)

    def first(self, *given: Given.args, **named: Given.kwargs) -> Found | None:
        """Of a question that is cut to one row."""
        return next(iter(self(*given, **named)), None)

    def _compose(self, given: tuple[Any, ...]) -> Callable[..., list[Found]]:
        """Django makes the rows of what was fetched as ever; only composing is left out."""
        make: Callable[..., Any] = self.make
        rows = make(*_gaps(given))
        compiler = rows.query.get_compiler(using=DEFAULT_DB_ALIAS)
        try:
            sql, values = compiler.as_sql()
        except EmptyResultSet:  # a question about nothing
            return lambda *_, **__: []
        statement = Statement(sql, values, take=ALL_ROWS)
        converters = compiler.get_converters([column for column, *_ in compiler.select])
        compiler.get_converters = lambda _: converters
        rows.query.get_compiler = lambda *_, **__: compiler

        def ask(connection: Any, given: list[Any], *, ahead: bool = False) -> list[Found]:
            if ahead:
                statement.ahead(connection, statement.filled(given))
                return []
            fetched = statement.carry_out(connection, statement.filled(given))
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
        statement = self._statement(connection, given)
        return statement.carry_out(connection, statement.filled(_flat(given, connection)))

    def say(self, *given: Given.args, **_: Given.kwargs) -> None:
        """The same, where nobody asks how many there were."""
        connection = connections[DEFAULT_DB_ALIAS]
        statement = self._statement(connection, given)
        statement.say(connection, statement.filled(_flat(given, connection)))

    def ahead(self, *given: Given.args, **_: Given.kwargs) -> None:
        """Let it be made with the next question; who makes the same later in this transaction has
        the answer at once. On PostgreSQL."""
        connection = connections[DEFAULT_DB_ALIAS]
        if on_the_way(connection) is not None:
            statement = self._statement(connection, given)
            statement.ahead(connection, statement.filled(_flat(given, connection)))

    def _statement(self, connection: Any, given: tuple[Any, ...]) -> Statement[int]:
        return _kept(connection, (self, _shape(given)), lambda: self._compose(given))

    def _compose(self, given: tuple[Any, ...]) -> Statement[int]:
        make: Callable[..., Any] = self.make
        rows, changes = make(*_gaps(given))
        query = rows.order_by().query.chain(UpdateQuery)
        query.add_update_values(changes)
        compiler = query.get_compiler(using=DEFAULT_DB_ALIAS)
        return Statement(*compiler.as_sql(), take=HOW_MANY)


class Insertion:
    """How the rows of one model are written."""

    def __init__(self, row: models.Model, *, once: bool = False, numbered: bool = False) -> None:
        meta = row._meta
        self.returned = [field.attname for field in meta.db_returning_fields]
        fields = [
            field
            for field in meta.local_concrete_fields
            if not field.generated and (numbered or not field.primary_key)
        ]
        self.columns = [
            (f.attname, isinstance(f, models.DateTimeField), f.get_db_prep_save) for f in fields
        ]
        query = InsertQuery(type(row), on_conflict=OnConflict.IGNORE if once else None)
        query.insert_values(fields, [row])
        compiler: Any = query.get_compiler(using=DEFAULT_DB_ALIAS)
        compiler.returning_fields = meta.db_returning_fields
        ((sql, _),) = compiler.as_sql()
        self.statement = Statement(sql, take=ALL_ROWS)

    def carry_out(self, connection: Any, row: models.Model, *, meanwhile: Meanwhile = None) -> bool:
        values = self._values(row, connection)
        returned = self.statement.carry_out(connection, values, meanwhile=meanwhile)
        if not returned:
            return False
        vars(row).update(zip(self.returned, returned[0], strict=True))
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
        return True

    def say(self, connection: Any, row: models.Model) -> None:
        self.statement.say(connection, self._values(row, connection))

    def _values(self, row: models.Model, connection: Any) -> list[Any]:
        told, moment = vars(row), connection.ops.adapt_datetimefield_value
        return [
            value
            if (kind := type(value := told[name])) in PLAIN
            else moment(value)
            if is_moment and kind is datetime
            else prepared(value, connection)
            for name, is_moment, prepared in self.columns
        ]


def ready(make: Callable[Given, QuerySet[Any, Found]]) -> Question[Given, Found]:
    return Question(make)


def ready_change(make: Callable[Given, tuple[QuerySet[Any], dict[str, Any]]]) -> Change[Given]:
    return Change(make)


def add(row: Row) -> Row:
    """Write a new row and tell it its number: `save(force_insert=True)`, for a model of ours, which
    has no parents and no columns that set themselves."""
    connection = connections[DEFAULT_DB_ALIAS]
    way, kind = on_the_way(connection), type(row)
    if way and way.reserved and (number := way.reserved.take(kind, connection)):
        row.pk = number
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
        insertion = _kept(connection, (kind, "numbered"), lambda: Insertion(row, numbered=True))
        insertion.say(connection, row)
    else:
        _insertion(connection, row, once=False).carry_out(connection, row)
    return row


def add_once(row: models.Model, *, meanwhile: Meanwhile = None) -> bool:
    """The same, unless one like it is there already: then False. On PostgreSQL something else may be
    done `meanwhile`."""
    connection = connections[DEFAULT_DB_ALIAS]
    return _insertion(connection, row, once=True).carry_out(connection, row, meanwhile=meanwhile)


def add_unnumbered(row: models.Model, *, once: bool = False) -> None:
    """The same where nobody asks for its number, nor whether there was one like it."""
    connection = connections[DEFAULT_DB_ALIAS]
    _insertion(connection, row, once=once).say(connection, row)


def answer_to(sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """The rows that a question in SQL of ours leads to, for what Django has no words for."""
    connection = connections[DEFAULT_DB_ALIAS]
    statement = _kept(connection, sql, lambda: Statement(sql, take=ALL_ROWS))
    return statement.carry_out(connection, values)


def say(sql: str, values: Sequence[Any] = ()) -> None:
    """The same where nobody asks for the answer."""
    connection = connections[DEFAULT_DB_ALIAS]
    _kept(connection, (sql,), lambda: Statement(sql, take=HOW_MANY)).say(connection, values)


def say_once(sql: str, values: Sequence[Any] = ()) -> None:
    """The same, where it holds until the transaction ends: said before, it is not said again."""
    way = on_the_way(connections[DEFAULT_DB_ALIAS])
    if way is not None:
        if (said := (sql, *values)) in way.holds:
            return
        way.holds.add(said)
    say(sql, values)


def at_hand(row: models.Model, name: str, found: Iterable[models.Model]) -> None:
    """What `row.name.all()` will answer without asking, as after a prefetch."""
    rows = getattr(row, name).get_queryset()
    rows._result_cache, rows._prefetch_done = list(found), True
    vars(row).setdefault("_prefetched_objects_cache", {})[name] = rows


def reserve(*kinds: type[models.Model]) -> None:
    """Numbers for rows that will be added in this transaction, so that nobody waits for each: they
    come with the next question, unless so many were reserved before. On PostgreSQL; elsewhere
    nothing is waited for."""
    connection = connections[DEFAULT_DB_ALIAS]
    way = on_the_way(connection)
    if way is not None and not (way.reserved and way.reserved.covers(kinds)):
        question = _kept(connection, kinds, lambda: _numbers_for(kinds))
        way.reserved = Reserved(kinds, question) if question.ahead(connection, ()) else None


class Reserved:
    """Numbers of rows that are still to come."""

    def __init__(self, kinds: Sequence[type[models.Model]], question: Statement[Any]) -> None:
        self.kinds, self.question = list(kinds), question
        self.numbers: list[int] = []

    def covers(self, kinds: Sequence[type[models.Model]]) -> bool:
        return Counter(kinds) <= Counter(self.kinds)

    def take(self, kind: type[models.Model], connection: Any) -> int | None:
        if kind not in self.kinds:
            return None
        if not self.numbers:
            ((*self.numbers,),) = self.question.carry_out(connection, ())
        place = self.kinds.index(kind)
        self.kinds.pop(place)
        return self.numbers.pop(place)


def _numbers_for(kinds: Sequence[type[models.Model]]) -> Statement[Any]:
    counters = [
        answer_to(
            "SELECT pg_get_serial_sequence(%s, %s)", [kind._meta.db_table, kind._meta.pk.column]
        )[0][0]
        for kind in kinds
    ]
    question = ", ".join(["nextval(%s)"] * len(kinds))
    return Statement(f"SELECT {question}", counters, take=ALL_ROWS)


def _insertion(connection: Any, row: models.Model, *, once: bool) -> Insertion:
    return _kept(connection, (type(row), once), lambda: Insertion(row, once=once))


def _kept(connection: Any, key: Any, compose: Callable[[], Found]) -> Found:
    """Kept with the connection, and gone with it: SQL is of one database, and a compiler of one
    thread."""
    kept = vars(connection).setdefault("kept_ready", {})
    if key not in kept:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        kept[key] = compose()
    return kept[key]  # type: ignore[no-any-return]


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
