"""Hostile mail costs no more than its size: the work grows evenly, whatever is repeated."""

import pytest

from amends.mailroom.body import Body
from amends.mailroom.calendars import words_of as words_of_calendar
from amends.mailroom.cleaning import clean_html
from amends.mailroom.folding import fold, read
from amends.mailroom.forwarded import inner_of
from amends.mailroom.headers import ids, moment, people, words
from amends.mailroom.mime import tree
from amends.mailroom.parsing import parse
from amends.mailroom.plain import from_html, unflow
from amends.mailroom.rtf import words_of as words_of_rtf
from amends.mailroom.sealed import content_of
from amends.mailroom.subjects import matter, their_number
from amends.mailroom.tnef import opened
from amends.mailroom.transfer import undone
from tests.mailroom.work import grows_evenly

SIZE = 3_000
THREAD = ["We are sorry for the delay, and shall call you on Monday."] * 20
HEADERS = [
    b"(", b"((a)", b")", b'"', b"<", b">", b"\\", b"a@b, ", b"<a@b>", b"a <", b"=?utf-8?q?", b"=?utf-8?b?QQ==?= ",
    b"=?x?q?a?=", b"\xff", b"a:b;", b" ", b"\r\n ", b"'", b"=?", b"?=", b"@", b"a@b ", b"(a", b"mailto:",
]  # fmt: skip
HTML = [
    b"<", b"<a", b"<!--", b'<a "', b"<a href='", b"<div>", b"<blockquote>x", b"<script>", b"&#x", b"&amp", b"<td>",
    b"</", b"<a/", b"<p title='>'>", b"-->", b"<style>", b"<pre>\n", b"<a href=x>y</a>", b"<img alt=x>", b"<b>x</b>\n",
    b"<?", b"<!", b"<svg><style>", b"<table><tr><td>", b" ", b"\n", b"<ul><li>", b"<li>x<dd>x", b"</pre><li><h1>",
    b"<p><b><i>x</p><a>", b"<font color=",
]  # fmt: skip
TEXT = [
    b">\n", b"> > \n", b"On \n", b"On 2020 \n", b"From: a\n", b"-----\n", b"\n", b"* ", b" ", b"On 2020, 12:12 ",
    b"----- ", b"From: a\nTo: b\nSubject: c\n", b"a wrote:\n", b"-- \n", b"Sent from my \n", b"--Original Message--\n",
    b"12.12.2020 <a@b>\n", b"On 1 2020 a@b wrote:\n> x\n", b"Am ", b"_ ", b"we are sorry for the delay ",
    b"we are sorry for the delay\n", b"https://", b"[a", b"a\n> b\n", b"\xe6\x97\xa5", b"***", b"From: ",
]  # fmt: skip
STRUCTURE = [
    b"--b\n", b"--b\n\n", b"--b--b ", b"\n--b", b"A: b\n", b" a\n", b"A:\n\n", b"--b\nContent-Type: message/rfc822\n\n",
    b"--b\nContent-Type: multipart/mixed; boundary=b\n\n", b"--b\nContent-Type: text/calendar\n\nBEGIN:VEVENT\n",
    b"--b\nContent-Type: text/html\n\n<p>", b"--b\nContent-Type: application/ms-tnef\n\n\x78\x9f\x3e\x22",
    b"--b\nContent-Transfer-Encoding: base64\n\nQQ==\n", b"\r\r", b"\n \n", b"From ",
]  # fmt: skip


def reading(of):
    return lambda content: of(content.decode("utf-8", "surrogateescape"))


@pytest.mark.parametrize("piece", HEADERS)
def test_cve_2015_7686_headers_cost_no_more_than_their_size(piece):
    """Guarantee 1: nested comments, endless quotes, words that never end."""
    for of in (people, words, ids, moment):
        assert grows_evenly(reading(of), piece, size=SIZE // 2, end=b"a@b.test)"), of


@pytest.mark.parametrize("piece", HTML)
def test_cve_2021_21439_html_costs_no_more_than_its_size(piece):
    """Guarantee 1: reading and cleaning."""
    assert grows_evenly(reading(from_html), piece, size=SIZE)
    assert grows_evenly(reading(clean_html), piece, size=SIZE // 2)


@pytest.mark.parametrize("piece", TEXT)
def test_cve_2026_48187_text_costs_no_more_than_its_size(piece):
    """Guarantee 1: guessing, comparing with the thread, parting the signature, joining lines."""
    assert grows_evenly(reading(fold), piece, size=SIZE)
    assert grows_evenly(reading(lambda text: read(text, thread=THREAD)), piece, size=SIZE)
    assert grows_evenly(reading(unflow), piece, size=SIZE)


@pytest.mark.parametrize(
    "piece", [*TEXT, b"From ", b"Date ", b"mailto:", b"[(<", b"AW", b"Re: ", b"#"]
)
def test_freescout_5424_judging_a_letter_costs_no_more_than_its_size(piece):
    """Guarantee 1: what it is, what it forwards, what it is about."""

    def judge(content: bytes) -> None:
        head = b"From: a@x.test\nSubject: Fwd: " + content[:990].replace(b"\n", b" ") + b"\n\n"
        parsed = parse(head + b"From" + content)
        _ = parsed.nature, inner_of(parsed)
        matter(parsed.subject), their_number(parsed.subject)

    assert grows_evenly(judge, piece, size=SIZE)


@pytest.mark.parametrize("piece", STRUCTURE)
def test_cve_2021_21439_parts_cost_no_more_than_their_size(piece):
    """Guarantee 1."""
    head = b"From: a@x.test\nContent-Type: multipart/mixed; boundary=b\n\n"
    assert grows_evenly(lambda content: parse(head + content), piece, size=SIZE)
    assert grows_evenly(lambda content: parse(content), piece, size=SIZE)
    assert grows_evenly(lambda content: Body().read(tree(head + content)), piece, size=SIZE)


@pytest.mark.parametrize(
    "piece",
    [b"QQ==", b"=", b"=\n", b"*", b"QUFB\n", b"a ", b"\n", b"=3D", b"= \n", b"begin 644 a\n"],
)
@pytest.mark.parametrize("encoding", ["base64", "quoted-printable", "x-uuencode"])
def test_encodings_cost_no_more_than_their_size(piece, encoding):
    assert grows_evenly(lambda content: undone(encoding, content), piece, size=SIZE * 4)


@pytest.mark.parametrize(
    "piece", [b"{", b"}", b"\\", b"\\'e9", b"\\u8364?", b"{\\*\\x", b"a", b"\\htmlrtf ", b"\\par\n"]
)
def test_rich_text_costs_no_more_than_its_size(piece):
    assert grows_evenly(words_of_rtf, piece, size=SIZE)


@pytest.mark.parametrize(
    "piece",
    [
        b"\x30\x80",
        b"\x24\x80",
        b"\x04\x01a",
        b"\x78\x9f\x3e\x22\0\0",
        b"\x02\x02\x90\0\0\0\0\0\0\0\0",
    ],
)
def test_what_is_wrapped_costs_no_more_than_its_size(piece):
    assert grows_evenly(content_of, piece, size=SIZE)
    assert grows_evenly(lambda content: opened(b"\x78\x9f\x3e\x22\0\0" + content), piece, size=SIZE)


@pytest.mark.parametrize(
    "piece", [b"BEGIN:VEVENT\n", b"A;B=", b'A;"', b"ATTENDEE:a\n", b" \n", b"A;B=c:d\n", b"\\n"]
)
def test_calendars_cost_no_more_than_their_size(piece):
    assert grows_evenly(reading(words_of_calendar), piece, size=SIZE)
