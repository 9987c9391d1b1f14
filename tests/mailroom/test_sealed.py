import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.mailroom.sealed import content_of
from tests.mailroom.seals import ENVELOPED, sealed

MESSAGE = b"Content-Type: text/plain\r\n\r\nThe plate was chipped.\r\n" * 20


@pytest.mark.parametrize("endless", [False, True])
def test_a_signed_message_is_taken_out_of_its_seal(endless):
    """Guarantee 1: Outlook's seal hides the words from whoever does not open it."""
    assert content_of(sealed(MESSAGE, endless=endless)) == MESSAGE


def test_what_is_encrypted_stays_closed():
    assert content_of(sealed(MESSAGE, kind=ENVELOPED)) is None


@pytest.mark.parametrize("content", [b"", b"0", b"\x30\x80" * 5_000, b"\x30\x84\xff\xff\xff\xff"])
def test_what_is_no_seal_is_not_opened(content):
    assert content_of(content) is None


@given(st.binary(max_size=300), st.integers(0, 200))
def test_any_bytes_are_tried(content, where):
    whole = sealed(MESSAGE)
    content_of(content)
    content_of(whole[:where] + content + whole[where:])
    content_of(whole[:where])
