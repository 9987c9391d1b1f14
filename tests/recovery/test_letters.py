"""Every letter we write: whole, kind, the same in both shapes, and safe with anybody's words."""

import re
from html import unescape

import pytest

from amends.mailroom.letter import Letter
from amends.recovery import journey, letters, policy
from amends.recovery.journey.told import Told
from tests import cast

EVERY = letters.names()
TOLD = {
    "name": "Robert",
    "words": "First line.\n\nSecond <b>line</b> & more.",
    "lines": "- Refund. Your money back.\n- A handwritten note.",
    "when": "by Monday 13:00",
    "link": "https://amends.test/r/token/",
    "signed": "Ana Reyes",
    "business": "The Larder",
    "place": "The Larder, Bath",
    "accent": "#2f6f5e",
}
NEVER = re.compile(
    r"\balleg|\bclaim|!|\bticket|\bcase\b|\bagent\b|\bdepartment|\binconvenience|\bpolicy\b", re.I
)


def in_words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html.partition("<body")[2])).split())


def lines_of(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("name", EVERY)
def test_every_letter_has_three_templates(name):
    folder = letters.TEMPLATES / name
    assert {path.name for path in folder.iterdir()} == {"subject.txt", "body.txt", "body.html"}
    written = letters._ours(name, TOLD)
    assert written.subject
    assert "{" not in written.subject + written.text


@pytest.mark.parametrize("name", EVERY)
def test_s0_03_no_letter_doubts_the_customer_or_hides_behind_jargon(name):
    written = letters._ours(name, {**TOLD, "words": "", "lines": ""})
    assert not NEVER.search(written.subject + written.text + in_words(written.html))


@pytest.mark.parametrize("name", EVERY)
def test_text_and_html_say_the_same(name):
    written = letters._ours(name, TOLD)
    shown = in_words(written.html)
    for line in lines_of(written.text):
        if line != TOLD["link"]:
            assert line.rstrip(":") in shown
    assert f'href="{TOLD["link"]}"' in written.html


@pytest.mark.parametrize("name", EVERY)
def test_nothing_in_anybodys_words_becomes_part_of_the_page(name):
    written = letters._ours(name, TOLD)
    assert "<b>" not in written.html
    assert "&lt;" not in written.text


@pytest.mark.parametrize("name", EVERY)
def test_whoever_has_told_us_no_name_is_greeted_without_a_gap(name):
    written = letters._ours(name, {**TOLD, "name": ""})
    if name not in ("approval_wanted", "promise_broken"):
        assert written.text.startswith("Hello,\n")
        assert "<p>Hello,</p>" in written.html


@pytest.mark.django_db
@pytest.mark.usefixtures("clock")
class TestOnTheWay:
    def test_the_acknowledgement_echoes_nothing_that_was_sent(self):
        told = Told(
            words="Buy at http://bad.example now",
            name="http://bad.example Cheap",
            email="robert@finch.example",
            number="http://bad.example",
        )
        journey.tell(cast.place(), told=told, ref="abcdefghjk")
        letter = Letter.objects.get(kind="acknowledgement")
        assert letter.recipient_name == ""
        for part in (letter.subject, letter.text, letter.html, letter.sender_name):
            assert "bad.example" not in part
            assert "Cheap" not in part
            assert "http://bad" not in part

    def test_the_acknowledgement_says_by_when_and_does_not_apologise(self):
        recovery = cast.heard(channel="e-mail")
        letter = Letter.objects.get(kind="acknowledgement", thread=recovery.ref)
        assert "answer you by Monday 14:00" in letter.text
        assert "sorry" not in letter.text.lower()

    def test_a_businesss_own_words_replace_ours_in_both_shapes(self):
        policy.reword(
            "apology",
            subject="From {signed}",
            body="Dear {name},\n\n{words}\n\n{signed}\n{link}",
            by=cast.olive(),
        )
        recovery = cast.sorry()
        letter = Letter.objects.get(kind="apology", thread=recovery.ref)
        assert letter.subject == "From Ana Reyes"
        assert letter.text.startswith(f"Dear Robert,\n\n{cast.SORRY}")
        for line in lines_of(letter.text):
            assert line in in_words(letter.html)
        assert in_words(letter.html).count("Ana Reyes") == 1

    def test_a_placeholder_in_somebodys_words_stays_as_they_wrote_it(self):
        policy.reword("answer", subject="Hello", body="{words}", by=cast.olive())
        recovery = cast.heard()
        letter = journey.write(recovery, words="Tell me your {link} and {name}.", by=cast.ana())
        assert "Tell me your {link} and {name}." in letter.text

    def test_own_words_greet_a_nameless_guest_without_a_gap(self):
        policy.reword("answer", subject="Hello", body="Hello {name},\n{words}", by=cast.olive())
        guest = cast.finch(name="", email="guest@finch.example")
        letter = journey.write(cast.heard(customer=guest), words="All well?", by=cast.ana())
        assert letter.text.startswith("Hello,\n")

    def test_an_offer_names_each_thing_and_what_it_is(self):
        offer = cast.offered("Refund", "Time with our expert")
        letter = Letter.objects.get(kind="offer", thread=offer.recovery.ref)
        assert "- Time with our expert. Just you and them." in letter.text

    def test_the_settings_page_shows_every_letter_as_it_stands(self):
        for name in EVERY:
            subject, body = letters.as_it_stands(name)
            assert subject
            assert "{link}" in body
            assert "{signed}" in body


@pytest.mark.django_db
def test_what_a_letter_can_be_told_is_what_ours_tells():
    assert letters.placeholders("offer")[:3] == ["name", "words", "lines"]
    assert "lines" not in letters.placeholders("apology")
    with pytest.raises(letters.NoSuchLetter):
        letters.placeholders("poem")


def test_how_it_reads_is_shown_with_an_examples_names():
    assert letters.as_read("For {name}", "{words} {nothing}") == (
        "For Robert",
        "the words you write each time {nothing}",
    )
    assert set(letters.EXAMPLE) == set(letters.PLACEHOLDERS)


@pytest.mark.django_db
def test_which_letters_have_words_of_their_own():
    assert letters.reworded() == set()
    policy.reword("apology", subject="Sorry", body="{words}", by=cast.olive())
    assert letters.reworded() == {"apology"}
