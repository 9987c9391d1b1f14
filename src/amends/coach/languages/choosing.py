"""Which pack reads a draft: by the language of its locale."""

from functools import cache

from amends.coach.languages.pack import Pack
from amends.coach.rules.rule import Rule


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
