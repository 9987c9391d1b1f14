import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.mailroom.rtf import LONGEST, unpacked, words_of
from tests.mailroom.winmail import packed

# The example of Microsoft's own description of the format.
HELLO = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232"
    "0af32068656c09002062770" + "5b06c647d0a800fa0"
)


def test_rich_text_is_unpacked():
    assert unpacked(HELLO) == rb"{\rtf1\ansi\ansicpg1252\pard hello world}" + b"\r\n"
    assert unpacked(packed(b"{\\rtf1 hi}")) == b"{\\rtf1 hi}"
    assert unpacked(struct.pack("<IIII", 9, 2, 0x414C454D, 0) + b"hi there") == b"hi"


@pytest.mark.parametrize("content", [b"", b"short", b"\0" * 40])
def test_what_is_not_packed_is_nothing(content):
    assert unpacked(content) == b""


@pytest.mark.parametrize(
    ("rtf", "words"),
    [
        (
            rb"{\rtf1\ansi Dear Ana,\par\par the \b plate\b0 .\line Bo}",
            "Dear Ana,\n\nthe plate.\nBo",
        ),
        (rb"{\rtf1\ansicpg1252 caf\'e9 \'93so\'94}", "café “so”"),
        (rb"{\rtf1\ansicpg932 \'8b\'ea\'8f\'ee}", "苦情"),
        (rb"{\rtf1\uc1 \u8364? and \u-10179?\u-8703?}", "€ and 😁"),
        (rb"{\rtf1{\fonttbl{\f0 Arial;}}{\*\generator x;}words\~here\{\}\\}", "words\xa0here{}\\"),
        (
            rb"{\rtf1\fromhtml1{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 words\htmlrtf }\htmlrtf0}",
            "words",
        ),
        (rb"{\rtf1 a\tab b\emdash c", "a\tb—c"),
    ],
)
def test_zammad_2403_the_words_of_rich_text(rtf, words):
    """Guarantee 1."""
    assert words_of(rtf).strip() == words


def test_a_bomb_of_repetitions_is_unpacked_to_a_limit():
    """Guarantee 1: a few bytes may not become a heap without end."""
    bomb = b"\0" + b"x" * 8 + (b"\xff" + b"\x0d\x6f" * 8) * 10_000
    content = struct.pack("<IIII", len(bomb) + 12, 2**32 - 1, 0x75465A4C, 0) + bomb
    assert len(unpacked(content)) <= LONGEST


@given(st.binary())
def test_any_bytes_are_unpacked_and_read(content):
    unpacked(struct.pack("<IIII", 9, 5_000, 0x75465A4C, 0) + content)
    words_of(content).encode()
