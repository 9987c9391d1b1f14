"""English words also answer to their lemma."""

from amends.coach.languages.english import ENGLISH


def test_a_tail_stands_for_all_it_may_mean():
    assert "is" in ENGLISH.meant("'s")[0]
    assert "BE" in ENGLISH.meant("'m")[0]
