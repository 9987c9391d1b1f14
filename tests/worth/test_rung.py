"""The words that stand beside a sum."""

import re

import pytest

from amends.worth.rung import Remark, Rung, in_words


@pytest.mark.parametrize("said", [*Rung, *Remark])
def test_words_are_plain_and_without_figures(said):
    assert said.words.endswith(".")
    assert not re.search(r"\d|!|%|model|prior|posterior|parameter|interval", said.words)


def test_without_a_history_there_are_no_figures():
    assert [rung for rung in Rung if not rung.has_figures] == [Rung.NOBODY, Rung.COUNTED]


def test_shares_are_told_in_tenths():
    assert [in_words(share) for share in (0.01, 0.31, 0.98)] == [
        "hardly anybody",
        "about 3 in 10",
        "nearly everybody",
    ]
