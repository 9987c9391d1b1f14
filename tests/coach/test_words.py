"""Words and sentences, each where it stood."""

from amends.coach.languages.pack import Pack
from amends.coach.words import Token, apart, plain


def words_of(text: str) -> list[Token]:
    return Pack("test", sets={}, split={}, phrases={}, tails={"'s": "'s"}).read(text)


def test_sentences_end_at_stops_and_lines_but_not_at_titles():
    words = words_of("Mr. Bell waited. We forgot\nhim")
    assert [(word.low, word.first) for word in words] == [
        ("mr", True),
        ("bell", False),
        ("waited", False),
        ("we", True),
        ("forgot", False),
        ("him", True),
    ]


def test_a_contraction_is_two_words():
    words = words_of("didn't")
    assert [word.low for word in words] == ["did", "not"]


def test_accents_and_capitals_do_not_count():
    assert plain("Señor Müller’s") == "senor muller's"


def test_an_address_or_a_time_is_one_word_and_a_sign_is_none():
    said = "Write to ana.ruiz@inn.example by 3:30pm, or see https://inn.example/a-b?"
    assert [word.text for word in words_of(said)] == [
        *["Write", "to", "ana.ruiz@inn.example", "by", "3:30pm", "or", "see"],
        "https://inn.example/a-b?",
    ]
    assert apart("!", split={}, tails=True) == ()
