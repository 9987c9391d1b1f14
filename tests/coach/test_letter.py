"""A draft taken apart."""

from amends.coach.languages.english import ENGLISH
from amends.coach.letter import Letter


def test_a_line_is_no_letter_but_a_greeted_one_is():
    assert not Letter("It was overlooked.", ENGLISH).is_whole
    assert Letter("Dear Bo, it was overlooked.", ENGLISH).is_whole


def test_sentences_are_runs_of_words():
    assert Letter("One two. Three", ENGLISH).sentences == [(0, 1), (2, 2)]
