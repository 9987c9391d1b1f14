from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from amends.people.hours import hours_of, open_minutes_between
from amends.recovery import policy
from amends.recovery.standards import Clock, Step, due, how_it_went, moment, span, standard
from tests import cast

pytestmark = pytest.mark.django_db
MONDAY_NINE = datetime(2026, 6, 1, 8, 0, tzinfo=UTC)  # nine o'clock in London


def test_an_apology_is_due_within_minutes_face_to_face_and_hours_by_letter():
    place = cast.place()
    spoken = due(Step.APOLOGY, place=place, since=MONDAY_NINE, channel="in person")
    written = due(Step.APOLOGY, place=place, since=MONDAY_NINE, channel="e-mail")
    assert spoken == MONDAY_NINE + timedelta(minutes=5)
    assert written == MONDAY_NINE + timedelta(hours=4)


def test_the_clock_stands_still_while_the_place_is_closed():
    evening = MONDAY_NINE + timedelta(hours=8)  # five in the afternoon; closes at six
    expected = datetime(2026, 6, 2, 10, 0, tzinfo=UTC)  # three hours after opening on Tuesday
    assert due(Step.APOLOGY, place=cast.place(), since=evening) == expected


def test_the_owners_figure_wins_and_the_closest_one_first():
    place, olive = cast.place(), cast.olive()
    told = {"step": Step.APOLOGY, "in_opening_hours": True, "by": olive}
    policy.set_standard(minutes=60, **told)
    policy.set_standard(minutes=20, place=place, **told)
    assert standard(Step.APOLOGY, place=place) == (20, True)
    assert standard(Step.APOLOGY, place=cast.place("other")) == (60, True)


@given(
    minutes=st.integers(0, 60 * 24 * 14),
    since=st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),
)
def test_a_clock_in_opening_hours_runs_exactly_that_long(hours, minutes, since):
    ends = moment(minutes, True, since=since, hours=hours)
    assert ends >= since
    assert open_minutes_between(hours, since, ends) == minutes


@pytest.fixture(scope="module")
def hours(django_db_setup, django_db_blocker):
    """Read once for all examples; nothing of it stays in the database."""
    with django_db_blocker.unblock(), transaction.atomic():
        found = hours_of(cast.place("clock-shop"))
        transaction.set_rollback(True)
    return found


def test_a_clock_that_runs_is_not_started_again(clock):
    recovery = cast.heard()
    first = recovery.clocks.get(step=Step.APOLOGY)
    clock.shift(timedelta(minutes=3))
    Clock.start(recovery, Step.APOLOGY, at=first.started_at + timedelta(minutes=3))
    again = recovery.clocks.get(step=Step.APOLOGY)
    assert (again.pk, again.due_at) == (first.pk, first.due_at)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0 minutes"), (1, "1 minute"), (61, "1 hour 1 minute"), (120, "2 hours")],
)
def test_spans_are_said_in_words(minutes, words):
    assert span(minutes) == words


@pytest.mark.parametrize(
    ("hour", "said"), [(8, "Met: at once."), (6, "Met: before opening again.")]
)
def test_what_took_no_time_was_done_at_once_or_before_we_opened(hour, said):
    at, hours = MONDAY_NINE.replace(hour=hour), hours_of(cast.place())
    clock = Clock(started_at=at, stopped_at=at, due_at=at + timedelta(hours=1))
    assert how_it_went(clock, hours=hours) == said
