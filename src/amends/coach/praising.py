"""Praise: the words of a draft that heal, each where it stands (evidence.md 3.3)."""

from collections.abc import Callable

from amends.coach import names, restating
from amends.coach.findings import Praise
from amends.coach.letter import Letter

Span = tuple[int, int]


def praised(letter: Letter, *, lacking: set[str]) -> tuple[Praise, ...]:
    """One praise a feature, in the order of the draft; never what a note says is missing."""
    found = []
    for feature, (look, missing) in LOOKS.items():
        span = None if missing in lacking else look(letter)
        if span:
            found.append(Praise(feature, *span, letter.draft[span[0] : span[1]]))
    return tuple(sorted(found, key=lambda one: (one.start, one.feature)))


def name(letter: Letter) -> Span | None:
    return names.where(letter.draft, letter.customer_name) if letter.customer_name else None


def restatement(letter: Letter) -> Span | None:
    """The sentence that shares most with their story."""
    if not letter.story:
        return None
    told = restating.by_sentence(letter)
    best = max(range(len(told)), key=lambda n: (len(told[n]), -n))
    return sentence(letter, best) if told[best] else None


def owned_apology(letter: Letter) -> Span | None:
    """Sorry, and in the same breath or the next what we did."""
    ours = sentences_with(letter, "mark/owned") | sentences_with(letter, "mark/past_i")
    doubted = sentences_with(letter, "non_apology/sure")
    for number, (first, last) in enumerate(letter.sentences):
        if (
            letter.has("<sorry>", first, last)
            and number not in doubted
            and ours & {number, number + 1}
        ):
            return sentence(letter, number)
    return None


def done(letter: Letter) -> Span | None:
    return first_sentence(letter, sentences_with(letter, "mark/done"))


def who_what_when(letter: Letter) -> Span | None:
    who = sentences_with(letter, "mark/will_i") | sentences_with(letter, "named_will")
    return first_sentence(letter, who & sentences_with(letter, "mark/due"))


def ask(letter: Letter) -> Span | None:
    return first_sentence(letter, sentences_with(letter, "ask") - sentences_with(letter, "not_ask"))


def extra(letter: Letter) -> Span | None:
    found = sentences_with(letter, "extra")
    return first_sentence(letter, found - sentences_with(letter, "put_back") or found)


def thanks(letter: Letter) -> Span | None:
    stock = sentences_with(letter, "boilerplate/sure")
    return first_sentence(letter, sentences_with(letter, "thanks") - stock)


def sentences_with(letter: Letter, table: str) -> set[int]:
    return {letter.sentence_of(hit) for hit in letter.hits(table)}


def first_sentence(letter: Letter, numbers: set[int]) -> Span | None:
    return sentence(letter, min(numbers)) if numbers else None


def sentence(letter: Letter, number: int) -> Span:
    return letter.span(*letter.sentences[number])


LOOKS: dict[str, tuple[Callable[[Letter], Span | None], str]] = {
    "name": (name, "missing_name"),
    "restatement": (restatement, "missing_restatement"),
    "owned_apology": (owned_apology, ""),
    "done": (done, ""),
    "who_what_when": (who_what_when, ""),
    "ask": (ask, "missing_ask"),
    "extra": (extra, "missing_extra"),
    "thanks": (thanks, ""),
}
