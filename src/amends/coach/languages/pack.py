"""A language pack: takes a draft apart and finds all phrases of that language's rules."""

from functools import lru_cache

from amends.coach.phrases import Hit, Phrase, Phrasebook
from amends.coach.rules.rule import Rule
from amends.coach.words import Token, tokens

PREFIXES = range(3, 11)
NAME = frozenset({"<capname>"})  # a capital inside a sentence: most likely somebody's name


class Pack:
    """Word sets, contractions and phrases of one language. Built once, never changed after."""

    def __init__(
        self,
        name: str,
        *,
        sets: dict[str, str],
        split: dict[str, tuple[str, ...]],
        phrases: dict[str, str],
        tails: dict[str, str] | None = None,
    ) -> None:
        self.name = name
        self.split = split
        self.tails = tails or {}
        self.book = Phrasebook(phrases)
        members: dict[str, set[str]] = {}
        for called, words in sets.items():
            for word in words.split():
                members.setdefault(word, set()).add(called)
        self.sets = {word: frozenset(names) for word, names in members.items()}
        # The same word always has the same names: kept only to save time.
        self.known = lru_cache(maxsize=8192)(self.look_up)

    def look_up(self, word: str) -> tuple[frozenset[str], str, tuple[Phrase, ...]]:
        """The names by which any phrase of this language may call the word, its lemma, and the
        phrases that are looked up by it."""
        keys = frozenset(self.names(word)) & self.book.vocabulary
        return keys, self.lemma(word), self.book.under(keys)

    def lemma(self, word: str) -> str:
        return word

    def names(self, word: str) -> list[str]:
        found = [word, *self.sets.get(word, ())]
        found += [word[:length] + "*" for length in PREFIXES if length <= len(word)]
        if word[:1].isdigit():
            found.append("<number>")
        return found

    def read(self, text: str) -> list[Token]:
        words = tokens(text, split=self.split, tails=bool(self.tails))
        for token in words:
            token.keys, token.lemma, token.phrases = self.known(token.low)
            if not token.first and token.text[:1].isupper() and token.text[1:2].islower():
                token.keys |= NAME
                token.phrases += self.book.under(NAME)
        return words

    def search(self, words: list[Token]) -> list[Hit]:
        return self.book.search(words)


def packed(
    name: str, *, sets: dict[str, str], rules: tuple[Rule, ...]
) -> tuple[Pack, dict[str, Rule]]:
    """A language of phrases alone: its pack and its rules by category."""
    phrases = {table: block for rule in rules for table, block in rule.phrases().items()}
    return Pack(name, sets=sets, split={}, phrases=phrases), {rule.category: rule for rule in rules}
