"""What Django sends becomes letters like all others."""

import pytest
from django.core.mail import EmailMultiAlternatives, send_mail

from amends.mailroom.letter import Letter, State

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _as_in_life(settings):
    settings.EMAIL_BACKEND = "amends.config.mail_backend.Letters"


def test_a_reset_becomes_a_letter_that_waits_to_go():
    send_mail("Your password", "Here is the link.", None, ["Ana Lund <ana@x.example>"])
    letter = Letter.objects.get()
    assert (letter.recipient, letter.recipient_name) == ("ana@x.example", "Ana Lund")
    assert (letter.kind, letter.state, letter.thread) == ("account", State.QUEUED, "")
    assert letter.automatic


def test_each_recipient_gets_a_letter_with_the_html():
    message = EmailMultiAlternatives("Hello", "plain", None, ["a@x.example", "b@x.example"])
    message.attach_alternative("<p>rich</p>", "text/html")
    message.send()
    assert {letter.html for letter in Letter.objects.all()} == {"<p>rich</p>"}
    assert Letter.objects.count() == 2


def test_surveda_1788_nobody_is_flooded_with_letters_that_anybody_can_ask_for(clock):
    """Guarantee 13: the same limit for every mail that is sent unasked."""
    for _ in range(15):
        send_mail("Reset", "Follow this link.", None, ["ana@larder.example"])
    states = list(Letter.objects.values_list("state", flat=True))
    assert (states.count("queued"), states.count("held")) == (10, 5)
