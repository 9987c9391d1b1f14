import base64
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.mailroom.mime import DEEPEST, MOST_PARTS, tree
from tests.mailroom.mails import mail, multipart, parts, real_mails


def leaves(part):
    return [leaf for each in part.parts for leaf in leaves(each)] if part.parts else [part]


def test_parts_come_out_as_they_went_in():
    raw = multipart("Content-Type: text/plain\n\none", "Content-Type: image/png\n\n\x89PNG\n")
    found = tree(raw).parts
    assert [part.content_type for part in found] == ["text/plain", "image/png"]
    assert found[0].content == b"one"


def test_an_attached_message_stays_byte_for_byte_what_it_was():
    inner = b"From: x@y.test\r\nSubject:  two  spaces\r\nX-Odd:\tz\r\n\r\nFrom here\r\n.\r\n"
    raw = multipart(b"Content-Type: message/rfc822\r\n\r\n" + inner)
    assert tree(raw).parts[0].content == inner


@pytest.mark.parametrize("ending", ["", "--b0", "--b0--", "--b0 \t"])
def test_a_missing_last_boundary_loses_nothing(ending):
    raw = mail(f"--b0\r\n\r\nthe words\r\n{ending}", content="multipart/mixed; boundary=b0")
    assert leaves(tree(raw))[0].content.strip() == b"the words"


def test_a_boundary_that_begins_like_another_is_another():
    inner = "--b01\r\n\r\ninner\r\n--b01--"
    raw = multipart(f"Content-Type: multipart/mixed; boundary=b01\r\n\r\n{inner}")
    assert [leaf.content for leaf in leaves(tree(raw))] == [b"inner"]


@pytest.mark.parametrize(
    "raw",
    [
        b"just words, no headers\nat all",
        b"Note: this looks like a header\n\nbut is not",
        b"",
        b"\xff\xfe\x00",
        b"Subject",
    ],
)
def test_what_has_no_headers_is_all_words(raw):
    assert tree(raw).body == (raw.lstrip() or raw)


def test_words_right_below_the_headers_are_words():
    part = tree(b"From: a@x.test\nSubject: hi\nThis is no header\nFrom me to you: hello\n")
    assert part.header("subject") == "hi"
    assert part.body == b"This is no header\nFrom me to you: hello\n"


def test_names_of_headers_may_be_followed_by_blanks():
    part = tree(b"From  : ana@x.test\nSubject\t: hi\n\nwords")
    assert (part.header("from"), part.header("subject")) == ("ana@x.test", "hi")


def test_the_first_line_of_an_mbox_is_no_word():
    part = tree(b"From ana@x.test Mon Jun  1 08:00:00 2026\nSubject: hi\n\nwords")
    assert (part.header("subject"), part.body) == ("hi", b"words")


@pytest.mark.parametrize(
    ("encoding", "sent", "meant"),
    [
        ("base64", base64.encodebytes(b"hello world"), b"hello world"),
        ("base64", b"SGVsbG8gd29ybGQ*!!\n===\n", b"Hello world"),
        ("BASE64", b"SGVsbG8gd29ybGQ", b"Hello world"),
        ("base64", b"?", b"?"),
        ("quoted-printable", b"a=20soft=\r\n break", b"a soft break"),
        ("quoted-printable", b"100% = =ZZ", b"100% = =ZZ"),
        ("x-uuencode", b"begin 644 a.txt\n#0V%T\n`\nend\n", b"Cat"),
        ("8bit", b"\xe9\x00", b"\xe9\x00"),
        ("who knows", b"as it is", b"as it is"),
    ],
)
def test_dj_719_transfer_encodings_are_undone_once(encoding, sent, meant):
    """Guarantee 1."""
    part = tree(b"From: a@x.test\nContent-Transfer-Encoding: " + encoding.encode() + b"\n\n" + sent)
    assert part.content == meant


def test_nests_deeper_than_anybody_needs_are_not_opened():
    deep = "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(3_000)
    )
    part, depth = tree(deep.encode() + b"\nthe words"), 0
    while part.parts:
        part, depth = part.parts[0], depth + 1
    assert depth == DEEPEST
    assert part.body.endswith(b"the words")


def test_zammad_2591_parts_beyond_the_limit_stay_together():
    """Guarantee 1."""
    body, content = parts(*["\n\nword"] * (MOST_PARTS + 500))
    found = tree(mail(body, content=content)).parts
    assert len(found) == MOST_PARTS + 1
    assert b"".join(part.body for part in found).count(b"word") == MOST_PARTS + 500


@pytest.mark.parametrize(
    "head",
    [
        "multipart/mixed; boundary*0=b; boundary*1=0",
        "multipart/mixed; boundary*=utf-8''b0",
        "multipart/mixed; charset*=bad'; boundary=b0",
        "multipart/mixed; ;;; boundary=b0",
    ],
)
def test_zammad_2227_parameters_in_odd_shapes(head):
    """Guarantee 1."""
    raw = mail("--b0\r\n\r\nhello\r\n--b0--", content=head)
    assert [leaf.content for leaf in leaves(tree(raw))] == [b"hello"]


@pytest.mark.parametrize("head", ["multipart/mixed", "multipart/mixed; boundary=other"])
def test_parts_are_found_also_where_the_headers_name_the_wrong_mark(head):
    raw = mail("--b0\r\n\r\nhello\r\n--b0\r\n\r\nthere\r\n--b0--", content=head)
    assert [leaf.content for leaf in leaves(tree(raw))] == [b"hello", b"there"]


def test_a_mark_that_is_never_closed_is_no_mark():
    raw = mail("--\r\nAna\r\n--b0\r\nwords", content="multipart/mixed")
    assert tree(raw).parts == []


HOSTILE = {
    "boundaries": b'Content-Type: multipart/mixed; boundary="' + b";" * 500_000 + b'"\n\n',
    "boundary lines": b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b--b--b " * 100_000,
    "headers": b"A: b\n" * 200_000,
    "folds": b"Subject: a\n" + b" a\n" * 300_000,
    "rfc822": b"Content-Type: message/rfc822\n\n" * 30_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_cve_2021_21439_hostile_structure_costs_no_time(name):
    """Guarantee 1."""
    began = monotonic()
    tree(HOSTILE[name])
    assert monotonic() - began < 2


@given(st.binary(max_size=3_000))
def test_any_bytes_are_a_tree(raw):
    for leaf in leaves(tree(raw)):
        assert isinstance(leaf.content, bytes)
        assert leaf.content_type


@given(st.lists(st.binary(max_size=80), min_size=1, max_size=6))
def test_whatever_is_in_the_parts_comes_out_whole(pieces):
    pieces = [base64.encodebytes(piece) for piece in pieces]
    body = b"".join(b"--b0\r\nContent-Type: a/b\r\n\r\n" + piece + b"\r\n" for piece in pieces)
    raw = mail(body + b"--b0--", content="multipart/mixed; boundary=b0")
    assert [leaf.body for leaf in tree(raw).parts] == pieces


def test_real_mails_have_the_parts_that_the_standard_library_sees():
    import email

    different = []
    for name, raw in real_mails("email_mime").items():
        theirs = [part for part in email.message_from_bytes(raw).walk() if not part.is_multipart()]
        ours = leaves(tree(raw))
        has_message = any("message/rfc822" in part.content_type for part in ours)
        if not has_message and len(ours) != len(theirs):
            different.append(name)
    assert len(different) <= 2, different  # empty parts, and a report that it opens
