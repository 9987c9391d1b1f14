"""Which words raise a note."""

import pytest

from amends.coach import judging, review
from amends.coach.features import Sheet
from amends.coach.languages.english import ENGLISH
from amends.coach.letter import Letter
from amends.coach.rules import RULES


def test_stretches_are_single_sentences_and_threes():
    assert judging.windows(1) == [(0, 0)]
    assert judging.windows(4) == [(0, 0), (1, 1), (2, 2), (3, 3), (0, 2), (1, 3)]


def test_overlapping_stretches_count_once():
    assert judging.apart([(-2.0, 0, 2), (-1.0, 1, 3), (-0.5, 3, 5)]) == [(0, 2), (3, 5)]


def test_a_denied_phrase_is_not_sure():
    letter = Letter("It is not rest assured.", ENGLISH)
    assert judging.certain(letter, RULES) == []


def test_a_fault_is_found_in_a_stretch():
    draft = "Two of the cooks called in sick, hence the muddle with your starters."
    letter = Letter(draft, ENGLISH)
    assert {one.category for one in judging.fragments(letter, Sheet(letter))} == {"excuse"}


@pytest.mark.parametrize("category", sorted(RULES))
def test_every_rule_has_a_reason_and_a_source(category: str):
    assert RULES[category].why
    assert RULES[category].source


def test_s0_04_a_cause_that_was_asked_for_and_owned_is_welcome():
    draft = "The system crashed, and that was my mistake."
    raised = [note.category for note in review(draft, asked_why=True, whole=False).notes]
    assert "excuse" not in raised
