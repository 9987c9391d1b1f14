"""Features are read from the letter alone."""

from amends.coach.features import Sheet
from amends.coach.languages.english import ENGLISH
from amends.coach.letter import Letter


def sheet(draft: str) -> Sheet:
    return Sheet(Letter(draft, ENGLISH, customer_name="Bo", story="late parcel"))


def test_a_word_after_not_counts_as_denied():
    assert "n:<blip>" in sheet("That is not a hiccup.").sheets[0]


def test_a_name_is_no_word_of_its_own():
    assert "w:<cap>" in sheet("We asked Mina about it.").sheets[0]


def test_words_after_a_turn_are_told_apart():
    found = sheet("Sorry about that, but it was full.").together(0, 0)
    assert {"s:turn", "s:turn same", "a:full"} <= found


def test_the_story_that_is_nowhere_is_a_feature():
    assert "o:none" in sheet("Bo, we take the point.").whole()
    assert "o:none" not in sheet("Bo, your parcel came late.").whole()
