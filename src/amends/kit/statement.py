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

    Said = tuple[str, Sequence[Any]]

Found = TypeVar("Found")
ALL_ROWS: Callable[[Any], list[Any]] = methodcaller("fetchall")
COMMIT: Sequence[Said] = (("COMMIT", ()),)
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
            said = self.spelt, values
            return _seen_ahead(connection, said) or _send(connection, said)
        cursor = _cursor(connection)
        cursor.execute(self.spelt, values)
        return cursor

    def say(self, connection: Any, values: Sequence[Any]) -> None:
        """Nobody asks what came of it."""
        way = on_the_way(connection)
        if way is None or _is_watched(connection):
            self.carry_out(connection, values)
        else:
            way.unsent.append((self.spelt, values))

    def ahead(self, connection: Any, values: Sequence[Any]) -> bool:
        """It goes with the next question, and its answer is at hand when the same is asked: once.
        Not where each statement is sent by itself."""
        way = on_the_way(connection)
        if way is None or _is_watched(connection):
            return False
        way.ahead[self.spelt, tuple(values)] = len(way.unsent)
        way.unsent.append((self.spelt, values))
        return True


class OnTheWay:
    """What was said and not sent yet, and the answers that came before they were asked for."""

    def __init__(self) -> None:
        self.unsent: list[Said] = []
        # Each with its answer; before it is sent, with its place among the unsent.
        self.ahead: dict[tuple[str, tuple[Any, ...]], Any] = {}
        self.reserved: Any = None  # numbers for rows to come, see kit/ready.py

    def taken_back(self) -> None:
        self.unsent.clear()
        self.ahead.clear()
        self.reserved = None


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
def in_few_trips(*, to_the_end: bool = False) -> Iterator[None]:
    """Inside a transaction: on PostgreSQL, what nobody asks the answer of leaves with the next
    question, all in one trip. The order stays, and what cannot be carried out spoils the
    transaction, only later. Where it goes `to_the_end` of the transaction, so does the commit."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "postgresql" or on_the_way(connection) is not None:
        yield
        return
    connection.on_the_way = OnTheWay()  # type: ignore[attr-defined]
    try:
        with connection.execute_wrapper(_after_ours):
            yield
            _send(connection, *(COMMIT if to_the_end and _would_commit(connection) else ()))
    finally:
        del connection.on_the_way  # type: ignore[attr-defined]


def _would_commit(connection: Any) -> bool:
    """Django itself finds it done."""
    is_outermost = connection.commit_on_exit and not connection.savepoint_ids
    return is_outermost and not connection.needs_rollback


def on_the_way(connection: Any) -> OnTheWay | None:
    """None where each statement is sent by itself."""
    way: OnTheWay | None = vars(connection).get("on_the_way")
    return way


def _is_watched(connection: Any) -> bool:
    """Whether somebody looks on, who must see every statement by itself."""
    ours = on_the_way(connection) is not None
    return bool(connection.queries_logged) or len(connection.execute_wrappers) > ours


def _seen_ahead(connection: Any, said: Said) -> Any:
    """The answer, if it was asked for already."""
    way = on_the_way(connection)
    if way is None or not way.ahead or (key := (said[0], tuple(said[1]))) not in way.ahead:
        return None
    if type(way.ahead[key]) is int:
        _send(connection)
    return way.ahead.pop(key)


def _send(connection: Any, *questions: Said) -> Any:
    """The unsent, and the question behind it. What knows the answer."""
    way = on_the_way(connection) or OnTheWay()
    statements = [*way.unsent, *questions]
    way.unsent.clear()
    if not statements:
        return None
    with connection.wrap_database_errors:
        road = _road(connection)
        results = road.trip(statements)
        for key, place in way.ahead.items():
            if type(place) is int:
                way.ahead[key] = road.answer(results[place])
        return road.answer(results[-1])


def _after_ours(execute: Any, sql: str, values: Any, many: bool, context: Any) -> Any:
    """What Django says by itself comes after what was said before it. Where it takes something
    back, whatever is unsent was said since and is taken back too."""
    connection = context["connection"]
    if sql.startswith("ROLLBACK"):
        connection.on_the_way.taken_back()
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
