"""What the coach hands back: sixteen categories, worst first."""

from amends.coach import findings


def test_there_are_twelve_checks_of_words_and_four_of_the_whole():
    assert (len(findings.FRAGMENT), len(findings.WHOLE)) == (12, 4)
    assert len(set(findings.CATEGORIES)) == 16
