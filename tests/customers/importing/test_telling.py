"""What rows say, and which of them say nothing that can be taken."""

from datetime import UTC, datetime

import pytest

from amends.customers.importing.cells import look
from amends.customers.importing.columns import Kind, guess
from amends.customers.importing.telling import Where, tell
from amends.kit.tables import opened

AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
HERE = Where("", 1, "Europe/London", "GBP")


@pytest.fixture
def told(written):
    def of(kind, what, *lines, places=(HERE,)):
        with opened(written(*lines)) as table:
            columns = guess(Kind(kind), table.columns)
            tell(table, columns, look(table, columns), places=list(places), at=AT)
            refused = [why for (why,) in table.ask("SELECT trouble FROM refused ORDER BY row")]
            return table.ask(f"SELECT {what} FROM told ORDER BY row"), refused

    return of


def test_of_rows_with_one_number_the_last_one_counts(told):
    lines = ("id,customer,date,total", "A-1,C,2026-05-01,1", "A-1,C,2026-05-01,2")
    assert told("orders", "amount::DOUBLE", *lines) == ([(2.0,)], [])


def test_an_order_of_which_a_row_cannot_be_read_is_held_back_whole(told):
    lines = (
        "id,customer,date,qty,price",
        "A-1,C,2026-05-01,1,2",
        "A-1,C,soon,1,2",
        "A-2,C,2026-05-01,2,2",
    )
    found, refused = told("orders", "outside_id, amount::DOUBLE", *lines)
    assert found == [("A-2", 4.0)]
    assert "“soon” (ordered_at) is no day or moment that can be read." in refused
    assert "Another row of this order cannot be read." in refused


@pytest.mark.parametrize(
    ("status", "cancelled", "refunded", "short"),
    [
        ("Cancelled", datetime(2026, 6, 1, 9), None, None),
        ("unavailable", datetime(2026, 6, 1, 9), None, None),
        ("refunded", None, 20.0, None),
        ("partial", None, None, True),
        ("shipped", None, None, None),
    ],
)
def test_a_status_says_what_became_of_an_order(told, status, cancelled, refunded, short):
    lines = ("id,customer,date,total,status", f"A-1,C,2026-05-20,20,{status}")
    found, _ = told("orders", "cancelled_at, refunded::DOUBLE, short", *lines)
    assert found == [(cancelled, refunded, short)]


def test_a_cancellation_long_ago_is_no_news(told):
    lines = ("id,customer,date,status", "A-1,C,2017-05-20 12:00,canceled")
    assert told("orders", "cancelled_at, recent", *lines)[0] == [(datetime(2017, 5, 20, 11), False)]


def test_what_happened_just_now_is_news(told):
    lines = ("id,customer,date", "A-1,C,2026-06-01 09:00", "A-2,C,2026-05-20")
    assert told("orders", "recent", *lines)[0] == [(True,), (False,)]


def test_less_than_nothing_is_money_given_back(told):
    lines = ("id,customer,date,total", "A-1,C,2026-05-20,-20", "A-2,C,2026-05-20,1e12")
    found, refused = told("orders", "amount::DOUBLE, refunded::DOUBLE", *lines)
    assert found == [(0.0, 20.0)]
    assert refused == ["“1e12” (amount) is too large."]


def test_what_is_no_address_is_none(told):
    lines = ("id,customer,email,phone,date", "A-1,C,nobody,12,2026-05-20", "A-2,,a@b,none,2026-05-20",
             "A-3,,nobody,,2026-05-20")  # fmt: skip
    found, refused = told("orders", "cid, email, phone", *lines)
    assert found == [("C", "", ""), ("", "a@b", "")]
    assert len(refused) == 1


def test_the_best_score_is_seen_from_all(told):
    lines = ("id,customer,date,score", "1,C,2026-05-20,3", "2,C,2026-05-20,9")
    assert told("ratings", "best", *lines)[0] == [(10,), (10,)]


def test_currencies_are_read_from_signs_columns_and_places(told):
    lines = ("id,customer,date,total", "1,C,2026-05-20,3 €", "2,C,2026-05-20,3")
    assert told("orders", "currency", *lines)[0] == [("EUR",), ("GBP",)]
    lines = ("id,customer,date,total,currency", "1,C,2026-05-20,3,usd", "2,C,2026-05-20,3,pounds")
    found, refused = told("orders", "currency", *lines)
    assert found == [("USD",)]
    assert refused == ["“POUNDS” is no currency like GBP."]
