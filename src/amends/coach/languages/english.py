"""The English pack: lemmas and word sets over the rules in `amends.coach.rules`."""

from amends.coach import forms
from amends.coach.languages.english_words import SETS, SPLIT, TAILS
from amends.coach.languages.pack import Pack
from amends.coach.rules import PHRASES
from amends.coach.rules import SETS as RULE_SETS


class English(Pack):
    """English words are also known by their lemma and by what their ending says."""

    def names(self, word: str) -> list[str]:
        if word in self.tails:
            return [*self.tails[word].split(), *forms.lemmas(word)]
        spelt = forms.spelt(word)
        found = forms.keys(spelt, self.sets)
        return found if spelt == word else [*found, word]

    def lemma(self, word: str) -> str:
        if word[:1].isdigit():
            return "0"
        found = forms.lemmas(forms.spelt(word))
        return (found[1] if len(found) > 1 else found[0]).lower()


ENGLISH = English("en", sets={**SETS, **RULE_SETS}, split=SPLIT, phrases=PHRASES, tails=TAILS)
