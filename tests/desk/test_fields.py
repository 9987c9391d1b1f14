from datetime import time

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from amends.desk.fields import CurrencyField, WeekForm, ZoneField, read, written

MORNING, TEA = (time(8), time(11)), (time(15), time(17, 30))


@pytest.mark.parametrize(
    "words",
    [
        "8:00–11:00, 15:00–17:30",
        "08:00-11:00; 15.00-17.30",
        "8-11, 15-17:30",
        "8am–11am and 3pm–5:30pm",
        " 8 – 11 ,\n15:00 — 17:30 ",
    ],
)
def test_the_hours_of_a_day_are_read_however_people_write_them(words):
    assert read(words) == [MORNING, TEA]


def test_midnight_and_noon_are_read_right():
    assert read("12pm-12am") == [(time(12), time(0))]
    assert read("18:00-24:00") == [(time(18), time(0))]


def test_nothing_is_closed():
    assert read("") == read("  ") == []


@pytest.mark.parametrize("words", ["nine to five", "9", "25-26", "9:75-10", "9-", "9-10-11"])
def test_what_cannot_be_read_is_said_with_the_words_kept(words):
    with pytest.raises(ValidationError):
        read(words)


times = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@given(st.lists(st.tuples(times, times)))
def test_what_is_written_is_read_back(stretches):
    assert read(written(stretches)) == stretches


@given(st.text(max_size=30))
def test_any_words_are_read_or_refused(words):
    try:
        read(words)
    except ValidationError as no:
        assert no.messages


def test_a_week_shows_its_hours_and_gives_them_back():
    week = [(0, *MORNING), (0, *TEA), (4, time(18), time(1))]
    shown = WeekForm(week=week)
    assert 'value="08:00–11:00, 15:00–17:30"' in str(shown["day_0"])
    given_back = WeekForm({"day_0": "8-11, 15-17:30", "day_4": "18-1"})
    assert given_back.is_valid()
    assert given_back.week == week


def test_a_week_keeps_the_words_it_could_not_read_and_names_the_day():
    form = WeekForm({"day_2": "nine to five"})
    assert not form.is_valid()
    assert list(form.errors) == ["day_2"]
    assert 'value="nine to five"' in str(form["day_2"])


def test_zones_and_currencies_are_chosen_from_those_that_exist():
    assert ZoneField().clean("Europe/London") == "Europe/London"
    assert CurrencyField().clean("JPY") == "JPY"
    for field in (ZoneField(), CurrencyField()):
        with pytest.raises(ValidationError):
            field.clean("Nowhere")
