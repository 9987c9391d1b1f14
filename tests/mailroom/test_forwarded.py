from email.message import EmailMessage

import pytest

from amends.mailroom.forwarded import as_from, inner_of
from amends.mailroom.parsing import parse
from tests.mailroom.mails import mail, multipart

BLOCKS = {
    "en": ("From: Jane Moss <jane@moss.example>", "Sent: Monday, 1 June 2026 08:00", "Subject: My vase"),
    "de": ("Von: Jane Moss <jane@moss.example>", "Gesendet: Montag, 1. Juni 2026 08:00", "Betreff: My vase"),
    "fr": ("De : Jane Moss <jane@moss.example>", "Envoyé : lundi 1 juin 2026 08:00", "Objet : My vase"),
    "es": ("De: Jane Moss <jane@moss.example>", "Enviado el: lunes, 1 de junio de 2026", "Asunto: My vase"),
    "it": ("Da: Jane Moss <jane@moss.example>", "Inviato: lunedì 1 giugno 2026", "Oggetto: My vase"),
    "nl": ("Van: Jane Moss <jane@moss.example>", "Verzonden: maandag 1 juni 2026", "Onderwerp: My vase"),
    "sv": ("Från: Jane Moss <jane@moss.example>", "Skickat: den 1 juni 2026", "Ämne: My vase"),
    "pl": ("Od: Jane Moss <jane@moss.example>", "Wysłano: 1 czerwca 2026", "Temat: My vase"),
    "ru": ("От: Jane Moss <jane@moss.example>", "Отправлено: 1 июня 2026", "Тема: My vase"),
    "tr": ("Kimden: Jane Moss <jane@moss.example>", "Tarih: 1 Haziran 2026", "Konu: My vase"),
    "ja": ("差出人: Jane Moss <jane@moss.example>", "送信日時: 2026年6月1日", "件名: My vase"),
    "zh": ("发件人: Jane Moss <jane@moss.example>", "发送时间: 2026年6月1日", "主题: My vase"),
    "ro": ("De la: Jane Moss <jane@moss.example>", "Trimis: 1 iunie 2026", "Subiect: My vase"),
    "ko": ("보낸사람: Jane Moss <jane@moss.example>", "날짜: 2026년 6월 1일", "제목: My vase"),
    "starred": ("*From:* Jane Moss <jane@moss.example>", "*Date:* 1 June 2026", "*Subject:* My vase"),
}  # fmt: skip


def forwarded(block, *, subject="WG: My vase", above="Please see below."):
    text = "\n".join([above, "", *block, "", "The vase came in three pieces.", "Jane"])
    return parse(mail(text, sender="Ana <ana@larder.example>", subject=subject))


@pytest.mark.parametrize("language", BLOCKS)
def test_who_wrote_it_is_read_in_many_languages(language):
    inner = inner_of(forwarded(BLOCKS[language]))
    assert inner.sender == ("Jane Moss", "jane@moss.example")
    assert (inner.subject, inner.text) == ("My vase", "The vase came in three pieces.\nJane")
    assert inner.above == "Please see below."


def test_a_letter_that_is_attached_whole():
    inside = EmailMessage()
    inside["From"], inside["Message-ID"] = "Jane <jane@moss.example>", "<own@moss.example>"
    inside["Date"], inside["Subject"] = "Mon, 01 Jun 2026 08:00:00 +0000", "My vase"
    inside.set_content("The vase came in three pieces.")
    outside = EmailMessage()
    outside["From"], outside["Subject"] = "ana@larder.example", "Look at this"
    outside.set_content("Please.")
    outside.add_attachment(inside)
    parsed = parse(outside.as_bytes())
    inner = inner_of(parsed)
    assert (inner.sender.address, inner.above) == ("jane@moss.example", "Please.")
    assert (inner.date.hour, inner.ids) == (8, ["<own@moss.example>"])
    assert as_from(parsed, inner).references == ["<own@moss.example>"]


@pytest.mark.parametrize(
    "parsed",
    [
        forwarded(BLOCKS["en"], subject="My vase"),
        forwarded(["From: Jane Moss", "Sent: Monday", "Subject: My vase"]),
        forwarded(["From: Ana <ana@larder.example>", "Sent: Monday", "Subject: My vase"]),
        forwarded(["From: desk@amends.test", "Sent: Monday", "Subject: My vase"]),
        forwarded(["From: me", "to you"]),
        parse(mail("From the first day: nothing but trouble.", subject="Fwd: x")),
        parse(b""),
    ],
)
def test_what_is_no_forwarded_letter_is_none(parsed):
    assert inner_of(parsed) is None


def test_a_message_forwarded_without_a_word_has_nothing_above_it():
    """What it was read out of is the enclosed message, not the forwarder."""
    inside = "From: Jane Moss <jane@moss.example>\nSubject: My vase\n\nIt came broken.\n"
    parsed = parse(multipart(f"Content-Type: message/rfc822\n\n{inside}"))
    assert "It came broken." in parsed.text
    assert inner_of(parsed).above == ""
    said = parse(multipart("\n\nSee this", f"Content-Type: message/rfc822\n\n{inside}"))
    assert inner_of(said).above == "See this"
