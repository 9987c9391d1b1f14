import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.mailroom.history import Said, words

OURS = "Dear Ana,\n\nwe are sorry for the delay. When may we call you?\n\nYours, the desk"


def said_again(line: str, *letters: str) -> bool:
    return Said(letters or (OURS,)).repeats([words(line)])[0]


def test_what_was_said_is_known_however_it_is_wrapped_and_marked():
    lines = ["> Dear Ana, we are", "> sorry for the DELAY. When", ">", "> may we call you?"]
    assert Said([OURS]).repeats([words(line) for line in lines]) == [True] * 4


def test_one_new_word_makes_a_line_new():
    assert said_again("we are sorry for the delay")
    assert not said_again("we are sorry for the third delay")
    assert not said_again("we are sorry for the delay never")


def test_the_words_of_two_lines_are_not_mixed():
    assert not said_again("delay the for sorry are we")


def test_short_lines_are_known_by_what_stands_around_them():
    assert not said_again("Dear Ana,")
    assert Said([OURS]).repeats([["dear", "ana"], words("we are sorry")]) == [True, True]


@pytest.mark.parametrize("line", ["👍", "-- ", "+1", ":-)", "we are sorry for the delay 👎", "???"])
def test_a_sign_may_be_the_whole_answer(line):
    assert not said_again(line)


def test_signs_links_and_wide_letters_do_not_matter():
    assert said_again("ｗｅ are “sorry” — for the delay <https://x.test/?track=1>")


def test_scripts_without_blanks_are_compared_letter_by_letter():
    assert said_again("昨日お電話しました", "お客様、昨日お電話しました。よろしく。")
    assert not said_again("昨日お電話しませんでした", "お客様、昨日お電話しました。よろしく。")


def test_nothing_was_said_before_the_first_letter():
    assert Said([]).repeats([words("hello"), words("")]) == [False, True]


@given(st.lists(st.text(), max_size=5), st.lists(st.text(), max_size=5))
def test_only_words_that_were_said_are_ever_known(letters, lines):
    heard = {word for letter in letters for word in words(letter)}
    repeated = Said(letters).repeats([words(line) for line in lines])
    for line, known in zip(lines, repeated, strict=True):
        assert not known or set(words(line)) <= heard
