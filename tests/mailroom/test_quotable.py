import pytest

from amends.mailroom.filing import log
from amends.mailroom.letter import Direction, Letter
from amends.mailroom.quotable import MOST, said_in

pytestmark = pytest.mark.django_db


def said(direction: Direction, text: str, **given) -> Letter:
    letter = log("abcde", channel="email", direction=direction, text=text)
    Letter.objects.filter(pk=letter.pk).update(**given)
    return letter


def test_what_may_be_quoted_is_our_words_as_they_looked_and_theirs():
    said(Direction.IN, "It was cold", subject="Cold")
    said(Direction.OUT, "We are sorry", html="<p>We are <b>sorry</b></p>", quoted="> It was cold")
    ours, theirs, subjects = said_in(["abcde", "abcde"])
    assert (theirs, subjects) == (["It was cold"], ["Cold", ""])
    assert ours == ["> It was cold", "We are sorry", "We are sorry"]


def test_of_an_endless_conversation_the_latest_letters_are_read_the_oldest_first():
    for number in range(MOST + 2):
        said(Direction.IN, f"{number}")
    assert said_in(["abcde"]).theirs == [f"{number}" for number in range(2, MOST + 2)]


def test_in_no_thread_nothing_was_said():
    assert said_in([]) == ([], [], [])
