from datetime import date

import pytest

from amends.mailroom.absence import away_until, is_absence

SPRING = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("words", "until"),
    [
        ("I am away until 3 March.", date(2026, 3, 3)),
        ("I am out of the office through Tuesday, March 3rd, 2026.", date(2026, 3, 3)),
        ("I will be back on 4 March.", date(2026, 3, 3)),
        (
            "On leave from 1 March to 10 March; I return on Wednesday 11th of March.",
            date(2026, 3, 10),
        ),
        ("Away 2026-02-20 until 2026-03-08 inclusive.", date(2026, 3, 8)),
        ("Ich bin bis zum 3. März 2026 nicht im Büro.", date(2026, 3, 3)),
        ("Ich bin vom 1.3. bis 14.3.2026 im Urlaub.", date(2026, 3, 14)),
        ("Je suis absent jusqu'au 5 mars.", date(2026, 3, 5)),
        ("Estaré fuera de la oficina hasta el 6 de marzo de 2026.", date(2026, 3, 6)),
        ("Sono in ferie fino al 7 marzo.", date(2026, 3, 7)),
        ("Ik ben afwezig tot 8 maart.", date(2026, 3, 8)),
        ("Estou de férias até 9 de março.", date(2026, 3, 9)),
        ("Jag är tillbaka den 10 mars.", date(2026, 3, 9)),
        ("Jestem na urlopie do 11 marca.", date(2026, 3, 11)),
        ("Я в отпуске до 12 марта.", date(2026, 3, 12)),
        ("3月13日まで不在にしております。", date(2026, 3, 13)),
        ("I am away until 25/03/2026.", date(2026, 3, 25)),
        ("Away until 03/25.", date(2026, 3, 25)),
    ],
)
def test_the_last_day_is_read_in_many_languages(words, until):
    assert away_until(words, on=SPRING) == until


@pytest.mark.parametrize(
    "words",
    [
        "I am away.",
        "I wrote to you on 3 March.",
        "Away until 04/05/2026.",  # April here, May elsewhere
        "Away until 31 February.",
        "Away until 3 March 2019.",
        "Open from 9 to 5. Call 03/1234567.",
        "until 99/99/9999",
    ],
)
def test_a_date_that_may_be_another_is_not_shown(words):
    assert away_until(words, on=SPRING) is None


def test_without_a_year_it_is_the_next_such_day():
    assert away_until("Back on 5 January", on=date(2026, 12, 20)) == date(2027, 1, 4)


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply: Your breakfast",
        "Out of office: Your breakfast",
        "Automatische Antwort: Ihr Frühstück",
        "Abwesenheitsnotiz: Ihr Frühstück",
        "Réponse automatique : votre petit-déjeuner",
        "Respuesta automática: su desayuno",
        "Risposta automatica: la colazione",
        "Automatisch antwoord: uw ontbijt",
        "Resposta automática: o pequeno-almoço",
        "Autosvar: frukosten",
        "Automatisk svar: morgenmaden",
        "Automaattinen vastaus: aamiainen",
        "Odpowiedź automatyczna: śniadanie",
        "Автоматический ответ: завтрак",
        "自動返信: 朝食",
        "自动回复: 早餐",
    ],
)
def test_subjects_of_automatic_answers_are_known(subject):
    assert is_absence(subject)


@pytest.mark.parametrize("subject", ["My breakfast", "Re: Automatic reply: hello", "Your office"])
def test_other_subjects_are_not(subject):
    assert not is_absence(subject)


@pytest.mark.parametrize("hostile", ["\n", "\r\n ", "\n> ", "\n-- \n", "1.", "On 1, "])
def test_no_words_keep_us_busy(hostile: str):
    """Twenty thousand empty lines once took a minute and a half."""
    words = hostile * (100_000 // len(hostile))
    assert not is_absence(words)
    assert away_until(words) is None
