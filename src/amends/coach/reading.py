"""Reads a draft and says what may hurt and what heals: the one way in."""

from collections.abc import Iterable

from amends.coach import elsewhere, findings
from amends.coach.features import Sheet
from amends.coach.findings import Note, Review
from amends.coach.judging import Finding, fragments, phrases_alone
from amends.coach.languages.choosing import pack_for
from amends.coach.languages.english import ENGLISH
from amends.coach.letter import Letter
from amends.coach.pointing import characters, is_retold, pointed, where_missing
from amends.coach.praising import praised
from amends.coach.rewriting import instead
from amends.coach.rules.rule import Rule
from amends.coach.wholes import WHY, lacks_name, wholes


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
    pack, rules = pack_for(locale) or (ENGLISH, None)
    letter = Letter(
        draft,
        pack,
        customer_name=customer_name,
        story=story,
        asked_why=asked_why,
        apologies_so_far=apologies_so_far,
    )
    if not letter.words:
        return Review((), ())
    if is_english(locale):
        return in_english(letter, whole=whole)
    return in_another_language(letter, rules or {}, whole=whole)


def is_english(locale: str) -> bool:
    return locale.replace("_", "-").split("-")[0].lower() in {"en", ""}


def in_another_language(letter: Letter, rules: dict[str, Rule], *, whole: bool) -> Review:
    """By phrases alone; in a language without a pack only the name is looked for."""
    found = phrases_alone(letter, rules)
    if whole and letter.is_whole and lacks_name(letter):
        found.append(Finding("missing_name", -1, -1, WHY["missing_name"]))
    found = [elsewhere.pointed(letter, one) for one in found]
    lacking = {one.category for one in found}
    praise = elsewhere.praised(letter, lacking=lacking, hurting=hurting(letter, found))
    notes = in_order(note(letter, one, words=elsewhere.instead(letter, one)) for one in found)
    return Review(notes, praise)


def in_english(letter: Letter, *, whole: bool) -> Review:
    sheet = Sheet(letter)
    found = fragments(letter, sheet)
    found += once_too_often(letter, found)
    if letter.asked_why:
        found = [one for one in found if one.category != "excuse" or not owned(letter)]
    found = [pointed(letter, one) for one in found if not is_retold(letter, one)]
    if whole and letter.is_whole:
        found += wholes(letter, sheet)
    notes = in_order(
        note(letter, one, words=instead(letter, one.category, one.first, one.last)) for one in found
    )
    lacking = {one.category for one in found}
    return Review(notes, praised(letter, lacking=lacking, hurting=hurting(letter, found)))


def hurting(letter: Letter, found: Iterable[Finding]) -> set[int]:
    """Sentences that a note points into: not the place for praise."""
    words = letter.words
    return {
        n
        for one in found
        if one.first >= 0
        for n in range(words[one.first].sentence, words[one.last].sentence + 1)
    }


def in_order(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Worst first, then as they stand in the draft."""
    order = findings.CATEGORIES.index
    return tuple(sorted(notes, key=lambda one: (order(one.category), one.start)))


def once_too_often(letter: Letter, found: list[Finding]) -> list[Finding]:
    """S2-09: one honest apology is enough, counting those of earlier letters."""
    said = [n for n, word in enumerate(letter.words) if "<sorry>" in word.keys]
    told = any(one.category == "grovel" for one in found)
    if told or not letter.apologies_so_far or not said:
        return []
    return [Finding("grovel", said[0], said[0], "You have said sorry already: thank them instead")]


def owned(letter: Letter) -> bool:
    """An explanation that was asked for is welcome when the writer owns it."""
    return bool(letter.hits("mark/owned"))


def note(letter: Letter, one: Finding, *, words: str) -> Note:
    """A finding in characters of the draft, with the words to put there instead."""
    missing = one.first < 0
    start, end = where_missing(letter, one.category) if missing else characters(letter, one)
    return Note(one.category, start, end, letter.draft[start:end], one.why, words)
