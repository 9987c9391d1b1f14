"""What a calendar says; and what is no calendar, or would keep us busy for ever."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from amends.connections.calendar import reading
from amends.connections.calendar.reading import Unreadable, moment, read
from tests.connections.calendar.books import calendar, event

SINCE = datetime(2026, 6, 1, tzinfo=UTC)
UNTIL = SINCE + timedelta(days=60)
LONDON = ZoneInfo("Europe/London")


def seen(*events, **told):
    return read(calendar(*events, **told), since=SINCE, until=UNTIL)


def starts(*events, **told):
    return sorted(str(moment(one.starts, zone=LONDON)) for one in seen(*events, **told))


def test_an_event_and_what_it_tells_of_who_is_meant():
    (one,) = seen(
        event(
            summary="Breakfast for Robert Finch - table 7",
            description="Call +44 1225 000001\\nrobert@finch.example",
            organizer="mailto:desk@larder.example",
        )
    )
    assert one.key == "a"
    assert "Robert Finch" in one.names
    assert one.emails == ("robert@finch.example",)
    assert "+44 1225 000001" in one.phones
    assert one.table == "7"
    assert not one.is_cancelled


def test_whoever_is_invited_is_meant_and_whoever_invites_is_not():
    text = event(organizer="mailto:desk@larder.example", summary="Lunch").replace(
        "END:VEVENT", "ATTENDEE;CN=Ida Moss:mailto:Ida@Moss.example\nEND:VEVENT"
    )
    (one,) = seen(text)
    assert one.emails == ("ida@moss.example",)
    assert "Ida Moss" in one.names


def test_a_moment_of_no_zone_is_the_places_own():
    assert starts(event(starts="20260605T120000")) == ["2026-06-05 11:00:00+00:00"]


def test_the_zone_of_the_event_counts_over_the_places():
    text = event().replace(
        "DTSTART:20260605T110000Z", "DTSTART;TZID=America/New_York:20260605T080000"
    )
    assert starts(text) == ["2026-06-05 12:00:00+00:00"]


def test_a_zone_of_the_calendars_own_making():
    zone = """BEGIN:VTIMEZONE
TZID:Ours
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0300
TZOFFSETTO:+0300
END:STANDARD
END:VTIMEZONE"""
    text = event().replace("DTSTART:20260605T110000Z", "DTSTART;TZID=Ours:20260605T150000")
    assert starts(zone, text) == ["2026-06-05 12:00:00+00:00"]


def test_a_whole_day_is_no_moment():
    text = event().replace("DTSTART:20260605T110000Z", "DTSTART;VALUE=DATE:20260605")
    (one,) = seen(text)
    assert one.starts == date(2026, 6, 5)
    assert moment(one.starts, zone=LONDON) is None


def test_what_recurs_comes_as_often_as_it_does_with_its_exceptions():
    series = event(starts="20260601T110000Z", rrule="FREQ=DAILY;COUNT=4", exdate="20260602T110000Z")
    moved = event(starts="20260603T150000Z", recurrence_id="20260603T110000Z")
    found = seen(series, moved)
    assert [moment(one.starts, zone=LONDON).day for one in found] == [1, 3, 4]
    assert len({one.key for one in found}) == 3
    first = {one.key for one in seen(series)}
    assert first == {one.key for one in found}


def test_a_single_event_that_moves_keeps_its_key():
    assert [one.key for one in seen(event())] == [
        one.key for one in seen(event(starts="20260620T110000Z"))
    ]


@pytest.mark.parametrize("how", [{"status": "CANCELLED"}, {}])
def test_cancelled_is_cancelled(how):
    told = {} if how else {"method": "CANCEL"}
    (one,) = seen(event(**how), **told)
    assert one.is_cancelled


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"<html>Sign in</html>",
        b"BEGIN:VCALENDAR\r\n",
        b"\xff\xfe" * 50,
        calendar(event())[:-20],
    ],
)
def test_what_is_no_calendar_is_never_taken_for_an_empty_one(raw):
    with pytest.raises(Unreadable):
        read(raw, since=SINCE, until=UNTIL)


def test_a_broken_event_hides_no_other():
    broken = [
        event("b", starts="rubbish"),
        event("c", rrule="FREQ=NEVER"),
        "BEGIN:VEVENT\nSUMMARY:no start\nUID:d\nEND:VEVENT",
    ]
    assert [one.key for one in seen(*broken, event("e"))] == ["e"]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;INTERVAL=1",
        "FREQ=HOURLY",
        "FREQ=DAILY;BYSECOND=0,1,2,3,4,5",
        "FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(24))),
    ],
)
def test_what_comes_every_few_minutes_is_no_booking(rule):
    assert seen(event(rrule=rule)) == []


def test_too_many_are_too_many(monkeypatch):
    monkeypatch.setattr(reading, "MOST_EVENTS", 3)
    with pytest.raises(Unreadable, match="too many"):
        seen(*(event(str(n)) for n in range(4)))


def test_reckoning_has_an_end(monkeypatch):
    monkeypatch.setattr(reading, "PATIENCE", -1.0)
    with pytest.raises(Unreadable, match="too long"):
        seen(event())


def test_long_words_are_not_looked_through_for_ever():
    (one,) = seen(event(description="1 " * 50_000 + "late@finch.example"))
    assert one.emails == ()
