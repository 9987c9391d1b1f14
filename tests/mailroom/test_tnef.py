from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.mailroom.tnef import SIGNATURE, appointment, opened
from tests.mailroom.winmail import (
    BYTES,
    NUMBER,
    TEXT,
    TIME,
    WIDE,
    attribute,
    file,
    message_inside,
    packed,
    properties,
    winmail,
)

WORDS = attribute(1, 0x9003, properties((WIDE, 0x0037, "Čaj"), (WIDE, 0x1000, "The plate — 苦情")))


def test_zammad_2403_the_words_and_files_of_winmail_dat():
    """Guarantee 1."""
    found = opened(winmail(WORDS, file("Straße 苦.txt", b"abc", content_type="text/plain")))
    assert (found.subject, found.text, found.is_whole) == ("Čaj", "The plate — 苦情", True)
    (kept,) = found.files
    assert (kept.name, kept.content_type, kept.content) == ("Straße 苦.txt", "text/plain", b"abc")


def test_tnef_38_a_body_that_is_only_rich_text_is_read():
    """Guarantee 1."""
    rtf = packed(rb"{\rtf1\ansi The plate\par was chipped}")
    found = opened(winmail(attribute(1, 0x9003, properties((BYTES, 0x1009, rtf)))))
    assert found.text == "The plate\nwas chipped"


def test_tnef_47_a_body_that_is_only_html_is_read_in_its_own_charset():
    """Guarantee 1."""
    html = "<p>Дом</p>".encode("cp1251")
    said = properties((NUMBER, 0x3FDE, 1251), (BYTES, 0x1013, html))
    assert opened(winmail(attribute(1, 0x9003, said))).html == "<p>Дом</p>"


def test_old_outlook_writes_in_the_codepage_it_names():
    old = attribute(1, 0x8004, "Дом\0".encode("cp1251")) + attribute(1, 0x800C, b"\xc4\xee\xec")
    found = opened(winmail(old, codepage=1251))
    assert (found.subject, found.text) == ("Дом", "Дом")


def test_tnef_13_an_appointment_is_words():
    """Guarantee 1."""
    said = properties(
        (TEXT, 0x001A, "IPM.Appointment"),
        (TEXT, 0x0037, "Tasting"),
        (TEXT, b"\x82\x08", "The Mill"),
        (TIME, b"\x82\x0d", datetime(2026, 12, 3, 9, tzinfo=UTC)),
        (TIME, b"\x82\x0e", datetime(2026, 12, 3, 10, 30, tzinfo=UTC)),
    )
    found = opened(winmail(attribute(1, 0x9003, said)))
    assert appointment(found).split("\n") == [
        "Appointment: Tasting",
        "When: Thursday 3 December 2026, 09:00 – Thursday 3 December 2026, 10:30 (UTC)",
        "Where: The Mill",
    ]
    assert appointment(opened(winmail(WORDS))) == ""


def test_a_message_inside_is_opened_too():
    found = opened(winmail(message_inside(winmail(WORDS, file("a.txt", b"abc")))))
    assert found.files == []
    assert (found.messages[0].text, found.messages[0].files[0].name) == (
        "The plate — 苦情",
        "a.txt",
    )


def test_nests_of_messages_are_opened_to_a_depth():
    nest = winmail(WORDS)
    for _ in range(10):
        nest = winmail(message_inside(nest))
    depth, found = 0, opened(nest)
    while found.messages:
        depth, found = depth + 1, found.messages[0]
    assert depth == 3
    assert found.files


@pytest.mark.parametrize("content", [b"", b"winmail", SIGNATURE.to_bytes(4, "little"), winmail()])
def test_without_anything_inside_it_is_not_opened(content):
    assert opened(content) is None


def test_what_breaks_off_says_so_and_keeps_what_was_read():
    found = opened(winmail(WORDS, file("a.txt", b"abc"))[:-30])
    assert (found.text, found.is_whole) == ("The plate — 苦情", False)


@given(st.binary(max_size=600), st.integers(0, 400))
def test_any_bytes_are_opened(content, where):
    opened(winmail(WORDS, attribute(1, 0x9003, content), content))
    whole = winmail(WORDS, file("a.txt", b"abc"))
    opened(whole[:where] + content + whole[where:])
