"""The coach beside a letter: what it is told of a recovery, and what becomes of its notes."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from amends.coach import review
from amends.coach.findings import CATEGORIES, WHOLE
from amends.coach.languages.choosing import language_of
from amends.kit.errors import Impossible
from amends.recovery.heeding import Heeded
from amends.recovery.letters import Wording
from amends.recovery.timeline import Verb
from amends.remedies.remedy import Side

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from amends.coach import Note, Review
    from amends.customers.customer import Customer
    from amends.people.person import Person
    from amends.recovery.recovery import Recovery

LONGEST = 20_000  # characters of one draft
ASKS_WHY = re.compile(
    r"\b(why|how come|how (?:could|did|can) (?:this|that|it|you))\b[^.!?]*\?"
    r"|\b(?:tell|explain|know|understand|hear)\b[^.!?]{0,20}\b(?:why|the reason)\b",
    re.IGNORECASE,
)


class TooLong(Impossible):
    code = "too-long"


class NoSuchRule(Impossible):
    code = "no-such-rule"


def look_at(
    draft: str, *, about: Recovery, letter: str = "", parts: Collection[str] = WHOLE
) -> Review:
    """What the coach says of a draft to this customer. What the journey or the letter's own frame
    has seen to is not missed again; `parts` are the whole checks that this letter is held to. Written
    in Spanish, German or French, it is read in that."""
    words = [told.words for told in about.complaints.all()]
    said = review(
        must_be_short(draft),
        customer_name=about.customer.name or None,
        story="\n".join([*words, *(failure.words for failure in about.failures.all())]) or None,
        asked_why=any(ASKS_WHY.search(told) for told in words),
        apologies_so_far=apologies_so_far(about),
        locale=language_of(draft),
        whole=bool(parts),
    )
    return _held_to(said, set(parts) - seen_to(about, letter=letter))


def look_at_first(
    draft: str, *, to: Customer, letter: str, parts: Collection[str] = WHOLE
) -> Review:
    """The same of a letter to somebody who has told us nothing: there is no story to say back."""
    said = review(
        must_be_short(draft),
        customer_name=to.name or None,
        locale=language_of(draft),
        whole=bool(parts),
    )
    return _held_to(said, set(parts) - ({"missing_name"} if _greets(to, letter) else set()))


def look_at_many(draft: str) -> Review:
    """The same of words that many read: no name can stand in them, and nobody's story."""
    return review(must_be_short(draft), locale=language_of(draft), whole=False)


def must_be_short(draft: str) -> str:
    if len(draft) > LONGEST:
        raise TooLong(f"The coach reads up to {LONGEST:,} characters; this is longer.")
    return draft


def seen_to(recovery: Recovery, *, letter: str = "") -> set[str]:
    """The whole checks that this recovery has no need of any more."""
    facts = {
        "missing_name": _greets(recovery.customer, letter),
        "missing_restatement": recovery.understood_at or recovery.restatements.exists(),
        "missing_ask": recovery.wishes.exists()
        or recovery.agreed_at
        or recovery.timeline.filter(verb=Verb.ASKED).exists(),
        "missing_extra": recovery.offers.filter(lines__remedy__side=Side.EXTRA).exists(),
    }
    return {category for category, fact in facts.items() if fact}


def was_shown(categories: Iterable[str], *, to: Person) -> None:
    for category in categories:
        _count(category, to, "shown")


def was_accepted(category: str, *, by: Person) -> None:
    _count(category, by, "accepted")


def was_dismissed(category: str, *, by: Person) -> None:
    _count(category, by, "dismissed")


def _held_to(said: Review, missed: set[str]) -> Review:
    return replace(said, notes=tuple(note for note in said.notes if _holds(note, missed)))


def _holds(note: Note, missed: set[str]) -> bool:
    """A whole check that points at words stands all the same: «Dear customer» says no name."""
    return note.category not in WHOLE or note.category in missed or note.start < note.end


def _greets(customer: Customer, letter: str) -> bool:
    """Our letters begin with the name; a business's own words for one may not."""
    if not letter or not customer.first_name:
        return False
    return not Wording.objects.filter(letter=letter).exclude(body__contains="{name}").exists()


def apologies_so_far(recovery: Recovery) -> int:
    """One for each failure: while one is owed, none was too many."""
    owed = recovery.failures.filter(sorry_at=None).exists()
    return 0 if owed else recovery.apologies.given().count()


def _count(category: str, person: Person, what: str) -> None:
    if category not in CATEGORIES:
        raise NoSuchRule("The coach has no such rule.")
    Heeded.count(category, person=person, what=what)
