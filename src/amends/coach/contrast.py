"""An apology and the contrast that follows it: where the turn is, and which words come after."""

from amends.coach.letter import Letter

# Turns that need no comma; the others in the table `turn` are phrases.
FAR = 24  # words after the turn that say in whose favour it goes


def turn(letter: Letter, first: int, last: int) -> tuple[int, int] | None:
    """(apology, turn) as word positions: the first turn in the sentence of an apology, or in the
    first words of the next; `None` when nothing turns."""
    turns = sorted(
        hit.first for hit in letter.hits("turn") if first <= hit.first and hit.last <= last
    )
    for at, word in enumerate(letter.words[first : last + 1], start=first):
        if "<sorry>" not in word.keys:
            continue
        for there in turns:
            gap = letter.words[there].sentence - word.sentence
            if (gap == 0 and (there > at or opens(letter, there))) or gap in (1, 2):
                return at, there
    return None


def opens(letter: Letter, there: int) -> bool:
    """`While we apologise for the wait, …`: the turn stands before the apology."""
    return letter.words[there].first


def kind(letter: Letter, apology: int, there: int) -> str:
    gap = letter.words[there].sentence - letter.words[apology].sentence
    if there < apology:
        return "before"
    return ("same", "next", "later")[gap]
