"""Opening hours: examples people would check by hand, and laws that always hold."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.people.hours import (
    ALL_DAY,
    Hours,
    add_open_minutes,
    end_of_day,
    hours_of,
    hours_of_many,
    is_open,
    next_open,
    open_minutes_between,
    weekly,
)
from amends.people.models import Business, OpeningHours, Place, SpecialDay

LONDON = ZoneInfo("Europe/London")
ZONES = ["UTC", "Europe/London", "America/New_York", "Africa/Cairo", "Australia/Lord_Howe"]


def clock(text: str) -> time:
    return time.fromisoformat(text)


def every_day(*stretches: str, zone=LONDON, special=None) -> Hours:
    pairs = [tuple(map(clock, stretch.split("-"))) for stretch in stretches]
    week = weekly((weekday, *pair) for weekday in range(7) for pair in pairs)
    return Hours(zone, week, special or {})


def london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


BREAKFAST_AND_TEA = every_day("08:00-11:00", "15:00-17:30")
BAR = every_day("18:00-02:00")


def test_a_split_shift_is_closed_in_the_middle_of_the_day():
    assert is_open(BREAKFAST_AND_TEA, london("2026-03-04 10:59"))
    assert not is_open(BREAKFAST_AND_TEA, london("2026-03-04 11:00"))
    assert next_open(BREAKFAST_AND_TEA, london("2026-03-04 12:00")) == london("2026-03-04 15:00")


def test_minutes_run_on_after_the_break_of_a_split_shift():
    due = add_open_minutes(BREAKFAST_AND_TEA, london("2026-03-04 10:30"), 60)
    assert due == london("2026-03-04 15:30")


def test_a_bar_is_open_past_midnight_and_its_day_ends_then():
    assert is_open(BAR, london("2026-03-05 01:59"))
    assert not is_open(BAR, london("2026-03-05 02:00"))
    assert end_of_day(BAR, london("2026-03-05 01:00")) == london("2026-03-05 02:00")
    assert end_of_day(BAR, london("2026-03-05 02:00")) == london("2026-03-06 02:00")


def test_closing_at_midnight_is_the_end_of_the_same_day():
    hours = every_day("09:00-00:00")
    assert end_of_day(hours, london("2026-03-04 12:00")) == london("2026-03-05 00:00")


def test_a_holiday_closes_the_place_and_the_clock_waits():
    closed = every_day("09:00-17:00", special={date(2026, 12, 25): ()})
    due = add_open_minutes(closed, london("2026-12-24 16:30"), 60)
    assert due == london("2026-12-26 09:30")
    assert end_of_day(closed, london("2026-12-25 10:00")) == london("2026-12-26 17:00")


def test_a_special_day_has_its_own_hours_instead_of_the_weekdays():
    late = {date(2026, 12, 24): ((clock("20:00"), clock("22:00")),)}
    hours = every_day("09:00-17:00", special=late)
    assert not is_open(hours, london("2026-12-24 10:00"))
    assert is_open(hours, london("2026-12-24 21:00"))


def test_the_night_the_clocks_go_forward_is_an_hour_shorter():
    start, end = london("2026-03-28 23:00"), london("2026-03-29 05:00")
    assert open_minutes_between(every_day("22:00-06:00"), start, end) == 5 * 60


def test_the_night_the_clocks_go_back_is_an_hour_longer():
    start, end = london("2026-10-24 23:00"), london("2026-10-25 05:00")
    assert open_minutes_between(every_day("22:00-06:00"), start, end) == 7 * 60
    assert add_open_minutes(every_day("22:00-06:00"), start, 7 * 60) == end


def test_a_stretch_inside_the_hour_that_is_skipped_does_not_happen():
    hours = every_day("01:45-02:15")
    midnight, noon = london("2026-03-29 00:00"), london("2026-03-29 12:00")
    assert open_minutes_between(hours, midnight, noon) == 0
    assert next_open(hours, noon) == london("2026-03-30 01:45")


def test_overlapping_stretches_are_counted_once():
    hours = every_day("09:00-17:00", "12:00-18:00")
    assert open_minutes_between(hours, london("2026-03-04 00:00"), london("2026-03-05 00:00")) == (
        9 * 60
    )


def test_hours_without_any_opening_are_refused():
    with pytest.raises(ValueError, match="never opens"):
        Hours(LONDON, ((),) * 7)


def test_no_minutes_are_left_when_the_end_comes_first():
    assert open_minutes_between(BAR, london("2026-03-05 01:00"), london("2026-03-04 01:00")) == 0
    assert add_open_minutes(BAR, london("2026-03-04 12:00"), 0) == london("2026-03-04 12:00")


stretches = st.tuples(st.times(), st.times()).map(
    lambda pair: tuple(moment.replace(second=0, microsecond=0) for moment in pair)
)
days = st.lists(stretches, max_size=3).map(lambda found: tuple(sorted(found)))
weeks = st.tuples(*[days] * 7).filter(any)
near_clock_changes = st.dates(date(2026, 3, 20), date(2026, 4, 10)) | st.dates(
    date(2026, 10, 1), date(2026, 11, 5)
)
any_hours = st.builds(
    Hours,
    st.sampled_from(ZONES).map(ZoneInfo),
    weeks,
    st.dictionaries(near_clock_changes, days, max_size=6),
)
moments = st.datetimes(
    datetime(2026, 1, 1),
    datetime(2027, 1, 1),
    timezones=st.sampled_from(ZONES).map(ZoneInfo),
    allow_imaginary=False,
)
minutes = st.integers(0, 5_000)


@given(any_hours, moments, minutes)
def test_counting_minutes_undoes_adding_them(hours, start, length):
    assert open_minutes_between(hours, start, add_open_minutes(hours, start, length)) == length


@given(any_hours, moments, minutes, minutes)
def test_adding_in_two_steps_is_adding_at_once(hours, start, first, second):
    at_once = add_open_minutes(hours, start, first + second)
    assert add_open_minutes(hours, add_open_minutes(hours, start, first), second) == at_once


@given(any_hours, moments, moments, minutes, minutes)
def test_later_or_longer_is_never_due_earlier(hours, one, other, short, long):
    earlier, later = sorted([one.astimezone(UTC), other.astimezone(UTC)])
    short, long = sorted([short, long])
    assert add_open_minutes(hours, earlier, short) <= add_open_minutes(hours, later, long)


@given(any_hours, moments)
def test_the_next_opening_is_open_and_nothing_is_open_before_it(hours, at):
    opening = next_open(hours, at)
    assert is_open(hours, opening)
    assert opening >= at
    assert open_minutes_between(hours, at, opening) == 0
    assert is_open(hours, at) == (opening == at.astimezone(UTC))


@given(any_hours, moments)
def test_a_day_ends_later_than_now_and_the_doors_are_open_just_before(hours, at):
    closing = end_of_day(hours, at)
    assert closing > at
    assert is_open(hours, closing - timedelta(microseconds=1))


@given(moments, minutes)
def test_a_place_that_is_always_open_counts_every_minute(start, length):
    hours = Hours(LONDON)
    assert is_open(hours, start)
    assert add_open_minutes(hours, start, length) - start.astimezone(UTC) == timedelta(
        minutes=length
    )


@pytest.fixture
def places(db):
    business = Business.objects.create(name="Harbour")
    return [
        Place.objects.create(slug=slug, name=slug, business=business) for slug in ["quay", "hill"]
    ]


def test_a_place_without_hours_is_always_open(places):
    assert hours_of(places[0]).week == (ALL_DAY,) * 7


def test_the_hours_of_many_places_take_two_queries(places, django_assert_num_queries):
    quay, hill = places
    OpeningHours.objects.create(place=quay, weekday=0, opens=clock("08:00"), closes=clock("11:00"))
    OpeningHours.objects.create(place=quay, weekday=0, opens=clock("15:00"), closes=clock("17:00"))
    SpecialDay.objects.create(place=quay, on=date(2026, 12, 25))
    with django_assert_num_queries(2):
        found = hours_of_many(places)
    assert found[quay.pk].on(date(2026, 3, 2)) == (
        (clock("08:00"), clock("11:00")),
        (clock("15:00"), clock("17:00")),
    )
    assert found[quay.pk].on(date(2026, 12, 25)) == ()
    assert found[hill.pk].week == (ALL_DAY,) * 7
