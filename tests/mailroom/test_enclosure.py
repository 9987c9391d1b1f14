import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.mailroom.enclosure import LONGEST_NAME, OFFICE, enclosed, fit
from amends.mailroom.mime import tree


def of(head: str, body: bytes = b"x"):
    return enclosed(tree(b"X-A: b\n" + head.encode() + b"\n\n" + body))


def test_a_file_is_what_it_claims_to_be_made_harmless():
    found = of("Content-Type: Image/PNG; name=a.png\nContent-ID: <logo@x>")
    assert (found.name, found.content_type, found.content_id) == ("a.png", "image/png", "logo@x")


def test_zammad_5857_an_outlook_file_stays_one():
    """Guarantee 1: it is neither renamed nor read as another kind of message."""
    ours = of('Content-Type: message/rfc822; name="old letter.msg"', OFFICE + b"...")
    assert (ours.name, ours.content_type) == ("old letter.msg", "application/vnd.ms-outlook")
    kept = of("Content-Type: application/vnd.ms-outlook; name=a.msg", OFFICE)
    assert (kept.name, kept.content_type, kept.content) == (
        "a.msg",
        "application/vnd.ms-outlook",
        OFFICE,
    )


def test_a_forwarded_message_without_a_subject_keeps_its_own_name():
    assert of("Content-Type: message/rfc822; name=told.eml", b"From: a@x\n\nb").name == "told.eml"


@pytest.mark.parametrize(
    "written",
    ["a\u200f\u061cgpj.exe", "a\u2066b", "..\\..\\a", "a\u2028b", "\ufeffa", "a\tb\rc\nd"],
)
def test_freescout_3592_marks_that_turn_the_writing_round_are_gone(written):
    """Guarantee 10."""
    assert not set(fit(written)) & set("\u200f\u061c\u2066\\/\u2028\ufeff\t\r\n")


@given(st.text())
def test_any_name_is_fit_for_reading(written):
    name = fit(written)
    assert len(name) <= LONGEST_NAME
    assert not set(name) & set('/\\:*?"<>|\0\r\n')
    name.encode()
