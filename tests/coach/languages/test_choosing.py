"""A locale picks its pack; a language without one is left alone."""

from pathlib import Path

import pytest

import amends.coach
from amends.coach import review
from amends.coach.languages.choosing import language_of, pack_for


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


@pytest.mark.parametrize(
    ("draft", "language"),
    [
        ("Estimada Ana, siento que la mesa no estaba lista. Hoy le llamo.", "es"),
        ("Liebe Anna, es tut mir leid, dass Ihr Tisch nicht frei war.", "de"),
        ("Chère Anne, je suis désolé : votre table n'était pas prête.", "fr"),
        ("Dear Jose, I am sorry about the crème brûlée and the Schnitzel.", "en"),
        ("Dear Señora Núñez, sorry that the table for Los Amigos was gone.", "en"),
        ("Het spijt ons dat uw tafel niet klaar was.", "en"),
        ("", "en"),
        ("😀 12:30", "en"),
    ],
)
def test_short_words_tell_which_language_a_letter_is_in(draft: str, language: str):
    assert language_of(draft) == language


def test_the_english_examples_are_taken_for_nothing_else():
    folder = Path(amends.coach.__path__[0]) / "examples" / "en"
    for file in folder.rglob("*.*"):
        for line in file.read_text("utf-8").splitlines():
            assert language_of(line) == "en", line
