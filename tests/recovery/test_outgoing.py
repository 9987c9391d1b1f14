import pytest

from amends.mailroom.writing import write
from amends.recovery import journey
from amends.recovery.outgoing import in_plain_words, letters_visible_to, recoveries_of
from tests import cast
from tests.desk.pressing import stranger

pytestmark = pytest.mark.django_db


def account_letter():
    return write(
        thread="",
        kind="account",
        recipient="ben@larder.example",
        subject="An invitation",
        text="Come in.",
        sender_name="Amends",
        automatic=True,
    )


def test_everybody_sees_the_letters_of_the_recoveries_they_see():
    recovery = cast.heard()
    letter = journey.write(recovery, words="I will ring you.", by=cast.ana())
    to_one_of_us = account_letter()
    assert list(letters_visible_to(cast.mona())) == [letter]
    assert list(letters_visible_to(stranger())) == []
    assert set(letters_visible_to(cast.olive())) == {letter, to_one_of_us}
    assert recoveries_of([letter, to_one_of_us]) == {recovery.ref: recovery}


def test_whoever_left_sees_nothing():
    account_letter()
    olive = cast.olive()
    olive.is_active = False
    assert list(letters_visible_to(olive)) == []


@pytest.mark.parametrize(
    ("trouble", "means"),
    [
        ("The mail server said no: 550 5.1.1 <x>: user unknown", "there is no such mailbox"),
        ("Not yet: 452 4.2.2 over quota", "the mailbox is full"),
        ("The mail server said no: 550 nobody here", "there is no such mailbox"),
        ("The mail server said no: 999 what", ""),
        ("There is no address to send it to.", ""),
    ],
)
def test_figures_are_put_into_words(trouble, means):
    assert in_plain_words(trouble) == means
