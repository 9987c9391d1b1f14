"""A draft taken apart once: its words, sentences and every phrase found in it."""

from dataclasses import dataclass, field
from functools import cached_property

from amends.coach.languages.pack import Pack
from amends.coach.phrases import Hit, by_table
from amends.coach.words import Token

GREETINGS = frozenset(
    "hi hello hey dear morning afternoon evening greetings good howdy hiya hullo g'day".split()
)


@dataclass
class Letter:
    """What the rules look at. `customer_name` and `story` are what the desk knows."""

    draft: str
    pack: Pack
    customer_name: str | None = None
    story: str | None = None
    asked_why: bool = False
    apologies_so_far: int = 0
    words: list[Token] = field(init=False)
    found: dict[str, list[Hit]] = field(init=False)
    shared: list[set[str]] | None = field(init=False, default=None)  # kept by restating

    def __post_init__(self) -> None:
        self.words = self.pack.read(self.draft)
        self.found = by_table(self.pack.search(self.words))

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """First and last word of every sentence."""
        starts = [n for n, word in enumerate(self.words) if word.first]
        ends = [start - 1 for start in starts[1:]] + [len(self.words) - 1]
        return list(zip(starts, ends, strict=True)) if self.words else []

    def hits(self, table: str) -> list[Hit]:
        return self.found.get(table, [])

    def flags(self, category: str) -> list[Hit]:
        prefix = f"{category}/flag/"
        return [
            hit for table, hits in self.found.items() if table.startswith(prefix) for hit in hits
        ]

    def sentence_of(self, hit: Hit) -> int:
        return self.words[hit.first].sentence

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Characters of the draft from the first to the last word."""
        return self.words[first].start, self.words[last].end

    def has(self, key: str, first: int, last: int) -> bool:
        return any(key in word.keys for word in self.words[first : last + 1])

    @property
    def greetings(self) -> frozenset[str]:
        return self.pack.saying.greetings if self.pack.saying else GREETINGS

    @cached_property
    def lows(self) -> list[str]:
        return [word.low for word in self.words]

    @cached_property
    def is_whole(self) -> bool:
        """A letter, not a line: somebody is greeted, or it is long, or the desk knows for whom."""
        if self.customer_name or self.story:
            return True
        return len(self.words) >= 40 or (bool(self.words) and self.lows[0] in self.greetings)
