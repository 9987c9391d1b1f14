"""Which words raise a note: phrases that are certain, and stretches whose trained weights add up."""

from dataclasses import dataclass

from amends.coach.features import Sheet
from amends.coach.letter import Letter
from amends.coach.phrases import Hit
from amends.coach.rules import RULES
from amends.coach.weighing import Weights, load

WINDOW = 3  # sentences read together
WEIGHTS: Weights = load()


@dataclass(frozen=True, slots=True)
class Finding:
    """A category found in the words from `first` to `last`, with a few words of why."""

    category: str
    first: int
    last: int
    why: str


def fragments(letter: Letter, sheet: Sheet) -> list[Finding]:
    """At most one finding a category and stretch; neighbouring stretches count once."""
    found = certain(letter)
    settled = {(one.category, letter.words[one.first].sentence) for one in found}
    for category, stretch in strongest(sheet).items():
        for first, last in stretch:
            if not any((category, n) in settled for n in range(first, last + 1)):
                found.append(place(letter, sheet, category, first, last))
    return found


def strongest(sheet: Sheet) -> dict[str, list[tuple[int, int]]]:
    """The stretches whose sum is above nothing, best first and without overlap."""
    of_sentence = [WEIGHTS.sums(one) for one in sheet.sheets]
    above: dict[str, list[tuple[float, int, int]]] = {}
    for first, last in windows(len(sheet.sheets)):
        parts = [WEIGHTS.start, WEIGHTS.sums(sheet.together(first, last))]
        sums = [sum(column) for column in zip(*parts, *of_sentence[first : last + 1], strict=True)]
        for category, score in zip(WEIGHTS.categories, sums, strict=True):
            if score > 0 and category in RULES:
                above.setdefault(category, []).append((-score, first, last))
    return {category: apart(sorted(stretches)) for category, stretches in above.items()}


def windows(sentences: int) -> list[tuple[int, int]]:
    """Stretches of up to three sentences, each one sentence further on."""
    last = sentences - 1
    return [(at, min(at + WINDOW - 1, last)) for at in range(max(sentences - WINDOW + 1, 1))]


def apart(stretches: list[tuple[float, int, int]]) -> list[tuple[int, int]]:
    chosen: list[tuple[int, int]] = []
    for _, first, last in stretches:
        if all(last < begin or end < first for begin, end in chosen):
            chosen.append((first, last))
    return chosen


def certain(letter: Letter) -> list[Finding]:
    """Phrases that need no weighing, unless the sentence or its neighbour silences them."""
    found = []
    for category, rule in RULES.items():
        quiet = silenced(letter, category)
        for hit in letter.hits(f"{category}/sure"):
            if letter.sentence_of(hit) not in quiet:
                found.append(Finding(category, hit.first, hit.last, rule.why))
    return found


def silenced(letter: Letter, category: str) -> set[int]:
    quiet = {letter.sentence_of(hit) for hit in letter.hits(f"{category}/unless")}
    for hit in letter.hits(f"{category}/near"):
        at = letter.sentence_of(hit)
        quiet |= {at - 1, at, at + 1}
    return quiet


def place(letter: Letter, sheet: Sheet, category: str, first: int, last: int) -> Finding:
    """The sentence that weighs most, and in it the words of the longest phrase of the category."""
    number = WEIGHTS.categories.index(category)
    sentence = max(
        range(first, last + 1), key=lambda n: WEIGHTS.sums(sheet.sheets[n])[number]
    )
    hits = [hit for hit in letter.flags(category) if letter.sentence_of(hit) == sentence]
    if hits:
        hit = max(hits, key=lambda one: (one.last - one.first, -one.first))
        return Finding(category, hit.first, hit.last, reason(hit))
    start, end = letter.sentences[sentence]
    return Finding(category, start, end, RULES[category].why)


def reason(hit: Hit) -> str:
    return hit.table.rsplit("/", 1)[1]
