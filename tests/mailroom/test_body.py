import base64

import pytest

from amends.mailroom import body as bodies
from amends.mailroom.body import IN_ORIGINAL, LOCKED, TORN, UNOPENED, Body, Room
from amends.mailroom.mime import MOST_PARTS, tree
from amends.mailroom.parsing import parse
from tests.mailroom.mails import mail, multipart, parts
from tests.mailroom.seals import ENVELOPED, sealed
from tests.mailroom.winmail import WIDE, attribute, file, properties, winmail

INVITATION = "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nSUMMARY:Tasting\nEND:VEVENT\n"
INSIDE = "From: Bo <bo@x.test>\nSubject: The plate\n\nIt was chipped.\n"
SAID = attribute(1, 0x9003, properties((WIDE, 0x1000, "The plate was chipped.")))


def names(parsed):
    return [each.name for each in parsed.attachments]


def encoded(content: bytes, kind: str) -> str:
    head = f"Content-Type: {kind}\nContent-Transfer-Encoding: base64\n\n"
    return head + base64.encodebytes(content).decode()


def test_libredesk_3783cce1_several_texts_are_joined_in_their_order():
    """Guarantee 1."""
    parsed = parse(
        multipart(
            "\n\none",
            "Content-Type: text/html\n\n<p>two</p>",
            "Content-Type: image/png\n\nPNG",
            "\n\nthree",
            "Content-Type: text/markdown\n\n*four*",
        )
    )
    assert parsed.text == "one\n\ntwo\n\nthree\n\n*four*"
    assert names(parsed) == ["picture.png"]


def test_a_plain_text_that_is_but_a_stub_gives_way_to_the_html():
    """Guarantee 9: every line the customer wrote is in sight."""
    raw = multipart(
        "\n\nYour programme cannot show this message.",
        f"Content-Type: text/html\n\n<p>{'The plate was chipped. ' * 10}</p>",
        kind="alternative",
    )
    assert "The plate was chipped" in parse(raw).text


def test_two_plain_texts_in_an_alternative_are_both_read():
    raw = multipart(
        "\n\none", "\n\ntwo", "Content-Type: text/html\n\n<p>one</p>", kind="alternative"
    )
    assert parse(raw).text == "one\n\ntwo"


def test_libredesk_086eb4e4_an_invitation_stands_above_the_words():
    """Guarantee 1: the file is kept, and said once however often it is enclosed."""
    calendar = f"Content-Type: text/calendar; method=REQUEST\n\n{INVITATION}"
    inner, kind = parts("\n\nPlease come", calendar, kind="alternative", boundary="b1")
    file_too = f"Content-Type: application/ics; name=invite.ics\n\n{INVITATION}"
    parsed = parse(multipart(f"Content-Type: {kind}\n\n{inner.decode()}", file_too))
    assert parsed.text == "Invitation: Tasting\n\nPlease come"
    assert names(parsed) == ["invitation.ics", "invite.ics"]


def test_zammad_2403_words_and_files_only_inside_winmail_dat():
    """Guarantee 1."""
    inside = winmail(SAID, file("../bill.pdf", b"PDF", content_type="application/pdf"))
    parsed = parse(multipart(encoded(inside, "application/ms-tnef; name=winmail.dat")))
    assert parsed.text == "The plate was chipped."
    assert names(parsed) == ["bill.pdf"]
    assert parsed.notes == []


def test_zammad_2403_words_said_in_both_are_said_once():
    """Guarantee 1."""
    inside = encoded(winmail(SAID), "application/octet-stream; name=WINMAIL.DAT")
    assert parse(multipart("\n\nThe plate  was\nchipped.", inside)).text.count("plate") == 1


@pytest.mark.parametrize(
    ("inside", "note"), [(b"no winmail", UNOPENED), (winmail(SAID, b"\2\0\0"), None)]
)
def test_zammad_2403_a_winmail_dat_that_stays_closed_is_offered_as_it_came(inside, note):
    """Guarantee 1."""
    parsed = parse(multipart("\n\nhello", encoded(inside, "application/ms-tnef")))
    assert parsed.notes == ([note] if note else [])
    assert names(parsed) == (["winmail.dat"] if note else [])


def test_a_torn_winmail_dat_is_read_and_offered():
    inside = winmail(SAID, file("a.pdf", b"PDF"))[:-20]
    parsed = parse(multipart(encoded(inside, "application/ms-tnef")))
    assert parsed.notes == [TORN]
    assert "chipped" in parsed.text
    assert "winmail.dat" in names(parsed)


@pytest.mark.parametrize("endless", [False, True])
def test_an_s_mime_seal_around_the_words_is_opened(endless):
    """Guarantee 1."""
    inside, kind = parts("\n\nThe plate", "Content-Type: a/b; name=a.txt\n\nx", boundary="b1")
    message = f"Content-Type: {kind}\r\n\r\n".encode() + inside
    raw = mail(
        base64.encodebytes(sealed(message, endless=endless)),
        content="application/pkcs7-mime; smime-type=signed-data; name=smime.p7m",
        encoding="base64",
    )
    parsed = parse(raw)
    assert (parsed.text, names(parsed)) == ("The plate", ["a.txt"])


def test_s_mime_and_pgp_that_sign_from_outside_are_words_with_a_file():
    for kind in ("pkcs7", "pgp"):
        seal = f"Content-Type: application/{kind}-signature\n\nxyz"
        parsed = parse(multipart("\n\nThe plate", seal, kind="signed"))
        assert parsed.text == "The plate"
        assert names(parsed)[0].startswith(("smime.p7s", "signature.asc"))
        assert parsed.notes == []


@pytest.mark.parametrize(
    "raw",
    [
        mail(
            base64.encodebytes(sealed(b"x", kind=ENVELOPED)),
            content="application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m",
            encoding="base64",
        ),
        multipart(
            "Content-Type: application/pgp-encrypted\n\nVersion: 1",
            "Content-Type: application/octet-stream; name=encrypted.asc\n\n-----BEGIN",
            kind="encrypted",
        ),
        mail("-----BEGIN PGP MESSAGE-----\n\nabc\n-----END PGP MESSAGE-----\n"),
    ],
)
def test_what_is_encrypted_says_so_and_is_kept(raw):
    """Guarantee 1: nobody wonders why there are no words."""
    parsed = parse(raw)
    assert parsed.notes == [LOCKED]
    assert parsed.attachments or parsed.text


def test_html_may_name_its_own_charset():
    """Guarantee 1: where the part names none."""
    meta = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'
    html = f"<html><head>{meta}</head><p>Жалоба".encode("cp1251")
    assert parse(mail(html, content="text/html")).text == "Жалоба"
    assert parse(mail("<p>café", content="text/html; charset=utf-8")).text == "café"


def test_a_forwarded_message_alone_is_read_out():
    """Guarantee 9: words that came only inside another message are in sight."""
    parsed = parse(multipart(f"Content-Type: message/rfc822\n\n{INSIDE}"))
    assert parsed.text == "From: Bo <bo@x.test>\nSubject: The plate\n\nIt was chipped."
    assert names(parsed) == ["The plate.eml"]
    beside = parse(multipart("\n\nSee this", f"Content-Type: message/rfc822\n\n{INSIDE}"))
    assert beside.text == "See this"


def test_messages_nested_in_messages_are_read_out_to_a_depth():
    nest = INSIDE.encode()
    for number in range(50):
        body, kind = parts(b"Content-Type: message/rfc822\n\n" + nest, boundary=f"b{number}x")
        nest = f"Content-Type: {kind}\n\n".encode() + body
    parsed = parse(b"From: a@b\n" + nest)
    assert names(parsed) == ["message.eml"]
    assert not parsed.trouble


@pytest.mark.parametrize(
    "head",
    [
        "Content-Type: text/plain; name=message.txt\nContent-Disposition: inline",
        "Content-Type: text/plain\nContent-Disposition: attachment",
        "Content-Type: text/plain; name=complaint.txt\nContent-Disposition: attachment",
    ],
)
def test_dj_21b0be1b_words_sent_only_as_a_file_are_in_sight_and_a_file(head):
    """Guarantee 9."""
    parsed = parse(multipart(f"{head}\n\nThe plate"))
    assert parsed.text == "The plate"
    assert len(parsed.attachments) == 1
    beside = parse(multipart(f"{head}\n\nThe plate", "\n\nhello"))
    assert beside.text == "hello"


def test_libredesk_3783cce1_inline_without_an_id_is_a_file():
    """Guarantee 1."""
    part = "Content-Type: image/jpeg; name=a.jpg\nContent-Disposition: inline\n\nJPG"
    assert names(parse(multipart("\n\nwords", part))) == ["a.jpg"]


def test_zammad_6141_a_malformed_type_of_a_file_breaks_nothing():
    """Guarantee 1."""
    broken = (
        b'Content-Type: application/pdf;;; name=\xff\xfe; =x; "\nContent-Disposition: \xe9;=\n\nPDF'
    )
    parsed = parse(multipart(b"\n\nThe plate", broken))
    assert parsed.text == "The plate"
    assert len(parsed.attachments) == 1
    assert not parsed.trouble


def test_znuny_764_the_same_file_under_the_same_name_is_there_once():
    """Guarantee 1."""
    logo = "Content-Type: image/png; name=logo.png\nContent-ID: <l@x>\n\nPNG"
    other = "Content-Type: image/png; name=logo.png\nContent-ID: <m@x>\n\nPNG"
    assert len(parse(multipart("\n\nwords", *[logo] * 43, other)).attachments) == 2


def test_freescout_3530_two_files_of_one_name_are_two_files():
    """Guarantee 1."""
    one = "Content-Type: a/b; name=scan.pdf\n\n"
    parsed = parse(multipart("\n\nwords", one + "first", one + "second"))
    assert [each.content for each in parsed.attachments] == [b"first", b"second"]


def test_more_files_than_anybody_sends_are_counted_out():
    """Guarantee 1: what lies beyond a limit is said, and is in the original."""
    room = Room(files=3)
    found = Body(room)
    found.read(tree(multipart(*[f"Content-Type: a/b\n\n{n}" for n in range(5)])))
    assert len(found.files()) == 3
    (note,) = room.notes
    assert note.endswith(IN_ORIGINAL)


def test_more_parts_than_anybody_sends_are_said():
    parsed = parse(multipart(*["\n\nword"] * (MOST_PARTS + 5)))
    assert parsed.notes == [f"There are more than {MOST_PARTS:,} parts. {IN_ORIGINAL}"]
    assert parsed.text.count("word") == MOST_PARTS + 5


@pytest.mark.parametrize("content", ["text/plain", "text/html"])
def test_cve_2026_48187_text_without_end_is_shown_to_a_limit(content, monkeypatch):
    """Guarantee 1."""
    monkeypatch.setattr(bodies, "MOST_TEXT", 1_000)
    found = Body(Room(html=1_000))
    found.read(tree(mail("word " * 1_000, content=content)))
    assert len(found.text()) <= 1_000
    assert list(found.room.notes) == [bodies.TOO_LONG]


def test_zammad_2591_a_message_that_takes_too_long_says_so():
    """Guarantee 1: the reading ends, the original is kept."""
    found = Body(Room(until=0))
    found.read(tree(mail("word")))
    assert found.text() == ""
    (note,) = found.room.notes
    assert "seconds" in note
