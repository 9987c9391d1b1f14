"""Part three, Sorry: one human apology was given. What it must contain is in `apology.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from amends.kit.clock import now
from amends.people.person import Person
from amends.recovery import letters
from amends.recovery.apology import Apology
from amends.recovery.journey.waiting import answered, how_it_was
from amends.recovery.recovery import Part, Recovery
from amends.recovery.standards import Clock, Step
from amends.recovery.timeline import Entry, Verb, record

if TYPE_CHECKING:
    from datetime import datetime


@transaction.atomic
def apologise(
    recovery: Recovery, *, words: str, by: Person, channel: str = "e-mail", reason: str = ""
) -> Apology:
    """Say it once; send it as a letter unless it was said aloud; stop the clock, and note why it
    was met or missed (`reason` is what held us up, in the person's own words)."""
    recovery.must_be_open()
    at = now()
    apology = Apology.say(recovery, words=words, channel=channel, by=by, at=at)
    first = recovery.complete(Part.SORRY, at=at)
    letter = None
    if channel == "e-mail":
        letter = letters.apology(recovery, words=apology.words, by=by, at=at)
    record(
        recovery,
        Verb.APOLOGISED,
        by=by,
        at=at,
        words=apology.words,
        completes=Part.SORRY if first else None,
        channel=channel,
        **how_it_was(recovery, letter),
    )
    Clock.stop(recovery, Step.APOLOGY, at=at, reason=reason)
    answered(recovery, at=at)
    return apology


def unsay(recovery: Recovery, said: Entry, *, at: datetime) -> None:
    """The letter was called back in time: nothing was said, and it is owed as before."""
    apology = recovery.apologies.given().filter(said_at=said.at).last()
    if apology is not None:
        apology.call_back(at=at)
        recovery.undo(Part.SORRY)
        Clock.run_on(recovery, Step.APOLOGY, stopped_at=said.at)
