from datetime import UTC, datetime
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.mailroom.headers import Mailbox, ids, moment, people, words


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("=?utf-8?q?Caf=C3=A9?=", "Café"),
        ("=?UTF-8?B?8J+YoQ==?= sad", "😡 sad"),
        ("=?utf-8?q?one?= =?utf-8?q?two?=", "onetwo"),
        ("=?utf-8?q?one?=\r\n\t=?iso-8859-1?q?_=E9?=", "one é"),
        ("=?utf-8?q?=C3?= =?utf-8?q?=A9?=", "é"),  # a character split over two words
        ("Re: =?utf-8?q?bad=ZZ?= end", "Re: bad=ZZ end"),
        ("=?utf-8?b?!!!?= end", " end".strip()),
        ("=?nobody?q?x=E9?=", "xé"),
        ("=?utf-8*en?q?caf=C3=A9?=", "café"),
        ("=?utf-8?x?y?=", "=?utf-8?x?y?="),
        ("plain\r\n folded", "plain folded"),
        ("raw caf\udce9", "raw café"),
        ("raw caf\udcc3\udca9", "raw café"),
        ("nul \0 here", "nul  here"),
        ("=?utf-8?q?really??=", "really?"),
        ("=?utf-8?q?two words?=", "two words"),
        ("\x1b$B6l>p\x1b(B", "苦情"),
    ],
)
def test_rt_d5113497de_words_of_a_header(written, meant):
    """Guarantee 1."""
    assert words(written) == meant


def test_rt_5afab25113_raw_bytes_that_are_no_utf_8_are_read_as_the_body_is():
    """Guarantee 1: and only those; what is UTF-8 stays UTF-8 whatever the body says."""
    raw = "Жалоба".encode("koi8-r").decode("ascii", "surrogateescape")
    assert words(raw, charset="koi8-r") == "Жалоба"
    assert people(f"{raw} <ana@x.test>", charset="koi8-r")[0].name == "Жалоба"
    assert words("caf\udcc3\udca9", charset="koi8-r") == "café"
    assert words("=?utf-8?q?caf=C3=A9?=", charset="koi8-r") == "café"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Ana <ana@x.test>", [("Ana", "ana@x.test")]),
        ("ana@x.test", [("", "ana@x.test")]),
        ('"Lima, Ana" <ana@x.test>, b@x.test', [("Lima, Ana", "ana@x.test"), ("", "b@x.test")]),
        ("Lima, Ana <ana@x.test>", [("Lima, Ana", "ana@x.test")]),
        ("=?utf-8?q?Lima=2C_Ana?= <ana@x.test>", [("Lima, Ana", "ana@x.test")]),
        ("ana@x.test (Ana)", [("Ana", "ana@x.test")]),
        ("Group: a@x.test, b@x.test;", [("", "a@x.test"), ("", "b@x.test")]),
        ("a..b@docomo.test", [("", "a..b@docomo.test")]),
        ('"ana@x.test" <mallory@y.test>', [("ana@x.test", "mallory@y.test")]),
        ("<ANA@X.test>", [("", "ANA@X.test")]),
        ("undisclosed-recipients:;", []),
        ("", []),
        ("Jörg <jörg@müller.test>", [("Jörg", "jörg@müller.test")]),
    ],
)
def test_dj_832_addresses_with_commas_in_names(written, meant):
    """Guarantee 1."""
    assert [tuple(mailbox) for mailbox in people(written)] == meant


@pytest.mark.parametrize(
    "hostile",
    [
        "(" * 20_000,
        '"' * 20_000,
        "<" * 20_000,
        "a@b, " * 5_000,
        "\\" * 20_000,
        "((a)" * 9_000 + "a@b.test",
    ],
)
def test_cve_2015_7686_nested_comments_cost_no_time(hostile):
    """Guarantee 1."""
    began = monotonic()
    assert all("@" in mailbox.address for mailbox in people(hostile))
    assert monotonic() - began < 2


@given(st.text())
def test_any_header_can_be_read(text):
    words(text).encode()
    for mailbox in people(text):
        assert "@" in mailbox.address
        assert len(mailbox.address) <= 320
    assert all(each.isascii() and len(each) <= 255 for each in ids(text))
    moment(text)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("<a@b>", ["<a@b>"]),
        (" < a @ b > ", ["<a@b>"]),
        ("<a@b><c@d>\r\n\t<a@b>", ["<a@b>", "<c@d>"]),
        ("a@b", ["<a@b>"]),
        ("", []),
        ("<>", []),
        ("nothing", []),
        ("<A@B>", ["<A@B>"]),
    ],
)
def test_libredesk_550a3fa8_one_reading_of_message_ids(written, meant):
    """Guarantee 3."""
    assert ids(written) == meant


def test_dj_86c4ceb1_an_endless_message_id_is_still_one_that_can_be_found_again():
    """Guarantee 1."""
    endless = f"<{'x' * 1_500}@y.test>"
    (found,) = ids(endless)
    assert len(found) < 255
    assert ids(endless) == [found]
    assert ids(endless.replace("y", "z")) != [found]


@given(
    st.lists(
        st.from_regex(r"[a-z0-9.]{1,20}@[a-z.]{1,20}", fullmatch=True), max_size=20, unique=True
    )
)
def test_ids_survive_being_written_and_read(inside):
    written = "\r\n ".join(f"<{each}>" for each in inside)
    assert ids(written) == [f"<{each}>" for each in inside]


def test_a_moment_is_utc_whatever_the_sender_says():
    assert moment("Mon, 1 Jun 2026 10:00:00 +0200") == datetime(2026, 6, 1, 8, tzinfo=UTC)
    assert moment("Mon, 1 Jun 2026 10:00:00") == datetime(2026, 6, 1, 10, tzinfo=UTC)
    assert moment("yesterday") is None
    assert moment("Mon, 1 Jun 99999 10:00:00 +9999") is None


def test_a_mailbox_is_a_name_and_an_address():
    assert people("Ana <ana@x.test>") == [Mailbox(name="Ana", address="ana@x.test")]
