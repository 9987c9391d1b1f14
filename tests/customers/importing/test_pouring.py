"""Many rows into the database at once, on both engines."""

import pytest
from django.db import connection, transaction

from amends.customers.customer import Customer
from amends.customers.importing import pouring
from amends.kit.tables import opened

pytestmark = [pytest.mark.django_db, pytest.mark.engines]
COLUMNS = {"n": "key", "word": "text", "paid": "money", "on": "day", "at": "moment", "is": "yes"}


def test_rows_of_the_engine_arrive_as_they_are(written):
    words = ["plain", 'with "quotes", commas', "", None, "two\nlines", "\\N", "Zoë"]
    with opened(written("a,b", "1,2")) as table, transaction.atomic():
        table.engine.execute(
            """CREATE TABLE made AS SELECT unnest(range(7)) AS n, unnest(?::VARCHAR[]) AS word,
            12.5::DECIMAL(12, 2) AS paid, DATE '2026-05-03' AS on,
            TIMESTAMP '2026-05-03 09:30:00' AS at, true AS "is" """,
            (words,),
        )
        pouring.make("made", COLUMNS)
        pouring.fill("made", COLUMNS, table, "SELECT * FROM made")
        pouring.look_over("made")
        found = pouring.ask("SELECT word FROM made ORDER BY n")
        assert [word for (word,) in found] == words
        ((count,),) = pouring.ask("""SELECT COUNT(*) FROM made WHERE paid = 12.50
            AND "on" = '2026-05-03' AND "at" >= '2026-05-03 09:30:00' AND "is" """)
        assert count == len(words)


def test_free_keys_are_really_free():
    first = Customer.objects.create()
    keys = list(pouring.keys_for("customers_customer", 3))
    assert len(set(keys)) == 3
    assert min(keys) > first.pk


def test_room_is_made_and_given_back():
    if connection.vendor != "sqlite":
        with pouring.swiftly():
            return
    before = pouring.ask("PRAGMA cache_size")
    with pouring.swiftly():
        assert pouring.ask("PRAGMA cache_size") != before
    assert pouring.ask("PRAGMA cache_size") == before


def test_cells_that_differ_are_told_apart_empty_ones_too():
    ((same, other),) = pouring.ask(
        f"SELECT NULL {pouring.unlike()} NULL, NULL {pouring.unlike()} 1"
    )
    assert (bool(same), bool(other)) == (False, True)
