from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.mailroom.stand_in import spoken, stand_in

HEAD = (
    b"From: Ida Moss <ida@moss.example>\r\nSubject: The film of the\r\n broken vase\r\n"
    b"Message-ID: <film@moss.example>\r\nContent-Type: multipart/mixed; boundary=x\r\n"
    b"Content-Transfer-Encoding: base64\r\nDKIM-Signature: v=1; b=abc\r\n\tdef\r\n\r\nbody\r\n"
)


def test_the_heading_stays_and_the_reason_is_the_body():
    made = message_from_bytes(
        stand_in(HEAD, why="It is too large.", size=1_400_000_000), policy=default
    )
    assert made["From"] == "Ida Moss <ida@moss.example>"
    assert made["Subject"] == "The film of the broken vase"
    assert made["Message-ID"] == "<film@moss.example>"
    assert made.get_content_type() == "text/plain"
    assert "DKIM-Signature" not in made
    assert made.get_content().strip() == "It is too large. It has 1.4 GB."


def test_the_same_heading_and_reason_make_the_same_bytes():
    assert stand_in(HEAD, why="a") == stand_in(HEAD, why="a")


@pytest.mark.parametrize(
    ("size", "words"), [(0, "0 bytes"), (1_500, "2 kB"), (25 * 1024 * 1024, "26.2 MB")]
)
def test_sizes_as_people_say_them(size, words):
    assert spoken(size) == words


@given(st.binary(max_size=2_000))
def test_any_heading_at_all_gives_a_message_with_the_reason(head):
    made = message_from_bytes(stand_in(head, why="It could not be fetched."))
    assert b"It could not be fetched." in made.get_payload(decode=True)
