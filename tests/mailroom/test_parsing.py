import base64
import random
from time import monotonic

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.mailroom.parsing import UNREADABLE, Enclosure, Mailbox, Parsed, parse
from tests.mailroom.mails import mail, multipart, parts, real_mails

PDF = base64.encodebytes(b"%PDF-1.4 x" * 50).decode()


def names(parsed: Parsed) -> list[str]:
    return [enclosure.name for enclosure in parsed.attachments]


def test_an_ordinary_complaint_is_understood():
    parsed = parse(mail("The plate was chipped.\r\n\r\nAna\r\n", more="Cc: b@x.test, c@x.test"))
    assert parsed.sender == Mailbox("Ana Lima", "ana@customers.test")
    assert parsed.subject == "Chipped plate"
    assert parsed.message_id == "<first@customers.test>"
    assert parsed.text == "The plate was chipped.\n\nAna"
    assert parsed.fresh == parsed.text
    assert [mailbox.address for mailbox in parsed.to + parsed.cc] == [
        "desk@amends.test",
        "b@x.test",
        "c@x.test",
    ]
    assert parsed.date is not None
    assert parsed.date.year == 2026
    assert not parsed.automatic
    assert not parsed.trouble
    assert parsed.headers["subject"] == ["Chipped plate"]


def test_text_and_html_are_one_message_said_twice():
    parsed = parse(
        multipart(
            "Content-Type: text/plain\n\nplain words",
            "Content-Type: text/html\n\n<p>rich <b>words</b></p>",
            kind="alternative",
        )
    )
    assert parsed.text == "plain words"
    assert parsed.html == "<p>rich <b>words</b></p>"
    assert parsed.attachments == []


def test_html_alone_becomes_readable_text():
    parsed = parse(mail("<p>Only <b>HTML</b></p><script>alert(1)</script>", content="text/html"))
    assert parsed.text == "Only HTML"
    assert "<script>" in parsed.html  # cleaned when shown, kept as it came


def test_an_empty_plain_part_gives_way_to_the_html():
    parsed = parse(
        multipart(
            "Content-Type: text/plain\n\n \n",
            "Content-Type: text/html\n\n<p>words</p>",
            kind="alternative",
        )
    )
    assert parsed.text == "words"


def test_libredesk_3783cce1_apple_mail_splits_html_around_a_file():
    """Guarantee 1."""
    parsed = parse(
        multipart(
            "Content-Type: text/html\n\n<p>before</p>",
            "Content-Type: application/pdf; name=bill.pdf\nContent-Disposition: inline\n\nx",
            "Content-Type: text/html\n\n<p>after</p>",
        )
    )
    assert parsed.text == "before\n\nafter"
    assert "before" in parsed.html
    assert "after" in parsed.html
    assert names(parsed) == ["bill.pdf"]


def test_text_beside_html_is_in_both():
    parsed = parse(
        multipart("Content-Type: text/html\n\n<p>one</p>", "Content-Type: text/plain\n\n<two>")
    )
    assert parsed.text == "one\n\n<two>"
    assert "<pre>&lt;two&gt;</pre>" in parsed.html


def test_inline_pictures_keep_the_id_by_which_the_html_asks_for_them():
    html = "Content-Type: text/html\n\n<img src='cid:logo@x'>"
    picture = "Content-Type: image/png\nContent-ID: <logo@x>\nContent-Disposition: inline\n\nPNG"
    nested, kind = parts(html, picture, kind="related", boundary="b1")
    parsed = parse(multipart(f"Content-Type: {kind}\n\n{nested.decode()}"))
    assert parsed.attachments == [Enclosure("picture.png", "image/png", b"PNG", "logo@x")]


def test_dj_21b0be1b_a_message_may_be_nothing_but_a_file():
    """Guarantee 1."""
    parsed = parse(
        mail(
            PDF,
            content="application/pdf; name=a.pdf",
            encoding="base64",
            more="Content-Disposition: attachment; filename=a.pdf",
        )
    )
    assert parsed.text == ""
    assert names(parsed) == ["a.pdf"]
    assert parsed.attachments[0].content == b"%PDF-1.4 x" * 50


def test_forwarded_messages_are_inert_files_named_by_their_subject():
    inner = "From: x@y.test\nSubject: My =?utf-8?q?caf=C3=A9?=: a/b\n\ninner words"
    parsed = parse(multipart("\nSee below", f"Content-Type: message/rfc822\n\n{inner}"))
    assert parsed.text == "See below"
    assert names(parsed) == ["My café_ a_b.eml"]
    assert b"inner words" in parsed.attachments[0].content


def test_libredesk_086eb4e4_nameless_parts_get_sensible_names():
    """Guarantee 1."""
    kinds = ["text/calendar", "application/pgp-signature", "message/delivery-status", "x/y"]
    parsed = parse(multipart(*[f"Content-Type: {kind}\n\nx" for kind in kinds]))
    assert names(parsed) == ["invitation.ics", "signature.asc", "delivery-report.txt", "file.bin"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ('filename="../../etc/passwd"', "etc_passwd"),
        ('filename="C:\\\\temp\\\\a.doc"', "C_temp_a.doc"),
        ('filename="photo\u202egpj.exe"', "photo_gpj.exe"),
        ('filename="=?utf-8?q?caf=C3=A9.txt?="', "café.txt"),
        ("filename*=utf-8''caf%C3%A9.txt", "café.txt"),
        ("filename*=us-ascii''caf%E9.txt", "café.txt"),
        ("filename*0=a; filename*1=b.txt", "ab.txt"),
        ('filename="a\tb.txt"', "a b.txt"),
        ('filename="."', "file.bin"),
        ('filename="100%.pdf"', "100%.pdf"),
        (f'filename="{"x" * 500}.pdf"', "x" * 116 + ".pdf"),
        ('filename="<script>.html"', "script_.html"),
    ],
)
def test_freescout_2123_3530_zammad_2227_file_names_are_cleaned_for_display(written, shown):
    """Guarantee 10."""
    part = f"Content-Type: a/b\nContent-Disposition: attachment; {written}\n\nx"
    assert names(parse(multipart(part))) == [shown]


def test_dj_523_files_are_decoded_once_and_keep_their_bytes():
    """Guarantee 1."""
    content = random.Random(7).randbytes(50_000)
    sent = base64.encodebytes(content).decode()
    part = f"Content-Type: image/png; name=a.png\nContent-Transfer-Encoding: base64\n\n{sent}"
    assert parse(multipart(part)).attachments[0].content == content


def test_zammad_2591_seventy_files_are_seventy_files():
    """Guarantee 1."""
    pieces = [f"Content-Type: text/plain; name=n{n}.txt\n\nfile {n}" for n in range(70)]
    parsed = parse(multipart("\nwords", *pieces))
    assert len(parsed.attachments) == 70
    assert parsed.text == "words"


def test_zammad_2200_each_part_has_its_own_charset():
    """Guarantee 1."""
    latin = b"Content-Type: text/plain; charset=iso-8859-1\n\ncaf" + b"\xe9"
    parsed = parse(multipart(latin, "Content-Type: text/plain; charset=utf-8\n\ncafé"))
    assert parsed.text == "café\n\ncafé"


def test_rt_5afab25113_the_charset_of_the_body_says_nothing_of_the_headers():
    """Guarantee 1."""
    raw = mail("x", content="text/plain; charset=koi8-r", subject="caf\udcc3\udca9")
    assert parse(raw).subject == "café"


def test_chatwoot_1950_flowed_text_is_joined():
    """Guarantee 1."""
    assert parse(mail("one \r\ntwo", content="text/plain; format=flowed")).text == "one two"


def test_suitenumerique_524_nul_bytes_go_and_the_words_stay():
    """Guarantee 1."""
    parsed = parse(mail("A NUL\0 byte", subject="a\0b"))
    assert parsed.text == "A NUL byte"
    assert parsed.subject == "ab"


@pytest.mark.parametrize(
    ("subject", "meant"), [(None, ""), ("", ""), ("x " * 5_000, ("x " * 5_000).strip())]
)
def test_dj_86c4ceb1_subjects_of_any_length(subject, meant):
    """Guarantee 1."""
    assert parse(mail(subject=subject)).subject == meant


def test_a_message_from_nobody_without_date_or_id_is_a_message():
    parsed = parse(b"To: desk@amends.test\n\nhello")
    assert parsed.sender == Mailbox("", "")
    assert parsed.message_id == ""
    assert parsed.date is None
    assert parsed.text == "hello"


def test_freescout_4287_the_sender_is_who_it_is_from_and_reply_to_stands_apart():
    """Guarantee 10."""
    parsed = parse(mail(more="Reply-To: Ana <ana@elsewhere.test>"))
    assert parsed.sender.address == "ana@customers.test"
    assert parsed.reply_to == Mailbox("Ana", "ana@elsewhere.test")


def test_several_references_headers_are_one_list():
    parsed = parse(mail(more="In-Reply-To: <b@x>\nReferences: <a@x>\nReferences: <b@x>"))
    assert parsed.in_reply_to == "<b@x>"
    assert parsed.references == ["<a@x>", "<b@x>"]


REPLY = "New words.\r\n\r\nOn 2 June 2026, Desk <desk@amends.test> wrote:\r\n> Old words.\r\n"


def test_quotes_are_folded_in_replies_and_nothing_is_deleted():
    parsed = parse(mail(REPLY, more="In-Reply-To: <a@amends.test>"))
    assert parsed.fresh == "New words."
    assert "> Old words." in parsed.text


def test_freescout_5657_quotes_in_a_first_letter_are_content():
    """Guarantee 9."""
    parsed = parse(mail(REPLY))
    assert parsed.fresh == parsed.text.strip()


def test_zammad_4965_a_forwarded_mail_is_shown_whole():
    """Guarantee 9."""
    parsed = parse(mail(REPLY, subject="WG: Teller", more="References: <a@amends.test>"))
    assert parsed.fresh == parsed.text.strip()


def test_a_subject_alone_can_say_that_it_is_an_answer():
    assert parse(mail(REPLY, subject="AW: Teller")).fresh == "New words."


def test_the_unreadable_is_a_letter_with_the_raw_file():
    parsed = Parsed.unreadable(b"\xff\0", "why\0")
    assert parsed.attachments == [Enclosure("message.eml", "message/rfc822", b"\xff\0")]
    assert parsed.trouble == f"{UNREADABLE} why"


def test_the_unreadable_still_says_whom_it_is_from_where_that_can_be_read():
    parsed = Parsed.unreadable(mail(more="In-Reply-To: <a@x>"), "why")
    assert parsed.sender.address == "ana@customers.test"
    assert parsed.in_reply_to == "<a@x>"
    assert parsed.attachments[0].content == mail(more="In-Reply-To: <a@x>")


def in_order(parsed: Parsed) -> None:
    """What every parsed message must keep, so that it can be stored and shown."""
    texts = [parsed.text, parsed.fresh, parsed.html, parsed.subject, parsed.message_id]
    texts += [parsed.sender.name, parsed.sender.address, *parsed.references, *names(parsed)]
    for text in texts:
        assert "\0" not in text
        text.encode()
    assert not parsed.trouble
    assert all(name and len(name) <= 120 for name in names(parsed))
    assert len(parsed.message_id) <= 255


@given(st.binary(max_size=4_000))
def test_any_bytes_at_all_are_a_message(raw):
    in_order(parse(raw))


PIECES = st.sampled_from(
    [
        b"Content-Type: multipart/mixed; boundary=b\n",
        b"Content-Type: multipart/alternative; boundary*=utf-8''b\n",
        b"Content-Type: text/html; charset=utf-7\n",
        b"Content-Type: message/rfc822\n",
        b"Content-Transfer-Encoding: base64\n",
        b"Content-Transfer-Encoding: x-uuencode\n",
        b"Content-Disposition: attachment; filename*0*=x'y'%zz\n",
        b"From: \xff (((<a@b,\n",
        b"Subject: =?utf-8?b?\xf0?= =?x?q?=?=\n",
        b"References: <<a@b> c@d>\n",
        b"Date: Mon, 99 Foo 0000\n",
        b"\n",
        b"\r\n\r\n",
        b"--b\n",
        b"--b--\n",
        b"begin 644 x\n#!\n",
        b"<p>\x00<!--",
        b"> On 1.1.2026 <a@b> wrote:\n",
        b"\xed\xa0\x80",
    ]
)


@given(st.lists(st.one_of(PIECES, st.binary(max_size=30)), max_size=30).map(b"".join))
@settings(max_examples=300)
def test_any_heap_of_mail_like_pieces_is_a_message(raw):
    in_order(parse(raw))


@pytest.mark.parametrize("folder", ["email_mime", "email_replies"])
def test_real_mails_are_all_understood(folder):
    for name, raw in real_mails(folder).items():
        try:
            in_order(parse(raw))
        except AssertionError as trouble:
            raise AssertionError(name) from trouble


@pytest.mark.parametrize("seed", range(4))
def test_real_mails_changed_at_random_are_all_understood(seed):
    chance = random.Random(seed)
    for raw in real_mails("email_mime").values():
        changed = bytearray(raw)
        for _ in range(chance.randint(1, 12)):
            where = chance.randrange(len(changed) + 1)
            changed[where : where + chance.choice([0, 1, 1, 40])] = chance.randbytes(
                chance.choice([0, 1, 1, 5])
            )
        in_order(parse(bytes(changed)))


def test_no_word_of_a_plain_real_mail_is_lost():
    import email

    for name, raw in real_mails("email_mime").items():
        theirs = email.message_from_bytes(raw)
        if theirs.get_content_type() == "text/plain" and not theirs.get_filename():
            content = theirs.get_payload(decode=True).decode("ascii", "replace")
            is_flowed = "flowed" in str(theirs.get("content-type", "")).lower()
            ours = set(parse(raw).text.split())
            lost = [word for word in content.split() if word.isalnum() and word not in ours]
            is_other = is_flowed or theirs.get_content_disposition() or theirs.defects
            assert is_other or not lost, (name, lost[:5])


def test_zammad_3770_a_large_mail_is_read_in_good_time():
    """Guarantee 1."""
    part = "Content-Type: video/mp4; name=clip.mp4\nContent-Transfer-Encoding: base64\n\n"
    raw = multipart("\nwords", part + base64.encodebytes(bytes(20_000_000)).decode())
    began = monotonic()
    parsed = parse(raw)
    assert monotonic() - began < 8
    assert len(parsed.attachments[0].content) == 20_000_000
