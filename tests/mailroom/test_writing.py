import pytest
from django.db import transaction

from amends.mailroom.addresses import address_for, letter_in, mark_of
from amends.mailroom.letter import Direction, Letter, State
from tests.mailroom.outgoing import fresh, written

pytestmark = pytest.mark.django_db


def test_a_letter_is_a_row_before_it_is_sent():
    letter = fresh(written())
    assert letter.state == State.QUEUED
    assert letter.direction == Direction.OUT
    assert letter.sender == "desk@amends.test"
    assert letter.reply_to == address_for("abcde")
    assert letter_in(letter.message_id) == letter.ref
    assert letter.references == [mark_of("abcde")]


@pytest.mark.engines
@pytest.mark.django_db(transaction=True)
def test_a_letter_of_a_step_that_failed_was_never_written():
    @transaction.atomic
    def step() -> None:
        written()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        step()
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    ("recipient", "says"),
    [
        ("", "no address"),
        ("not an address", "not an address"),
        ("a@x.test, b@x.test", "not an address"),
        ("a@x.test\r\nBcc: b@x.test", "not an address"),
        ("<a@x.test>", "not an address"),
        ("desk@amends.test", "our own address"),
    ],
)
def test_libredesk_b5000c7b_a_letter_that_can_go_nowhere_is_seen(recipient, says):
    letter = written(recipient=recipient)
    assert letter.state == State.FAILED
    assert says in letter.trouble
    assert letter in Letter.objects.unreported()
