"""The morning letter: once a place and day, to those on duty, when something is owed."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from amends.kit.clock import now
from amends.mailroom.letter import Letter
from amends.people.hours import ALL_DAY, Hours
from amends.people.roster import Away, Shift
from amends.recovery import journey
from amends.recovery.huddle import Huddle, in_short, is_time, send_huddles
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
LONDON = ZoneInfo("Europe/London")
OPENS = datetime(2026, 6, 2, 7, 0, tzinfo=UTC)  # eight o'clock in Bath


def letters():
    return list(Letter.objects.filter(kind="huddle").order_by("pk"))


def to():
    return sorted(letter.recipient for letter in letters())


@pytest.fixture
def tomorrow(clock):
    """Robert comes at noon, and asked for Ana."""
    cast.ben()
    recovery, _ = cast.asked_for_ana()
    noon = OPENS + timedelta(hours=4)
    told = {"outside_id": "B1", "expected_at": noon, "table": "7"}
    journey.visit(customer=recovery.customer, place=recovery.place, **told)
    clock.move_to(OPENS)
    return recovery


def test_when_the_doors_open_those_on_duty_have_the_sheet(tomorrow, clock):
    clock.move_to(OPENS - timedelta(minutes=1))
    assert send_huddles() == 0
    clock.move_to(OPENS)
    assert send_huddles() == 2
    assert to() == sorted([cast.ana().email, cast.ben().email])
    letter = letters()[0]
    assert letter.subject == "Today at The Larder, Bath: 1 guest to greet by name"
    assert "12:00, table 7: Robert Finch" in letter.text
    assert "asks for Ana Reyes" in letter.text
    assert "/desk/arrivals/huddle/" in letter.text


def test_it_is_written_once_a_day_however_often_the_clock_comes(tomorrow, clock):
    send_huddles()
    clock.shift(timedelta(minutes=30))
    assert send_huddles() == 0
    assert Huddle.objects.count() == 1


def test_who_is_off_or_away_sleeps_on(tomorrow):
    Shift.objects.create(
        person=cast.ben(), place=cast.place(), weekday=0, starts=time(8), ends=time(18)
    )
    Away.objects.create(person=cast.ana(), from_at=now(), until_at=now() + timedelta(days=1))
    assert send_huddles() == 0


def test_where_nothing_is_owed_nothing_is_written(clock):
    cast.ana()
    clock.move_to(OPENS)
    assert send_huddles() == 0
    assert letters() == []


def test_what_is_due_today_stands_below(clock):
    recovery = cast.heard()
    journey.promise(
        recovery, words="Ring about the vase", by=cast.ana(), due=OPENS + timedelta(hours=3)
    )
    clock.move_to(OPENS)
    send_huddles()
    (letter,) = letters()
    assert letter.subject.endswith("1 promise to keep")
    assert "By 11:00: Robert Finch" in letter.text


def test_a_worker_that_slept_through_the_morning_writes_nothing_in_the_afternoon(tomorrow, clock):
    clock.move_to(OPENS + timedelta(hours=3))
    assert send_huddles() == 0


@pytest.mark.parametrize(
    ("stretches", "hour", "due"),
    [
        (((time(8), time(12)), (time(14), time(18))), 8, True),
        (((time(8), time(12)), (time(14), time(18))), 14, False),
        (ALL_DAY, 7, True),
        (ALL_DAY, 0, False),
    ],
)
def test_it_comes_with_the_first_opening_of_the_day(stretches, hour, due):
    hours = Hours(LONDON, (stretches,) * 7)
    assert is_time(hours, datetime(2026, 6, 2, hour, 5, tzinfo=LONDON)) is due


def test_on_a_day_without_opening_there_is_no_morning():
    hours = Hours(LONDON, (((time(8), time(12)),),) * 7, {date(2026, 6, 2): ()})
    assert not is_time(hours, datetime(2026, 6, 2, 8, 5, tzinfo=LONDON))


def test_it_says_in_short_how_much_there_is(tomorrow):
    from amends.recovery.greeting import sheets

    (sheet,) = sheets(cast.ana(), [cast.place()], at=now())
    assert in_short(sheet) == "1 guest to greet by name"
