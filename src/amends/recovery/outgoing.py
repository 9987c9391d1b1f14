"""What leaves us, for whoever looks after it: which letters they may see, why one did not go, and what
came back that belongs to nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amends.mailroom.bounce import OLD_CODES, STATUS, meaning
from amends.mailroom.letter import Direction, Letter
from amends.recovery.recovery import Recovery

if TYPE_CHECKING:
    from collections.abc import Iterable

    from amends.mailroom.letter import LetterQuerySet
    from amends.people.person import Person


def letters_visible_to(person: Person) -> LetterQuerySet:
    """Letters by e-mail of the recoveries they see. Those to one of us, invitations and the like,
    belong to no recovery: owners and auditors see them."""
    ours = Letter.objects.filter(direction=Direction.OUT, channel="email")
    if person.sees_every_place and person.is_active:
        return ours
    seen = Recovery.objects.visible_to(person)
    return ours.filter(thread__in=seen.values("ref"))


def strays_visible_to(person: Person) -> LetterQuerySet:
    """What came in and belongs to no recovery: reports about no letter of ours, or made up, and what
    machines answered to us ourselves. Kept, and nobody waits for anything."""
    came = Letter.objects.filter(direction=Direction.IN, channel="email", thread="")
    return came if person.sees_every_place and person.is_active else came.none()


def recoveries_of(letters: Iterable[Letter]) -> dict[str, Recovery]:
    """By the thread of the letters."""
    threads = {letter.thread for letter in letters if letter.thread}
    found = Recovery.objects.with_people().filter(ref__in=threads)
    return {recovery.ref: recovery for recovery in found}


def in_plain_words(trouble: str) -> str:
    """What the figures of a mail server mean; empty when it gave none."""
    status = STATUS.search(trouble)
    if status is None:
        code = next((code for code in OLD_CODES if f": {code} " in trouble), "")
        return meaning(OLD_CODES[code]) if code else ""
    return meaning(status[0])
