import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.mailroom.calendars import words_of

EVENT = """BEGIN:VCALENDAR
METHOD:{method}
BEGIN:VTIMEZONE
DTSTART:19700101T000000
END:VTIMEZONE
BEGIN:VEVENT
SUMMARY:Breakfast\\, with the
 manager
{when}
LOCATION:The Mill\\nRoom 2
ORGANIZER;CN="Lima: Ana":mailto:ana@x.test
ATTENDEE;PARTSTAT={answer};CN=Bo:MAILTO:bo@x.test
ATTENDEE:mailto:cy@x.test
DESCRIPTION:Please bring\\n the plate\\; thanks
RRULE:FREQ=WEEKLY;COUNT=2
BEGIN:VALARM
DESCRIPTION:Wake up
END:VALARM
END:VEVENT
END:VCALENDAR
"""
ZONED = "DTSTART;TZID=Europe/London:20261203T090000\nDTEND;TZID=Europe/London:20261203T103000"


def invitation(method: str = "REQUEST", when: str = ZONED, answer: str = "NEEDS-ACTION") -> str:
    return EVENT.format(method=method, when=when, answer=answer).replace("\n", "\r\n")


def test_libredesk_086eb4e4_an_invitation_is_words_what_when_where_who():
    """Guarantee 1."""
    assert words_of(invitation()).split("\n") == [
        "Invitation: Breakfast, with themanager",
        "When: Thursday 3 December 2026, 09:00 (Europe/London)"
        " – Thursday 3 December 2026, 10:30 (Europe/London)",
        "Repeats: FREQ=WEEKLY; COUNT=2",
        "Where: The Mill Room 2",
        "From: Lima: Ana <ana@x.test>",
        "Who: Bo <bo@x.test>, cy@x.test",
        "Note: Please bring",
        " the plate; thanks",
    ]


@pytest.mark.parametrize(
    ("method", "answer", "words"),
    [
        ("CANCEL", "", "Cancelled: Breakfast"),
        ("REPLY", "ACCEPTED", "Bo <bo@x.test> accepts"),
        ("REPLY", "DECLINED", "Bo <bo@x.test> declines"),
        ("PUBLISH", "", "Appointment: Breakfast"),
    ],
)
def test_what_is_asked_and_answered(method, answer, words):
    assert words in words_of(invitation(method, answer=answer))


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("DTSTART:20261203T090000Z", "When: Thursday 3 December 2026, 09:00 (UTC)"),
        ("DTSTART;VALUE=DATE:20261203", "When: Thursday 3 December 2026"),
        ("DUE:20261203T090000", "When: until Thursday 3 December 2026, 09:00"),
        ("DTSTART:the day after", "When: the day after"),
    ],
)
def test_moments_are_told_as_they_were_written(when, words):
    assert words in words_of(invitation(when=when)).split("\n")


@pytest.mark.parametrize("source", ["", "hello", "BEGIN:VCALENDAR\nEND:VCALENDAR", "BEGIN:VEVENT"])
def test_without_an_event_there_are_no_words(source):
    assert words_of(source) == ""


def test_an_endless_list_of_guests_is_counted():
    guests = "\n".join(f"ATTENDEE:mailto:g{n}@x.test" for n in range(500))
    assert "and 480 more" in words_of(f"BEGIN:VEVENT\n{guests}\nEND:VEVENT")


@given(st.text())
def test_any_text_is_read(source):
    words_of(f"BEGIN:VEVENT\n{source}").encode("utf-8")
