"""Which pack reads a draft: by the language of its locale, or the one it is evidently written in."""

import re
from functools import cache

from amends.coach.languages.pack import Pack
from amends.coach.rules.rule import Rule

# Short words that hardly a letter can do without, and that none of the other languages has.
FREQUENT = {
    "en": "the and you your we our is are was for of with that this have it be been will my i sorry"
    " but not to at by from they she would can",
    "es": "el los las usted su sus por para con del y ha hemos nos lo una muy pero siento lamento"
    " sentimos lamentamos disculpe disculpas perdone perdón pedimos estaba fue esta este como cuando"
    " ya aunque sin embargo haya nuestra nuestro le señor señora hola gracias estimado estimada",
    "de": "der das und sie ihr ihre ihnen ihren wir uns ist nicht ein eine haben mit auf den dem sich"
    " zu leid aber es tut ich habe hat bei wurde wurden zum zur für bedauern entschuldigung bitte"
    " verzeihung verzeihen guten sehr geehrte geehrter liebe lieber frau herr danke",
    "fr": "les des vous votre vos nous notre est et pour avec pas une dans sur avons cette ce du ne"
    " mais je suis désolé désolée désolés excuses excusez pardon regrette regrettons était avez au"
    " aux il qui j qu madame monsieur cher chère bonjour merci",
}
LANGUAGES = {word: name for name, words in FREQUENT.items() for word in words.split()}
WORD = re.compile(r"[^\W\d_]+")
LOOKED_AT = 2_000  # characters: nobody changes their language in the middle of a letter
FEWEST = 2  # words that tell it


def language_of(draft: str) -> str:
    """The language of a draft, of those that have a pack; English where it is not clearly another."""
    counts = dict.fromkeys(FREQUENT, 0)
    for word in WORD.findall(draft[:LOOKED_AT].lower()):
        if word in LANGUAGES:
            counts[LANGUAGES[word]] += 1
    english = counts.pop("en")
    likeliest = max(counts, key=lambda name: counts[name])
    return likeliest if counts[likeliest] >= max(FEWEST, 2 * english) else "en"


@cache
def pack_for(locale: str) -> tuple[Pack, dict[str, Rule]] | None:
    """`es-MX` is read in Spanish; a language without a pack is not read at all."""
    language = locale.replace("_", "-").split("-")[0].lower()
    if language == "es":
        from amends.coach.languages.spanish import SPANISH, SPANISH_RULES

        return SPANISH, SPANISH_RULES
    if language == "de":
        from amends.coach.languages.german import GERMAN, GERMAN_RULES

        return GERMAN, GERMAN_RULES
    if language == "fr":
        from amends.coach.languages.french import FRENCH, FRENCH_RULES

        return FRENCH, FRENCH_RULES
    return None
