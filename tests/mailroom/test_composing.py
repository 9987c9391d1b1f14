import email
import email.policy
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.mailroom.addresses import address_for
from amends.mailroom.composing import Envelope, as_sent, compose
from amends.mailroom.letter import Letter


def letter(**given) -> Letter:
    usual = {
        "sender": "desk@amends.test",
        "sender_name": "The Larder",
        "reply_to": address_for("abcde"),
        "recipient": "ana@customers.test",
        "recipient_name": "Ana Lima",
        "thread": "abcde",
        "subject": "Your breakfast",
        "text": "We are sorry.\n",
        "message_id": "<a.b@amends.test>",
        "made_at": datetime(2026, 6, 1, 9, tzinfo=UTC),
    }
    return Letter(**{**usual, **given})


def read(envelope: Envelope):
    return email.message_from_bytes(envelope.content, policy=email.policy.default)


def test_a_letter_has_honest_headers():
    envelope = compose(
        letter(in_reply_to="<c@x.test>", references=["<m@amends.test>", "<c@x.test>"])
    )
    message = read(envelope)
    assert message["From"] == "The Larder <desk@amends.test>"
    assert message["To"] == "Ana Lima <ana@customers.test>"
    assert message["Reply-To"].addresses[0].addr_spec == address_for("abcde")
    assert message["Subject"] == "Your breakfast"
    assert message["Message-ID"] == "<a.b@amends.test>"
    assert message["In-Reply-To"] == "<c@x.test>"
    assert message["References"].split() == ["<m@amends.test>", "<c@x.test>"]
    assert message["Date"].datetime == datetime(2026, 6, 1, 9, tzinfo=UTC)
    assert "Auto-Submitted" not in message
    assert envelope.recipients == ("ana@customers.test",)


def test_fixmystreet_3472_mail_is_from_us_and_never_in_the_name_of_a_customer():
    message = read(compose(letter(sender_name="ana@customers.test")))
    assert message["From"].addresses[0].addr_spec == "desk@amends.test"


def test_text_and_html_go_together():
    message = read(compose(letter(html="<p>We are <b>sorry</b>.</p>")))
    assert message.get_content_type() == "multipart/alternative"
    assert message.get_body(("plain",)).get_content().replace("\r", "") == "We are sorry.\n"
    assert message.get_body(("html",)).get_content().strip() == "<p>We are <b>sorry</b>.</p>"


@pytest.mark.parametrize(
    ("automatic", "in_reply_to", "says", "sender"),
    [
        (False, "<c@x>", None, address_for("abcde")),
        (True, "", "auto-generated", ""),
        (True, "<c@x>", "auto-replied", ""),
    ],
)
def test_osticket_1041_machines_say_so_and_answers_by_machine_ask_for_no_bounce(
    automatic, in_reply_to, says, sender
):
    """Guarantee 7."""
    envelope = compose(letter(automatic=automatic, in_reply_to=in_reply_to))
    message = read(envelope)
    assert message["Auto-Submitted"] == says
    assert (message["X-Auto-Response-Suppress"] == "All") is automatic
    assert envelope.sender == sender


@pytest.mark.parametrize(
    "evil", ["a\r\nBcc: x@y.test", "a\nX: y", "a\u2028Bcc: b", "a\0b", "a\x85b"]
)
def test_no_header_can_be_smuggled_in(evil):
    message = read(compose(letter(subject=evil, sender_name=evil, recipient_name=evil)))
    assert set(message.keys()) == {
        "Message-ID",
        "From",
        "To",
        "Reply-To",
        "Subject",
        "Date",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
    }


def test_rt_43f8d97b24_no_line_is_too_long():
    content = compose(
        letter(
            text="x" * 5_000 + "\n.\n" + "ö" * 3_000,
            html=f"<p>{'y' * 9_000}</p>",
            subject="s" * 3_000,
            references=[f"<{'r' * 240}{n}@x>" for n in range(12)],
        )
    ).content
    assert max(len(line) for line in content.split(b"\r\n")) <= 998
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_ids_longer_than_a_line_arrive_as_they_are():
    long = f"<{'DB9PR04MB' * 12}@eurprd04.prod.outlook.test>"
    content = compose(letter(in_reply_to=long, references=[long, "<b@x>"])).content
    assert f"In-Reply-To: {long}\r\n".encode() in content
    assert f"References: {long}\r\n <b@x>\r\n".encode() in content


LINES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])).map(
    lambda text: text.replace("\u2028", "").replace("\u2029", "")
)


@given(st.lists(LINES, max_size=8), LINES, LINES)
def test_whatever_is_written_arrives_as_it_was_written(lines, subject, name):
    text = "\n".join(lines) + "\n"
    message = read(compose(letter(text=text, subject=subject, recipient_name=name)))
    assert message.get_content().replace("\r", "") == text
    assert " ".join(str(message["Subject"]).split()) == " ".join(subject[:900].split())


def test_an_address_beyond_ascii_is_written_as_it_is():
    envelope = compose(letter(recipient="jörg@müller.test"))
    assert "jörg@xn--mller-kva.test".encode() in envelope.content


def test_a_domain_in_other_letters_needs_nothing_special_of_a_mail_server():
    envelope = compose(letter(recipient="ana@müller.test", recipient_name="Ána"))
    assert envelope.content.isascii()
    assert read(envelope)["To"].addresses[0].addr_spec == "ana@xn--mller-kva.test"
    assert as_sent("ana@" + "ü" * 70 + ".test").startswith("ana@ü")
