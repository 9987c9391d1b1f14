from datetime import timedelta

import pytest

from amends.connections.calendar.feed import (
    EVERY,
    Booking,
    Calendar,
    NoCalendar,
    forget_past,
    understood,
)
from amends.kit.clock import now
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def calendar(settings):
    settings.AMENDS_PRIVATE_ADDRESSES = True
    url = "http://127.0.0.1:9/secret.ics"
    return Calendar.add(name="Bookings", place=cast.place(), url=url, by=cast.olive())


def test_the_address_is_kept_sealed(calendar):
    assert "secret" not in calendar.sealed
    assert calendar.url.endswith("/secret.ics")


def test_only_an_owner_changes_what_is_read(calendar):
    for press in (calendar.read_now, calendar.take_away):
        with pytest.raises(NoCalendar):
            press(by=cast.mona())
    with pytest.raises(NoCalendar):
        Calendar.add(name="B", place=cast.place(), url=calendar.url, by=cast.mona())


def test_nothing_inside_our_network_without_leave_of_the_installation():
    for inside in ("http://127.0.0.1/x.ics", "webcal://localhost/x.ics", "https://10.0.0.1/x"):
        with pytest.raises(NoCalendar, match="private network"):
            understood(inside)
    for wrong in ("", "bookings", "file:///etc/passwd"):
        with pytest.raises(NoCalendar):
            understood(wrong)


def test_webcal_is_the_web(settings):
    settings.AMENDS_PRIVATE_ADDRESSES = True
    assert understood(" webcal://localhost/x.ics ") == "https://localhost/x.ics"


def test_one_worker_reads_it_and_the_next_time_is_later(calendar):
    other = Calendar.objects.get()
    assert calendar.claim(at=now())
    assert not other.claim(at=now())
    assert not Calendar.objects.due(at=now()).exists()
    assert Calendar.objects.due(at=now() + EVERY).exists()


def test_what_cannot_be_read_is_asked_less_and_less_often(calendar):
    pauses = []
    for _ in range(4):
        calendar.was_not_read("no", at=now())
        calendar.refresh_from_db()
        pauses.append(calendar.next_at - now())
    assert pauses == sorted(pauses)
    assert pauses[-1] == timedelta(hours=1)
    calendar.was_read(at=now(), etag="", is_whole=True)
    calendar.refresh_from_db()
    assert (calendar.troubles, calendar.trouble) == (0, "")


def test_what_is_long_over_is_forgotten(calendar):
    Booking.objects.create(calendar=calendar, key="a", starts_at=now(), told="")
    forget_past(before=now() + timedelta(days=1))
    assert not Booking.objects.exists()
