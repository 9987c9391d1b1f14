"""English word forms."""

import pytest

from amends.coach import forms


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("forgot", "FORGET"),
        ("dropped", "DROP"),
        ("overlooked", "OVERLOOK"),
        ("policies", "POLICY"),
        ("making", "MAKE"),
    ],
)
def test_a_form_leads_to_its_lemma(word: str, lemma: str):
    assert lemma in forms.lemmas(word)


def test_american_endings_are_read_as_british_ones():
    assert forms.spelt("apologized") == "apologised"
    assert forms.spelt("sized") == "sized"
