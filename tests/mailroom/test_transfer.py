import base64
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.mailroom.transfer import undone

LONG = random.Random(3).randbytes(3_000)


@pytest.mark.parametrize(
    ("encoding", "sent", "meant"),
    [
        ("base64", base64.encodebytes(b"hello world"), b"hello world"),
        (' "Base64"; x=y', base64.encodebytes(b"hello world"), b"hello world"),
        ("base64", b"SGVsbG8gd29ybGQ*!!\n===\n", b"Hello world"),
        ("base64", b"SGVsbG8gd29ybGQ", b"Hello world"),
        ("base64", b"?", b"?"),
        ("base64", b"", b""),
        ("quoted-printable", b"a=20soft=\r\n break", b"a soft break"),
        ("quoted-printable", b"100% = =ZZ", b"100% = =ZZ"),
        ("x-uuencode", b"begin 644 a.txt\n#0V%T\n`\nend\n", b"Cat"),
        ("x-uuencode", b"begin 644 a.txt\n\xff\xff\xff\n", b"begin 644 a.txt\n\xff\xff\xff\n"),
        ("8bit", b"\xe9\x00", b"\xe9\x00"),
        ("who knows", b"as it is", b"as it is"),
    ],
)
def test_dj_719_transfer_encodings_are_undone_once(encoding, sent, meant):
    """Guarantee 1."""
    assert undone(encoding, sent) == meant


def test_pieces_encoded_one_by_one_are_all_read():
    sent = b"\n".join(base64.b64encode(piece) for piece in (b"hello ", b"big", b" world"))
    assert undone("base64", sent) == b"hello big world"


@pytest.mark.parametrize("words", [b"hello", b"hello wor"])
def test_what_a_list_wrote_below_the_encoded_text_stays_words(words):
    """Guarantee 1: the text ends with padding or without it."""
    below = b"____________\nThe list: https://x.test/?a=b"
    assert undone("base64", base64.encodebytes(words) + below) == words + b"\n" + below


def test_a_file_torn_in_one_place_is_read_behind_it():
    sent = base64.encodebytes(LONG)
    torn = sent[:200] + b"!\xff!" + sent[200:]
    assert undone("base64", torn) == LONG


def test_a_stretch_of_the_message_is_read_where_it_stands():
    sent = b"before\n" + base64.encodebytes(LONG) + b"--b--\nafter"
    end = sent.index(b"--b--")
    assert undone("base64", sent, start=7, end=end) == LONG


@given(st.binary(max_size=400))
def test_dj_523_what_was_encoded_once_is_decoded_once(content):
    """Guarantee 1."""
    assert undone("base64", base64.encodebytes(content)) == content


@given(
    st.binary(max_size=400),
    st.sampled_from(["base64", "quoted-printable", "x-uuencode", "8bit", ""]),
)
def test_any_bytes_can_be_undone(content, encoding):
    assert isinstance(undone(encoding, content), bytes)
    assert bool(undone("base64", content)) or not content.strip(b"= \t\r\n\x0b\x0c")
