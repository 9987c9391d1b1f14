import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.mailroom.charsets import to_text
from amends.mailroom.japanese import decoded

WORDS = "昨日の苦情です。花瓶が割れて届きました。ABC「テスト」"


def test_what_the_standard_has_is_read_as_the_standard_says():
    assert decoded(WORDS.encode("iso2022_jp")) == WORDS


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'\x1b$B-!-"\x1b(B and \x1b$B-j\x1b(B', "①② and ㈱"),  # signs of NEC
        (b"\x1b$B|b\x1b(B", "髙"),  # letters of IBM
        (b"\x1b(I6^0\x1b(B!", "ｶﾞｰ!"),  # half-wide
        (b"\x1b$@6l>p\x1b(J ok", "苦情 ok"),  # the table of 1978
        (b"\x1b$B6l>p", "苦情"),  # never switched back
    ],
)
@pytest.mark.parametrize("label", ["iso-2022-jp", "ISO-2022-JP-MS", "cp50220", "", "us-ascii"])
def test_zammad_3115_iso_2022_jp_as_windows_writes_it(content, words, label):
    """Guarantee 1."""
    assert to_text(content, label) == words


@given(st.binary())
def test_any_bytes_are_read(content):
    decoded(content).encode()
    decoded(b"\x1b$B" + content).encode("utf-8", "replace")
