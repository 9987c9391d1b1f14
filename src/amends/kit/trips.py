"""Several statements in one trip to PostgreSQL and back, by the pipeline of libpq itself: what a cursor
does around each of them takes longer than the server needs for them (docs/decisions/0029)."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import OperationalError, error_from_result
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.waiting import Ready, Wait

from amends.kit.statement import GAP

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from psycopg import Connection
    from psycopg.pq.abc import PGresult

    from amends.kit.statement import Meanwhile

    Statements = Sequence[tuple[str, Sequence[Any]]]
    Kept = dict[tuple[bytes, tuple[int, ...]], bytes]
    Back = Generator[Wait, Ready | int, list[PGresult]]
    Result = Generator[Wait, Ready | int, PGresult]

MOST_KEPT = 100  # statements that the server keeps ready, of one connection
NUMBERS = count(1)
WENT_WELL = frozenset({ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK})


class Answer(NamedTuple):
    """What a statement led to, asked as a cursor would be."""

    rows: list[tuple[Any, ...]]
    rowcount: int

    def fetchall(self) -> list[tuple[Any, ...]]:
        return self.rows


class Said(NamedTuple):
    """A statement as libpq takes it."""

    sql: bytes
    values: Sequence[Any]
    types: tuple[int, ...]
    formats: Sequence[Any]


class Road:
    """The way of one connection to its server, which keeps statements ready by names of ours: one for
    each kind of values that a statement was given. A pooler that cannot have that is told of in the
    address of the database."""

    def __init__(self, opened: Connection[Any]) -> None:
        self.opened, self.server = opened, opened.pgconn
        self.adapted = Transformer(opened)
        self.kept: Kept = {}
        # Of the statements under way: whether each was new, and those before the first of ours.
        self.under_way: list[bool] = []
        self.fresh: Kept = {}
        self.of_ours = 0

    def leave(self, statements: Statements, *, at_end: bool = False) -> bool:
        """Let them go: the server carries them out while we do other things, one after the other,
        and after one that cannot be carried out none. Where the trip is at its end, what was done
        outside of a transaction is done for good. Whether all of it is out of our hands."""
        sayings = [self._said(sql, values) for sql, values in statements]
        with self.opened.lock:
            if not self.under_way:
                self._set_out()
            self.under_way += map(self._send, sayings)
            if at_end:
                self.server.pipeline_sync()
            return self.server.flush() == 0

    def trip(self, statements: Statements, *, meanwhile: Meanwhile = None) -> list[PGresult]:
        is_out_of_our_hands = self.leave(statements, at_end=True)
        try:
            if meanwhile is not None and is_out_of_our_hands:
                meanwhile()
        finally:
            results = self.back()
        return results

    def back(self) -> list[PGresult]:
        """What came of each since the trip began."""
        results = self._results()
        for result in results:
            if result.status not in WENT_WELL:
                raise error_from_result(result)
        self.kept.update(self.fresh)
        return results[self.of_ours :]

    def turn_round(self) -> None:
        """Whatever came of it. A server that is gone has nothing to say."""
        with suppress(OperationalError):
            self.leave((), at_end=True)
            self._results()

    def answer(self, result: PGresult) -> Answer:
        self.adapted.set_pgresult(result)
        rows = self.adapted.load_rows(0, result.ntuples, tuple)
        return Answer(rows, result.command_tuples or 0)

    def _set_out(self) -> None:
        first = []
        while len(self.kept) > MOST_KEPT:
            oldest = self.kept.pop(next(iter(self.kept)))
            first.append(f"DEALLOCATE {oldest.decode()}")
        if not self.opened.autocommit and self.server.transaction_status == TransactionStatus.IDLE:
            first.append("BEGIN")
        self.server.enter_pipeline_mode()
        self.fresh = {}
        self.under_way = [self._send(self._said(sql, ())) for sql in first]
        self.of_ours = len(first)

    def _said(self, sql: str, values: Sequence[Any]) -> Said:
        if not values:
            return Said(_numbered(sql), (), (), ())
        given = self.adapted.dump_sequence(values, [PyFormat.AUTO] * len(values))
        return Said(_numbered(sql), given, self.adapted.types or (), self.adapted.formats or ())

    def _results(self) -> list[PGresult]:
        with self.opened.lock:
            return self.opened.wait(self._back())

    def _back(self) -> Back:
        """As psycopg has its ways: whatever is waited for is yielded."""
        server = self.server
        while server.flush():
            if (yield Wait.RW) & Ready.R:
                server.consume_input()
        results = []
        for was_new in self.under_way:
            first = yield from self._result()
            second = (yield from self._result()) if was_new else first
            results.append(second if first.status in WENT_WELL else first)
        yield from self._result()  # that of the end
        server.exit_pipeline_mode()
        self.under_way = []
        return results

    def _send(self, said: Said) -> bool:
        """Whether it had to be made ready first, of which a result comes too."""
        if self.opened.prepare_threshold is None or said.sql.startswith(b"DEALLOCATE"):
            self.server.send_query_params(said.sql, said.values, said.types, said.formats)
            return False
        key = said.sql, said.types
        name = self.kept.get(key) or self.fresh.get(key)
        if is_new := name is None:
            name = self.fresh[key] = b"amends_%d" % next(NUMBERS)
            self.server.send_prepare(name, said.sql, said.types)
        self.server.send_query_prepared(name, said.values, said.formats)
        return is_new

    def _result(self) -> Result:
        """Between the results of two statements there is nothing, once."""
        for _ in range(2):
            while self.server.is_busy():
                yield Wait.R
                self.server.consume_input()
            if (result := self.server.get_result()) is not None:
                return result
        raise OperationalError("the database does not answer any more")


@lru_cache(maxsize=1_000)
def _numbered(sql: str) -> bytes:
    """Libpq counts its gaps."""
    numbers = count(1)
    return GAP.sub(lambda gap: f"${next(numbers)}" if gap[1] == "s" else "%", sql).encode()
