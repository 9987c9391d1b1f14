"""The phrase language: every sign of it, found where it should be and nowhere else."""

import pytest

from amends.coach.languages.pack import Pack


def finds(phrase: str, text: str) -> bool:
    pack = Pack("test", sets={"<team>": "billing claims"}, split={}, phrases={"t": phrase})
    return bool(pack.search(pack.read(text)))


@pytest.mark.parametrize(
    ("phrase", "said", "not_said"),
    [
        ("we were|are busy", "Yes, we were busy", "we will be busy"),
        ("we were so? busy", "we were so busy. we were busy", "we were too busy"),
        ("<team> decide", "claims decide", "we decide"),
        ("sorry .. but", "sorry about that but", "sorry one two three four but"),
        ("sorry ... but", "sorry one two three four but", "sorry. One but"),
        ("sorry / but", "Sorry. But no", "sorry but no"),
        ("^ sorry", "Well. Sorry", "well sorry"),
        ("sorry $", "I am sorry.", "sorry about it"),
        ("sorry , but", "sorry, but", "sorry but"),
        ("sorry !for", "sorry about", "sorry for"),
        ("discul*", "disculpe", "disco"),
    ],
)
def test_a_sign_of_the_phrase_language(phrase: str, said: str, not_said: str):
    assert finds(phrase, said)
    assert not finds(phrase, not_said)
