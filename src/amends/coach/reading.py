"""Reads a draft and says what may hurt and what heals: the one way in."""

from amends.coach import findings, names
from amends.coach.features import Sheet
from amends.coach.findings import Note, Praise, Review
from amends.coach.judging import Finding, fragments
from amends.coach.languages.english import ENGLISH
from amends.coach.letter import Letter
from amends.coach.wholes import wholes


def review(
    draft: str,
    *,
    customer_name: str | None = None,
    story: str | None = None,
    asked_why: bool = False,
    apologies_so_far: int = 0,
    locale: str = "en",
    whole: bool = True,
) -> Review:
    """Notes (worst first) and praise for a draft reply to a let-down customer.

    `story` is what happened in the customer's words; `asked_why` that they asked for the cause;
    `apologies_so_far` how often this failure was apologised for already; `whole` that the draft is
    meant as a whole letter. Positions count characters of `draft`. Source: evidence.md, part 3."""
    letter = Letter(
        draft,
        ENGLISH,
        customer_name=customer_name,
        story=story,
        asked_why=asked_why,
        apologies_so_far=apologies_so_far,
    )
    if not letter.words:
        return Review((), ())
    sheet = Sheet(letter)
    found = fragments(letter, sheet)
    if whole and letter.is_whole:
        found += wholes(letter, sheet)
    notes = [note(letter, one) for one in found]
    order = findings.CATEGORIES.index
    return Review(
        tuple(sorted(notes, key=lambda one: (order(one.category), one.start))), praise(letter)
    )


def note(letter: Letter, one: Finding) -> Note:
    """A finding in characters of the draft, with the rewrite."""
    if one.first < 0:
        start = end = len(letter.draft)
    else:
        start, end = letter.span(one.first, one.last)
    return Note(one.category, start, end, letter.draft[start:end], one.why, "")


def praise(letter: Letter) -> tuple[Praise, ...]:
    if letter.customer_name:
        place = names.where(letter.draft, letter.customer_name)
        if place:
            return (Praise("name", *place, letter.draft[place[0] : place[1]]),)
    return ()
