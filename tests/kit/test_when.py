"""Moments are written the way people say them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.kit import when

NOW = datetime(2026, 5, 13, 14, 30, tzinfo=UTC)  # a Wednesday


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2026, 5, 13), "today"),
        (date(2026, 5, 14), "tomorrow"),
        (date(2026, 5, 12), "yesterday"),
        (date(2026, 5, 16), "Saturday"),
        (date(2026, 5, 9), "last Saturday"),
        (date(2026, 5, 20), "20 May"),
        (date(2025, 12, 3), "3 December 2025"),
    ],
)
def test_a_day_is_named_as_people_name_it(on, words):
    assert when.day(on, today=NOW.date()) == words


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (NOW + timedelta(hours=2), "by 16:30 today"),
        (NOW + timedelta(days=1), "by 14:30 tomorrow"),
        (NOW + timedelta(days=30), "by 14:30 on 12 June"),
        (NOW - timedelta(hours=5, minutes=25), "was due 9:05 today"),
        (NOW, "was due 14:30 today"),
    ],
)
def test_what_is_due_says_by_when(at, words):
    assert when.due(at, now=NOW) == words


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (NOW, "just now"),
        (NOW - timedelta(minutes=1), "1 minute ago"),
        (NOW - timedelta(minutes=59), "59 minutes ago"),
        (NOW - timedelta(hours=3, minutes=50), "3 hours ago"),
        (NOW - timedelta(hours=20), "yesterday"),
        (NOW - timedelta(days=3), "last Sunday"),
        (NOW + timedelta(seconds=20), "in a moment"),
        (NOW + timedelta(minutes=12), "in 12 minutes"),
    ],
)
def test_what_has_been_says_how_long_ago(at, words):
    assert when.ago(at, now=NOW) == words


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=9999)))
def test_a_length_is_never_zero_of_a_large_unit(span):
    count, unit = when.length(span).split()
    assert int(count) > 0 or unit == "minutes"
    assert (count == "1") == (not unit.endswith("s"))
