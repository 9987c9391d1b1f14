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
    # What may be done while the database is at work, without it. It need not be called at all.
    Meanwhile = Callable[[], object] | None

Found = TypeVar("Found")
ALL_ROWS: Callable[[Any], list[Any]] = methodcaller("fetchall")
A_FEW = 4  # statements that leave together
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

    def carry_out(
        self, connection: Any, values: Sequence[Any], *, meanwhile: Meanwhile = None
    ) -> Found:
        """What goes wrong spoils the transaction it is in, as with Django."""
        with _spoilt_by_trouble(connection):
            if _is_watched(connection):
                with connection.cursor() as cursor:
                    cursor.execute(self.sql, values)
                    return self.take(cursor)
            connection.validate_no_broken_transaction()
            with connection.wrap_database_errors:
                return self.take(self._answer(connection, values, meanwhile))

    def _answer(self, connection: Any, values: Sequence[Any], meanwhile: Meanwhile) -> Any:
        if connection.vendor == "postgresql":
            said = self.spelt, values
            seen = _seen_ahead(connection, said)
            return seen or _send(connection, said, meanwhile=meanwhile)
        cursor = _cursor(connection)
        cursor.execute(self.spelt, values)
        return cursor

    def say(self, connection: Any, values: Sequence[Any]) -> None:
        """Nobody asks what came of it."""
        way = on_the_way(connection)
        if way is None or _is_watched(connection):
            self.carry_out(connection, values)
        else:
            way.say(connection, (self.spelt, values))

    def ahead(self, connection: Any, values: Sequence[Any]) -> bool:
        """It goes with the next question, and its answer is at hand when the same is asked: once.
        Not where each statement is sent by itself."""
        way = on_the_way(connection)
        if way is None or _is_watched(connection):
            return False
        if (key := (self.spelt, tuple(values))) not in way.ahead:
            way.ahead[key] = way.say(connection, (self.spelt, values))
        return True


class OnTheWay:
    """What was said and not answered yet, and the answers that came before they were asked for."""

    def __init__(self) -> None:
        self.unsent: list[Said] = []
        self.said = 0
        # Each with its answer; before it came, with its place among what was said.
        self.ahead: dict[tuple[str, tuple[Any, ...]], Any] = {}
        self.reserved: Any = None  # numbers for rows to come, see kit/ready.py
        self.holds: set[tuple[Any, ...]] = set()  # what need not be said again

    def say(self, connection: Any, said: Said) -> int:
        """Its place. A few leave together, so that the server is at work while we think of more."""
        self.unsent.append(said)
        self.said += 1
        if len(self.unsent) >= A_FEW:
            with _spoilt_by_trouble(connection), connection.wrap_database_errors:
                _road(connection).leave(self._all_unsent())
        return self.said - 1

    def ask(
        self, connection: Any, questions: Sequence[Said], *, meanwhile: Meanwhile = None
    ) -> Any:
        """Those that were not sent, and the questions behind them. What knows the last answer."""
        road = _road(connection)
        if not (questions or self.unsent or road.under_way):
            return None
        self.said = 0
        results = road.trip([*self._all_unsent(), *questions], meanwhile=meanwhile)
        for key, place in self.ahead.items():
            if type(place) is int:
                self.ahead[key] = road.answer(results[place])
        return road.answer(results[-1])

    def taken_back(self, connection: Any) -> None:
        """Nobody asks any more what came of it."""
        if (road := _road(connection)).under_way:
            road.turn_round()
        self.unsent.clear()
        self.said = 0
        self.ahead.clear()
        self.holds.clear()
        self.reserved = None

    def _all_unsent(self) -> list[Said]:
        unsent, self.unsent = self.unsent, []
        return unsent


@contextmanager
def _spoilt_by_trouble(connection: Any) -> Iterator[None]:
    try:
        yield
    except Exception as trouble:
        if connection.in_atomic_block:
            connection.needs_rollback, connection.rollback_exc = True, trouble
        raise


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
    way = connection.on_the_way = OnTheWay()  # type: ignore[attr-defined]
    try:
        with connection.execute_wrapper(_after_ours):
            yield
            if not connection.needs_rollback:
                _send(connection, *(COMMIT if to_the_end and _is_outermost(connection) else ()))
    finally:
        way.taken_back(connection)
        del connection.on_the_way  # type: ignore[attr-defined]


def _is_outermost(connection: Any) -> bool:
    """Here Django would commit, and finds it done."""
    return bool(connection.commit_on_exit and not connection.savepoint_ids)


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


def _send(connection: Any, *questions: Said, meanwhile: Meanwhile = None) -> Any:
    with connection.wrap_database_errors:
        way = on_the_way(connection) or OnTheWay()
        return way.ask(connection, questions, meanwhile=meanwhile)


def _after_ours(execute: Any, sql: str, values: Any, many: bool, context: Any) -> Any:
    """What Django says by itself comes after what was said before it. Where it takes something
    back, whatever is unsent was said since and is taken back too."""
    connection = context["connection"]
    if sql.startswith("ROLLBACK"):
        connection.on_the_way.taken_back(connection)
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
