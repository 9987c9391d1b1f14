"""A locale picks its pack; a language without one is left alone."""

import pytest

from amends.coach import review
from amends.coach.languages.choosing import pack_for


def test_a_region_does_not_matter():
    spanish = pack_for("es-MX")
    assert spanish is not None
    assert spanish[0].name == "es"
    assert pack_for("nl") is None


@pytest.mark.parametrize(
    ("locale", "draft", "category"),
    [
        ("es", "Lo siento, pero son las normas.", "sorry_but"),
        ("de", "Wir melden uns bald.", "vague_promise"),
        ("fr-FR", "Selon nos conditions, ce n'est pas remboursable.", "policy_recital"),
    ],
)
def test_a_pack_reads_its_language(locale: str, draft: str, category: str):
    assert category in {note.category for note in review(draft, locale=locale, whole=False).notes}


def test_another_language_is_met_with_silence_but_for_the_name():
    assert review("Dit spijt ons zeer, maar het kan niet.", locale="nl").notes == ()
    assert [
        note.category for note in review("Beste klant", customer_name="Bo", locale="nl").notes
    ] == ["missing_name"]
