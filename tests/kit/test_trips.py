"""Statements go to PostgreSQL together, and what comes back is what a cursor would have said."""

from datetime import UTC, datetime
from threading import Thread
from time import sleep

import pytest
from django.db import connection
from psycopg import connect
from psycopg.errors import DataError, OperationalError, UndefinedTable, UniqueViolation

from amends.kit import trips
from amends.kit.ready import answer_to
from amends.kit.trips import Road

pytestmark = [
    pytest.mark.engines,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="a way to PostgreSQL"),
]
MADE = "CREATE TEMPORARY TABLE jar (number integer PRIMARY KEY, label text)"
FILLED = "INSERT INTO jar VALUES (%s, %s)"
LABELS = "SELECT label FROM jar ORDER BY number"


@pytest.fixture
def road():
    connection.close()
    connection.ensure_connection()
    road = Road(connection.connection)
    road.trip([(MADE, ())])
    yield road
    connection.close()


def asked(road, *statements):
    return road.answer(road.trip(statements)[-1])


def filled(road):
    return [label for (label,) in asked(road, (LABELS, ())).rows]


def kept_ready():
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_prepared_statements WHERE name LIKE 'amends%'")
        return {name for (name,) in cursor.fetchall()}


def test_the_last_one_s_answer_is_the_answer(road):
    answer = asked(road, (FILLED, [1, "plum"]), (FILLED, [2, "damson"]), (LABELS, ()))
    assert answer.fetchall() == [("plum",), ("damson",)]
    assert asked(road, ("UPDATE jar SET label = %s", ["quince"])).rowcount == 2


def test_each_has_an_answer(road):
    for _ in "made ready", "kept ready":
        came = road.trip([("SELECT 1", ()), (LABELS, ()), ("SELECT 3", ())])
        assert [road.answer(one).rows for one in came] == [[(1,)], [], [(3,)]]


def test_values_come_back_as_they_went(road):
    at = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    sent = [None, True, 7, 5_000_000_000, "50 %", at, b"\x00\xff"]
    question = "SELECT %s::text, %s, %s, %s, %s || '%%', %s::timestamptz, %s::bytea"
    (came,) = asked(road, (question, sent)).rows
    assert list(came) == [None, True, 7, 5_000_000_000, "50 %%", at, b"\x00\xff"]


def test_after_one_that_fails_none_is_carried_out(road):
    road.trip([(FILLED, [1, "plum"])])
    with pytest.raises(UniqueViolation):
        road.trip([(FILLED, [2, "damson"]), (FILLED, [1, "plum"]), (FILLED, [3, "quince"])])
    assert filled(road) == ["plum"]


def test_a_trip_may_begin_long_before_its_end(road):
    road.leave([(FILLED, [1, "plum"]), ("SELECT 'a'", ())])
    road.leave([(FILLED, [2, "damson"])])
    came = road.trip([(LABELS, ())])
    assert [road.answer(one).rows for one in came] == [[], [("a",)], [], [("plum",), ("damson",)]]


def test_what_left_is_done_whether_we_ask_or_not(road):
    """Told at the end of the trip to the server, which keeps it though we die."""
    asked(road, ("CREATE TABLE larder (label text)", ()))
    try:
        assert road.leave([("INSERT INTO larder VALUES ('plum')", ())], at_end=True)
        with connect(**connection.get_connection_params()) as other:
            other.autocommit = True
            while not other.execute("SELECT label FROM larder").fetchall():
                sleep(0.01)
    finally:
        road.back()
        asked(road, ("DROP TABLE larder", ()))


def test_something_else_is_done_meanwhile(road):
    def meanwhile():
        done.append(road.under_way)
        raise KeyError

    done = []
    with pytest.raises(KeyError):
        road.trip([(FILLED, [1, "plum"])], meanwhile=meanwhile)
    assert done == [[2]]
    assert filled(road) == ["plum"]


def test_what_is_more_than_the_way_takes_is_not_left_alone(road):
    done = []
    road.trip([(FILLED, [1, "marmalade " * 4_000_000])], meanwhile=lambda: done.append(1))
    assert done == []


def test_whoever_turns_round_does_not_care_what_came_of_it(road):
    road.leave([(FILLED, [1, "plum"]), (FILLED, [1, "damson"])])
    road.turn_round()
    road.leave([("SELECT 1 FROM cupboard", ())])
    road.turn_round()
    assert filled(road) == []


def test_what_cannot_be_said_at_all_is_not_sent(road):
    with pytest.raises(DataError):
        road.trip([(FILLED, [1, "plum"]), (FILLED, [2, "a\0b"])])
    with pytest.raises(UndefinedTable):
        road.trip([(FILLED, [1, "plum"]), ("SELECT 1 FROM cupboard", ())])
    assert filled(road) == []


def test_much_more_than_the_way_takes_at_once_gets_there(road):
    words = "marmalade " * 400_000
    road.trip([(FILLED, [number, words]) for number in range(3)])
    assert filled(road) == [words] * 3


def test_the_transaction_begins_with_the_first_statement(road):
    connection.set_autocommit(False)
    road.trip([(FILLED, [1, "plum"])])
    connection.rollback()
    connection.set_autocommit(True)
    assert filled(road) == []


def test_the_server_keeps_only_so_many_ready(road, monkeypatch):
    monkeypatch.setattr(trips, "MOST_KEPT", 5)
    for number in range(20):
        assert asked(road, (f"SELECT {number}", ())).rows == [(number,)]
    assert len(kept_ready()) == 6
    assert kept_ready() == {name.decode() for name in road.kept.values()}


def test_behind_a_pooler_nothing_is_kept(road):
    connection.connection.prepare_threshold = None
    before = kept_ready()
    road.trip([(FILLED, [1, "plum"])])
    assert filled(road) == ["plum"]
    assert kept_ready() == before


def test_others_go_on_while_one_waits_for_the_server(road):
    turns = []

    def others():
        for _ in range(10):
            sleep(0.005)
            turns.append(1)

    thread = Thread(target=others)
    thread.start()
    road.trip([("SELECT 1 FROM pg_sleep(0.2)", ())])
    assert len(turns) == 10
    thread.join()


def test_a_server_that_went_away_is_said_and_found_again(road):
    with pytest.raises(OperationalError):
        road.trip([("SELECT pg_terminate_backend(pg_backend_pid())", ()), ("SELECT 1", ())])
    connection.close()
    assert answer_to("SELECT 1") == [(1,)]
