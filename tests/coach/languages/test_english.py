"""English words also answer to their lemma."""

from amends.coach.languages.english import ENGLISH


def test_a_tail_stands_for_all_it_may_mean():
    assert "is" in ENGLISH.known("'s")[0]
    assert "BE" in ENGLISH.known("'m")[0]
