"""Days, moments and money in all the ways in which people write them."""

from datetime import datetime

import pytest

from amends.customers.importing.cells import Reading, flag, look, moment, number, says, sign_of
from amends.customers.importing.columns import Field, Kind, NotUnderstood, guess
from amends.kit.tables import opened, quoted


@pytest.fixture
def read(written):
    """What the cells of a column of orders say."""

    def of(*cells, head="ordered_at", zone="UTC", **more):
        path = written(f"{head}|customer", *(f"{cell}|C" for cell in cells))
        with opened(path) as table:
            columns = guess(Kind.ORDERS, table.columns)
            reading = look(table, columns, **more)
            name = next(name for name in columns.sources if name != Field.CUSTOMER)
            source = columns.sources[name]
            sql = number(reading, source)
            if name == Field.ORDERED_AT:
                sql = moment(reading, name, source, quoted(zone))
            found = [cell for (cell,) in table.ask(f"SELECT {sql} FROM cells ORDER BY rowid")]
            return found, reading

    return of


@pytest.mark.parametrize(
    ("cell", "at"),
    [
        ("2026-05-03", datetime(2026, 5, 3)),
        ("2026-05-03 09:30", datetime(2026, 5, 3, 9, 30)),
        ("2026-05-03T09:30:15.25", datetime(2026, 5, 3, 9, 30, 15, 250000)),
        ("2026-05-03T09:30:00Z", datetime(2026, 5, 3, 9, 30)),
        ("2026-05-03T09:30:00+02:00", datetime(2026, 5, 3, 7, 30)),
        ("3.5.2026", datetime(2026, 5, 3)),
        ("03/05/2026 9:30 PM", datetime(2026, 5, 3, 21, 30)),
        ("3-5-26", datetime(2026, 5, 3)),
        ("3 May 2026", datetime(2026, 5, 3)),
        ("May 3, 2026", datetime(2026, 5, 3)),
        ("20260503", datetime(2026, 5, 3)),
        ("46145", datetime(2026, 5, 3)),
        ("46145.5", datetime(2026, 5, 3, 12)),
        ("1777800600", datetime(2026, 5, 3, 9, 30)),
        ("1777800600000", datetime(2026, 5, 3, 9, 30)),
        ("yesterday", None),
        ("31/31/2026", None),
    ],
)
def test_moments_are_read_in_all_usual_forms(read, cell, at):
    assert read(cell)[0] == [at]


def test_the_whole_column_says_whether_the_month_comes_first(read):
    found, reading = read("12/1/2010 8:26", "12/1/2010 8:28", "12/31/2010 9:00")
    assert found[0] == datetime(2010, 12, 1, 8, 26)
    assert reading.told == ["In dates like 3/5/2026 the month comes first."]
    found, reading = read("12/1/2010", "11/1/2010")
    assert found[0] == datetime(2010, 1, 12)
    assert "That is a guess" in reading.told[0]
    assert read("12/1/2010", days="mdy")[0] == [datetime(2010, 12, 1)]


def test_a_moment_with_a_zone_is_told_in_the_time_of_the_place(read):
    found, _ = read("2026-05-03T23:30:00Z", "2026-05-03 23:30", zone="Europe/Berlin")
    assert found == [datetime(2026, 5, 4, 1, 30), datetime(2026, 5, 3, 23, 30)]


@pytest.mark.parametrize(
    ("cells", "amounts"),
    [
        (["12.50", "1,234.00", "7"], [12.5, 1234, 7]),
        (["12,50 €", "1.234,00", "7"], [12.5, 1234, 7]),
        (["£12.50", "(3.00)", "4.00-", "-5"], [12.5, -3, -4, -5]),
        (["12.50", "free", ""], [12.5, None, None]),
    ],
)
def test_money_is_read_with_a_comma_or_a_point(read, cells, amounts):
    assert read(*cells, head="amount")[0] == amounts


def test_what_is_known_better_can_be_said(read):
    assert read("1.234", head="amount")[0] == [1.234]
    found, reading = read("1.234", head="amount", decimals="comma")
    assert found == [1234]
    assert reading.told == ["Amounts are written with a comma: 1.234,50."]
    with pytest.raises(NotUnderstood, match="dates=dmy"):
        read("1", days="ydm")


def test_words_for_yes_no_and_gone_are_known(written):
    with opened(written("short,status,total", "Ja,Storniert,12 €", "0,paid,9", "?,,")) as table:
        sources = guess(Kind.ORDERS, table.columns).sources
        asked = f"""SELECT {flag(sources[Field.SHORT])}, {says(sources[Field.STATUS], ["storniert"])},
            {sign_of(sources[Field.AMOUNT])} FROM cells ORDER BY rowid"""
        assert table.ask(asked) == [(True, True, "EUR"), (False, False, None), (None, False, None)]
    assert Reading().decimals == "point"
