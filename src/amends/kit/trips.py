"""Several statements in one trip to PostgreSQL and back, by the pipeline of libpq itself: what a cursor
does around each of them takes longer than the server needs for them (docs/decisions/0029)."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import OperationalError, error_from_result
from psycopg.generators import fetch_many, send
from psycopg.pq import ExecStatus, TransactionStatus

from amends.kit.statement import GAP

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from psycopg import Connection
    from psycopg.pq.abc import PGresult
    from psycopg.waiting import Ready, Wait

    from amends.kit.statement import Meanwhile

    Statements = Sequence[tuple[str, Sequence[Any]]]
    Kept = dict[tuple[bytes, tuple[int, ...]], bytes]
    Back = Generator[Wait, Ready | int, list[PGresult]]

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
        # Of the statements under way: how many results come of each, and how many came before those given us.
        self.under_way: list[int] = []
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
        yield from send(server)
        results = []
        for parts in self.under_way:
            came: list[PGresult] = []
            for _ in range(parts):
                came += yield from fetch_many(server)
            if len(came) < parts:
                raise OperationalError("the database does not answer any more")
            went_wrong = (result for result in came if result.status not in WENT_WELL)
            results.append(next(went_wrong, came[-1]))
        yield from fetch_many(server)  # that of the end
        server.exit_pipeline_mode()
        self.under_way = []
        return results

    def _send(self, said: Said) -> int:
        """How many results will come: of a new one also that it was made ready."""
        if self.opened.prepare_threshold is None or said.sql.startswith(b"DEALLOCATE"):
            self.server.send_query_params(said.sql, said.values, said.types, said.formats)
            return 1
        key = said.sql, said.types
        name = self.kept.get(key) or self.fresh.get(key)
        if is_new := name is None:
            name = self.fresh[key] = b"amends_%d" % next(NUMBERS)
            self.server.send_prepare(name, said.sql, said.types)
        self.server.send_query_prepared(name, said.values, said.formats)
        return 2 if is_new else 1


@lru_cache(maxsize=1_000)
def _numbered(sql: str) -> bytes:
    """Libpq counts its gaps."""
    numbers = count(1)
    return GAP.sub(lambda gap: f"${next(numbers)}" if gap[1] == "s" else "%", sql).encode()
