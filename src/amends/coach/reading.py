"""Reads a draft and says what may hurt and what heals: the one way in."""

from amends.coach import findings, names, restating
from amends.coach.findings import Note, Praise, Review
from amends.coach.languages.english import ENGLISH
from amends.coach.letter import Letter
from amends.coach.rules import RULES


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
    notes = fragment_notes(letter)
    if whole and letter.is_whole:
        notes += whole_notes(letter)
    order = findings.CATEGORIES.index
    return Review(tuple(sorted(notes, key=lambda n: (order(n.category), n.start))), praise(letter))


def fragment_notes(letter: Letter) -> list[Note]:
    notes: list[Note] = []
    for category in RULES:
        taken: set[int] = set()
        quiet = {letter.sentence_of(hit) for hit in letter.hits(f"{category}/unless")}
        for hit in letter.hits(f"{category}/near"):
            at = letter.sentence_of(hit)
            quiet |= {at - 1, at, at + 1}
        for hit in letter.flags(category):
            at = letter.sentence_of(hit)
            if at in quiet or at in taken:
                continue
            taken.add(at)
            start, end = letter.span(hit.first, hit.last)
            why = hit.table.rsplit("/", 1)[1]
            notes.append(Note(category, start, end, letter.draft[start:end], why, ""))
    return notes


def whole_notes(letter: Letter) -> list[Note]:
    notes = []
    name = letter.customer_name
    if names.unfilled(letter.draft) or (name and not names.where(letter.draft, name)):
        notes.append(whole_note(letter, "missing_name", "Call them by name"))
    if letter.story and not restating.meanings(letter.story) & restating.meanings(letter.draft):
        notes.append(whole_note(letter, "missing_restatement", "Say back what happened to them"))
    if not letter.hits("ask"):
        notes.append(whole_note(letter, "missing_ask", "Ask what would be right for them"))
    if not letter.hits("extra"):
        notes.append(
            whole_note(letter, "missing_extra", "Putting it back is the least: add something")
        )
    return notes


def whole_note(letter: Letter, category: str, why: str) -> Note:
    at = len(letter.draft)
    return Note(category, at, at, "", why, "")


def praise(letter: Letter) -> tuple[Praise, ...]:
    if letter.customer_name:
        place = names.where(letter.draft, letter.customer_name)
        if place:
            return (Praise("name", *place, letter.draft[place[0] : place[1]]),)
    return ()
