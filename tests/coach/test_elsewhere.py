"""Spanish, German and French: what to write instead comes from the draft and the story; praise."""

import pytest

from amends.coach import review
from amends.coach.findings import FEATURES

STORIES = {
    "es": "El paquete llegó roto y nadie contestó",
    "de": "Die Vase kam in drei Teilen an",
    "fr": "Le colis est arrivé cassé",
}


@pytest.mark.parametrize(
    ("locale", "draft", "category", "quote", "instead"),
    [
        (
            "es",
            "Hola, siento el retraso, pero el hotel estaba completo.",
            "sorry_but",
            "siento el retraso, pero el hotel estaba completo.",
            "Siento el retraso.",
        ),
        (
            "de",
            "Tut uns leid für den Lärm. Aber es war Samstag.",
            "sorry_but",
            "Tut uns leid für den Lärm. Aber es war Samstag.",
            "Tut uns leid für den Lärm.",
        ),
        (
            "es",
            "Lamentamos las molestias que haya podido causar.",
            "non_apology",
            "Lamentamos las molestias que haya podido causar.",
            "Lo siento. Leo: «El paquete llegó roto y nadie contestó». El error fue nuestro.",
        ),
        (
            "fr",
            "Selon nos conditions, ce n'est pas remboursable.",
            "policy_recital",
            "Selon nos conditions, ce n'est pas remboursable.",
            "Voici ce que je peux faire : …",
        ),
        (
            "fr",
            "Le colis est en retard en raison d'un manque de personnel.",
            "excuse",
            "en raison d'un manque de personnel.",
            "et c'était à nous de bien faire.",
        ),
        (
            "de",
            "Ich rufe am Montag um 9 Uhr an. Wir melden uns bald.",
            "vague_promise",
            "Wir melden uns bald.",
            "Ich schreibe am Montag um 9 Uhr mit der Antwort, ob gut oder schlecht.",
        ),
        ("de", "Ihre Vase ist repariert.", "missing_name", "", "Guten Tag, Ida,"),
        ("es", "Estimada clienta, ya está.", "missing_name", "", "Ida"),
    ],
)
def test_a_rewrite_stands_in_the_place_of_the_words(
    locale: str, draft: str, category: str, quote: str, instead: str
):
    found = review(draft, customer_name="Ida Moss", story=STORIES[locale], locale=locale).notes
    note = next(note for note in found if note.category == category)
    assert note.quote == quote
    assert note.instead.lower() == instead.lower()


def test_after_a_greeting_a_rewrite_goes_on_in_lower_case():
    note = review("Ida, wir melden uns bald.", customer_name="Ida Moss", locale="de").notes[0]
    assert note.quote == "wir melden uns bald."
    assert note.instead.startswith("ich schreibe bis …")


def test_words_that_go_on_after_a_reason_leave_no_place_for_a_rewrite():
    draft = "Debido a la huelga llegó tarde, y ya he enviado otro."
    notes = review(draft, locale="es", whole=False).notes
    assert [(note.category, note.instead) for note in notes] in ([("excuse", "")], [])


@pytest.mark.parametrize(
    ("locale", "draft"),
    [
        (
            "es",
            "Ida, el paquete llegó roto y nadie contestó. Lo siento, el error fue nuestro. Ya he"
            " enviado otro. Le llamaré el lunes a las 9. ¿Qué le parecería justo? Le regalo el"
            " envío. Gracias por contarlo.",
        ),
        (
            "de",
            "Liebe Ida, die Vase kam in drei Teilen an. Das tut mir leid, es war unser Fehler. Ich"
            " habe heute eine neue geschickt. Am Montag rufe ich Sie an. Was wäre für Sie fair? Der"
            " Kaffee geht aufs Haus. Danke, dass Sie es gesagt haben.",
        ),
        (
            "fr",
            "Ida, votre colis est arrivé cassé. Je suis désolé, c'est notre erreur. J'ai envoyé un"
            " autre colis. Je vous rappelle lundi à 9 h. Que souhaitez-vous ? Les frais sont"
            " offerts. Merci de me l'avoir dit.",
        ),
    ],
)
def test_a_good_letter_is_praised_feature_by_feature_and_raises_nothing(locale: str, draft: str):
    found = review(draft, customer_name="Ida Moss", story=STORIES[locale], locale=locale)
    assert found.notes == ()
    assert {one.feature for one in found.praise} == set(FEATURES)
