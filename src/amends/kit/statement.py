"""One statement whose SQL is known, carried out without what Django does around each of its own; and on
PostgreSQL several in one trip, for there it is the way to the server and back that costs."""

from __future__ import annotations

import re
from contextlib import contextmanager
from operator import attrgetter, methodcaller
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, Field

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Unsent = list[tuple[str, Sequence[Any]]]

Found = TypeVar("Found")
ALL_ROWS: Callable[[Any], list[Any]] = methodcaller("fetchall")
GAP = re.compile("%([s%])")
HOW_MANY: Callable[[Any], int] = attrgetter("rowcount")


class Gap(Expression):
    """Where a value will stand."""

    def __init__(self, place: int) -> None:
        super().__init__(output_field=Field())
        self.place = place

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]


class Statement(Generic[Found]):
    """SQL, what stands in it (values, and gaps for those that are given each time), and what is
    taken from the cursor when it has been carried out."""

    def __init__(
        self, sql: str, values: Iterable[Any] = (), *, take: Callable[[Any], Found]
    ) -> None:
        connection = connections[DEFAULT_DB_ALIAS]
        self.sql, self.values, self.take = sql, tuple(values), take
        if connection.vendor == "postgresql":
            self.sql, self.values = _with_what_stays(self.sql, self.values, connection)
        with connection.cursor() as cursor:
            # Django's cursor for SQLite spells the gaps anew each time.
            spell = getattr(cursor, "convert_query", str)
            self.spelt: str = spell(self.sql)

    def filled(self, given: list[Any]) -> list[Any]:
        return [given[value.place] if type(value) is Gap else value for value in self.values]

    def carry_out(self, connection: Any, values: Sequence[Any]) -> Found:
        """What goes wrong spoils the transaction it is in, as with Django."""
        try:
            if _is_watched(connection):
                with connection.cursor() as cursor:
                    cursor.execute(self.sql, values)
                    return self.take(cursor)
            connection.validate_no_broken_transaction()
            with connection.wrap_database_errors:
                return self.take(self._answer(connection, values))
        except Exception as trouble:
            if connection.in_atomic_block:
                connection.needs_rollback, connection.rollback_exc = True, trouble
            raise

    def _answer(self, connection: Any, values: Sequence[Any]) -> Any:
        if connection.vendor == "postgresql":
            return _send(connection, (self.spelt, values))
        cursor = _cursor(connection)
        cursor.execute(self.spelt, values)
        return cursor

    def say(self, connection: Any, values: Sequence[Any]) -> None:
        """Nobody asks what came of it."""
        unsent = _unsent(connection)
        if unsent is None or _is_watched(connection):
            self.carry_out(connection, values)
        else:
            unsent.append((self.spelt, values))


def _with_what_stays(
    sql: str, values: tuple[Any, ...], connection: Any
) -> tuple[str, tuple[Any, ...]]:
    """Values that are the same each time stand in the words themselves. PostgreSQL plans without
    knowing what comes later, and takes an index over a part of the rows only where it sees that
    the question stays within."""
    if not values:
        return sql, values
    each = iter(values)

    def stand_in(gap: re.Match[str]) -> str:
        if gap[1] == "%" or type(value := next(each)) is Gap:
            return gap[0]
        said: str = connection.ops.compose_sql("%s", [value])
        return said.replace("%", "%%")

    return GAP.sub(stand_in, sql), tuple(value for value in values if type(value) is Gap)


@contextmanager
def in_few_trips() -> Iterator[None]:
    """Inside a transaction: on PostgreSQL, what nobody asks the answer of leaves with the next
    question, all in one trip. The order stays, and what cannot be carried out spoils the
    transaction, only later."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "postgresql" or _unsent(connection) is not None:
        yield
        return
    connection.unsent = []  # type: ignore[attr-defined]
    try:
        with connection.execute_wrapper(_after_ours):
            yield
            _send(connection)
    finally:
        del connection.unsent  # type: ignore[attr-defined]


def _unsent(connection: Any) -> Unsent | None:
    """What was said and not sent yet; None where each statement is sent by itself."""
    unsent: Unsent | None = vars(connection).get("unsent")
    return unsent


def _is_watched(connection: Any) -> bool:
    """Whether somebody looks on, who must see every statement by itself."""
    ours = _unsent(connection) is not None
    return bool(connection.queries_logged) or len(connection.execute_wrappers) > ours


def _send(connection: Any, *questions: tuple[str, Sequence[Any]]) -> Any:
    """The unsent, and the question behind it. What knows the answer."""
    unsent = _unsent(connection) or []
    statements = [*unsent, *questions]
    unsent.clear()
    with connection.wrap_database_errors:
        return _road(connection).trip(statements) if statements else None


def _after_ours(execute: Any, sql: str, values: Any, many: bool, context: Any) -> Any:
    """What Django says by itself comes after what was said before it. Where it takes something
    back, whatever is unsent was said since and is taken back too."""
    connection = context["connection"]
    if sql.startswith("ROLLBACK"):
        connection.unsent.clear()
    else:
        _send(connection)
    return execute(sql, values, many, context)


def _cursor(connection: Any) -> Any:
    """One for all of them, without the care that Django takes of each of its own."""
    kept = vars(connection).get("cursor_kept")
    if connection.in_atomic_block and kept and kept.connection is connection.connection:
        return kept
    _open(connection)
    connection.cursor_kept = connection.connection.cursor()
    return connection.cursor_kept


def _road(connection: Any) -> Any:
    kept = vars(connection).get("road_kept")
    if not (connection.in_atomic_block and kept):
        _open(connection)
    if kept is None or kept.opened is not connection.connection:
        from amends.kit.trips import Road

        kept = connection.road_kept = Road(connection.connection)
    return kept


def _open(connection: Any) -> None:
    connection.validate_thread_sharing()
    connection.close_if_health_check_failed()
    connection.ensure_connection()
