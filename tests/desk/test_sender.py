import pytest

from amends.desk.sender import Sender
from amends.mailroom.letter import Letter
from tests.recovery.test_from_staff import FORWARD


def of(**told):
    return Sender(Letter(direction="in", channel="email", sender="bo@shop.example", **told))


def test_zendesk_help_9866500749850_an_unproven_sender_is_told_in_plain_words():
    """Guarantee 10."""
    assert "Nothing proves that bo@shop.example sent this." in of(standing="unproven").warning
    refuted = of(standing="refuted")
    assert "This is probably not from bo@shop.example: shop.example says" in refuted.warning
    assert refuted.warns_loudly
    assert "could not look up" in of(standing="unknown").warning
    assert of(standing="proven", signed_by="shop.example").warning == of().warning == ""


def test_where_answers_are_wanted_is_told_only_when_it_differs():
    assert of(reply_to="BO@shop.example").wants_answers_at == ""
    assert of(reply_to="x@y.example").wants_answers_at == "x@y.example"


def test_freescout_2813_a_forwarded_letter_is_a_hint_and_no_more():
    """2733: suggest, do not switch."""
    assert of(subject="Fwd: My vase", text=FORWARD).seems_to_be_from == "jane@moss.example"
    assert of(subject="My vase", text=FORWARD).seems_to_be_from == ""
    told = of(subject="Fwd: My vase", text=FORWARD, by_name="Ana Reyes")
    assert (told.seems_to_be_from, told.forwarded_by) == ("", "Ana Reyes")


@pytest.mark.parametrize(
    ("html", "has"),
    [
        ('<p><img width="1" src="https://spy.example/x.png">', True),
        ("<IMG SRC=//spy.example/x>", True),
        ('<img src="cid:logo"><a href="https://x.example">', False),
        ("", False),
    ],
)
def test_pictures_from_afar_are_noticed(html, has):
    assert of(html=html).has_pictures_from_afar is has
