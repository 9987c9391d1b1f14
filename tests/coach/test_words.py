"""Words and sentences, each where it stood."""

from amends.coach.words import plain, tokens


def test_sentences_end_at_stops_and_lines_but_not_at_titles():
    words = tokens("Mr. Bell waited. We forgot\nhim", split={}, tails=True)
    assert [(word.low, word.first) for word in words] == [
        ("mr", True),
        ("bell", False),
        ("waited", False),
        ("we", True),
        ("forgot", False),
        ("him", True),
    ]


def test_a_contraction_is_two_words():
    words = tokens("didn't", split={}, tails=True)
    assert [word.low for word in words] == ["did", "not"]


def test_accents_and_capitals_do_not_count():
    assert plain("Señor Müller’s") == "senor muller's"
