"""A real calendar over HTTP, read as the worker reads it: booked, moved, cancelled, gone."""

from datetime import UTC, datetime, timedelta

import pytest

from amends.connections.calendar import watching
from amends.connections.calendar.feed import EVERY, Calendar
from amends.customers.visit import Visit
from amends.kit.clock import now
from amends.recovery import journey
from amends.recovery.notice import Notice
from tests import cast
from tests.connections.calendar.books import calendar, event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
FRIDAY = datetime(2026, 6, 5, 11, 0, tzinfo=UTC)
FINCH = {"summary": "Robert Finch", "description": "robert@finch.example"}


@pytest.fixture
def book(site, clock):
    """`book(event(…), …)`: it stands there now, and the worker has been."""
    Calendar.add(name="Bookings", place=cast.place(), url=f"{site.url}/b.ics", by=cast.olive())

    def written(*events, **headers):
        site.says = (200, headers, calendar(*events))
        clock.shift(EVERY)
        assert watching.read_due() == 1
        return Calendar.objects.get()

    return written


def told(person):
    return list(Notice.objects.filter(person=person).values_list("words", flat=True))


def test_a_booking_in_the_calendar_is_a_booking_here(book):
    recovery, _ = cast.asked_for_ana()
    read = book(event(**FINCH, location="Table 7"), event("z", summary="Staff meeting"))
    visit = Visit.objects.get()
    assert (visit.customer, visit.expected_at, visit.table) == (recovery.customer, FRIDAY, "7")
    assert any("Robert Finch has booked" in words for words in told(cast.ana()))
    assert (read.known, read.unknown, read.trouble) == (1, 1, "")


def test_read_again_it_is_the_same_booking(book):
    cast.asked_for_ana()
    for _ in range(3):
        book(event(**FINCH))
    assert Visit.objects.count() == 1
    assert sum("has booked" in words for words in told(cast.ana())) == 1


def test_moved_there_it_is_moved_here(book):
    cast.asked_for_ana()
    book(event(**FINCH))
    book(event(**FINCH, starts="20260608T110000Z"))
    assert Visit.objects.get().expected_at == FRIDAY + timedelta(days=3)
    assert any("comes at another time" in words for words in told(cast.ana()))


def test_cancelled_and_on_again(book):
    cast.asked_for_ana()
    book(event(**FINCH))
    book(event(**FINCH, status="CANCELLED"))
    assert Visit.objects.get().cancelled_at
    book(event(**FINCH))
    assert Visit.objects.get().cancelled_at is None


def test_gone_once_may_be_a_mishap_gone_twice_is_gone(book):
    cast.asked_for_ana()
    book(event(**FINCH), ETag='"1"')
    book(ETag='"2"')
    assert Visit.objects.get().cancelled_at is None
    book(ETag='"2"')
    assert Visit.objects.get().cancelled_at


def test_a_page_that_is_no_calendar_cancels_nobody(book, site, clock):
    cast.asked_for_ana()
    book(event(**FINCH))
    for said in [(200, {}, b"<html>Sign in</html>"), (500, {}, b""), (404, {}, b"")]:
        site.says = said
        clock.shift(timedelta(hours=1))
        watching.read_due()
        assert Calendar.objects.get().trouble
    assert Visit.objects.get().cancelled_at is None


def test_another_guest_at_the_same_hour_is_another_visit(book):
    cast.finch()
    ida = cast.finch(name="Ida Moss", email="ida@moss.example")
    book(event(**FINCH))
    book(event(summary="Ida Moss"))
    first, second = Visit.objects.order_by("pk")
    assert first.cancelled_at
    assert (second.customer, second.cancelled_at) == (ida, None)


def test_whoever_is_here_already_is_not_sent_away_by_the_calendar(book):
    guest = cast.finch()
    book(event(starts="20260601T093000Z", **FINCH))
    journey.is_here(guest, place=cast.place(), by=cast.ana())
    book(event(starts="20260601T093000Z", **FINCH, status="CANCELLED"))
    visit = Visit.objects.get()
    assert visit.arrived_at
    assert visit.cancelled_at is None


def test_nobody_becomes_a_customer_by_standing_in_a_calendar(book):
    book(event(**FINCH))
    assert not Visit.objects.exists()
    cast.finch()
    book(event(**FINCH))
    assert Visit.objects.count() == 1


def test_nothing_travels_while_nothing_changed(book, site, clock):
    cast.finch()
    book(event(**FINCH), ETag='"1"')
    site.says = (304, {}, b"")
    clock.shift(EVERY)
    watching.read_due()
    assert site.asked[-1].headers["if-none-match"] == '"1"'
    read = Calendar.objects.get()
    assert (read.read_at, read.trouble) == (now(), "")
    clock.shift(timedelta(hours=1))
    watching.read_due()
    assert "if-none-match" not in site.asked[-1].headers


def test_who_comes_some_time_that_day_is_expected_when_the_doors_open(book):
    cast.finch()
    text = event(**FINCH).replace("DTSTART:20260605T110000Z", "DTSTART;VALUE=DATE:20260605")
    book(text)
    assert Visit.objects.get().expected_at == datetime(2026, 6, 5, 7, 0, tzinfo=UTC)


def test_a_regular_is_booked_each_time(book):
    cast.finch()
    book(event(**FINCH, rrule="FREQ=WEEKLY;COUNT=3"))
    assert [visit.expected_at.day for visit in Visit.objects.order_by("expected_at")] == [5, 12, 19]


def test_without_leave_it_reaches_nothing_inside_our_network(book, settings, clock, site):
    settings.AMENDS_PRIVATE_ADDRESSES = False
    clock.shift(EVERY)
    watching.read_due()
    assert "private network" in Calendar.objects.get().trouble
    assert site.asked == []


def test_a_calendar_that_is_not_understood_says_so_and_cancels_nobody(book, monkeypatch, clock):
    cast.finch()
    book(event(**FINCH))

    def fails(*_, **__):
        raise AttributeError("what no calendar ever had")

    monkeypatch.setattr(watching, "read", fails)
    clock.shift(timedelta(hours=1))
    assert watching.read_due() == 1
    assert Calendar.objects.get().trouble == watching.NOT_UNDERSTOOD
    assert Visit.objects.get().cancelled_at is None
