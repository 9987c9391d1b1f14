"""Praise: the words of a draft that heal, each where it stands (evidence.md 3.3)."""

from collections.abc import Callable

from amends.coach import deserving, names, restating
from amends.coach.findings import Praise
from amends.coach.letter import Letter
from amends.coach.words import plain

Span = tuple[int, int]
ENOUGH = 2  # things of their story


def praised(letter: Letter, *, lacking: set[str], hurting: set[int]) -> tuple[Praise, ...]:
    """One praise a feature, in the order of the draft; never what a note says is missing, nor a
    sentence of which another note says that it hurts."""
    found = []
    for feature, (look, missing) in LOOKS.items():
        numbers = set[int]() if missing in lacking else look(letter) - hurting
        if numbers:
            span = sentence(letter, min(numbers))
            found.append(Praise(feature, *span, letter.draft[span[0] : span[1]]))
    place = None if "missing_name" in lacking else name(letter)
    if place:
        found.append(Praise("name", *place, letter.draft[place[0] : place[1]]))
    return tuple(sorted(found, key=lambda one: (one.start, one.feature)))


def name(letter: Letter) -> Span | None:
    return names.where(letter.draft, letter.customer_name) if letter.customer_name else None


def restatement(letter: Letter) -> set[int]:
    """The sentence that shares most with their story; one shared word alone is not their story."""
    if not letter.story:
        return set()
    told = restating.by_sentence(letter)
    best = max(range(len(told)), key=lambda n: (len(told[n]), -n))
    enough = min(ENOUGH, len(restating.meanings(letter.story)))
    first, last = letter.sentences[best]
    bare = letter.has("<sorry>", first, last) or best in sentences_with(letter, "mark/done")
    return {best} if told[best] and len(told[best]) >= (enough if bare else 1) else set()


def owned_apology(letter: Letter) -> set[int]:
    """Sorry, and in the same breath or beside it what we did."""
    owned = sentences_with(letter, "mark/owned") - sentences_with(letter, "mark/done")
    ours = sentences_with(letter, "mark/owned") | sentences_with(letter, "mark/past_i")
    doubted = sentences_with(letter, "non_apology/sure")
    sorry = {n for n, one in enumerate(letter.sentences) if letter.has("<sorry>", *one)}
    return {n for n in sorry - doubted if ours & {n, n - 1} or n + 1 in owned}


def done(letter: Letter) -> set[int]:
    return {
        n for n in sentences_with(letter, "mark/done") if deserving.is_done(said(letter, n))
    } - {n for n, one in enumerate(letter.sentences) if letter.has("<sorry>", *one)}


def who_what_when(letter: Letter) -> set[int]:
    who = sentences_with(letter, "mark/will_i") | sentences_with(letter, "named_will")
    return who & sentences_with(letter, "mark/due")


def ask(letter: Letter) -> set[int]:
    return {n for n in sentences_with(letter, "ask") if deserving.asks(said(letter, n))}


def extra(letter: Letter) -> set[int]:
    return {n for n in sentences_with(letter, "extra") if deserving.gives(said(letter, n))}


def thanks(letter: Letter) -> set[int]:
    last = len(letter.sentences) - 1
    return {
        n
        for n in sentences_with(letter, "thanks")
        if deserving.thanks_for_something(said(letter, n), said(letter, min(n + 1, last)))
    }


def said(letter: Letter, number: int) -> str:
    """The sentence in lower case, with the mark that ends it."""
    start, end = sentence(letter, number)
    return plain(letter.draft[start : end + 1])


def sentences_with(letter: Letter, table: str) -> set[int]:
    return {letter.sentence_of(hit) for hit in letter.hits(table)}


def sentence(letter: Letter, number: int) -> Span:
    return letter.span(*letter.sentences[number])


LOOKS: dict[str, tuple[Callable[[Letter], set[int]], str]] = {
    "restatement": (restatement, "missing_restatement"),
    "owned_apology": (owned_apology, ""),
    "done": (done, ""),
    "who_what_when": (who_what_when, ""),
    "ask": (ask, "missing_ask"),
    "extra": (extra, "missing_extra"),
    "thanks": (thanks, ""),
}
