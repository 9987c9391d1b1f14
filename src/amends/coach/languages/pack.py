"""A language pack: takes a draft apart and finds all phrases of that language's rules."""

from collections.abc import Callable
from functools import lru_cache

from amends.coach.languages.saying import Saying
from amends.coach.phrases import Hit, Phrasebook, Sought
from amends.coach.rules.rule import Rule
from amends.coach.words import Known, Part, Token, apart, tokens

PREFIXES = range(3, 11)
KEPT = 8192  # pieces of text known at a time, so that memory has an end
LONGEST_KEPT = 40  # characters of one; a longer one is looked up each time
NAME = frozenset({"<capname>"})  # a capital inside a sentence: most likely somebody's name


class Kept(dict[str, tuple[Known, ...]]):
    """Pieces of text looked up before: the same piece always has the same words. Quicker than
    `lru_cache`, and begins anew when it is full."""

    def __init__(self, look_up: Callable[[str], tuple[Known, ...]]) -> None:
        super().__init__()
        self.look_up = look_up

    def __missing__(self, piece: str) -> tuple[Known, ...]:
        found = self.look_up(piece)
        if len(piece) <= LONGEST_KEPT:
            if len(self) >= KEPT:
                self.clear()
            self[piece] = found
        return found


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
        saying: Saying | None = None,
    ) -> None:
        self.name = name
        self.split = split
        self.tails = tails or {}
        self.saying = saying
        self.praises = tuple(saying.praise) if saying else ()
        self.book = Phrasebook(phrases)
        members: dict[str, set[str]] = {}
        for called, words in sets.items():
            for word in words.split():
                members.setdefault(word, set()).add(called)
        self.sets = {word: frozenset(names) for word, names in members.items()}
        self.known = Kept(self.look_up)
        self.meant = lru_cache(maxsize=KEPT)(self.meaning)
        self.by_name = self.book.under(NAME)

    def look_up(self, piece: str) -> tuple[Known, ...]:
        """The words of a piece of text, with all that this language knows of them."""
        parts = apart(piece, split=self.split, tails=bool(self.tails))
        return tuple(self.of_part(part) for part in parts)

    def of_part(self, part: Part) -> Known:
        is_long = len(part.low) > LONGEST_KEPT
        keys, lemma, sought = (self.meaning if is_long else self.meant)(part.low)
        if part.text[:1].isupper() and part.text[1:2].islower():
            return Known(part, lemma, keys, sought, keys | NAME, sought + self.by_name)
        return Known(part, lemma, keys, sought, keys, sought)

    def meaning(self, word: str) -> tuple[frozenset[str], str, tuple[Sought, ...]]:
        """The names by which any phrase of this language may call the word, its lemma, and the
        phrases that are looked up by it."""
        keys = self.book.vocabulary.intersection(self.names(word))
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
        return tokens(text, known=self.known.__getitem__)

    def search(self, words: list[Token]) -> list[Hit]:
        return self.book.search(words)


def packed(
    name: str, *, sets: dict[str, str], rules: tuple[Rule, ...], saying: Saying
) -> tuple[Pack, dict[str, Rule]]:
    """A language of phrases alone: its pack and its rules by category."""
    phrases = {table: block for rule in rules for table, block in rule.phrases().items()}
    phrases.update(saying.phrases())
    pack = Pack(name, sets=sets, split={}, phrases=phrases, saying=saying)
    return pack, {rule.category: rule for rule in rules}
