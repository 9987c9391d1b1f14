"""Part three, Sorry: one human apology was given. What it must contain is in `apology.py`."""

from __future__ import annotations

from django.db import transaction

from amends.kit.clock import now
from amends.people.person import Person
from amends.recovery import letters
from amends.recovery.apology import Apology
from amends.recovery.journey.waiting import answered
from amends.recovery.recovery import Part, Recovery
from amends.recovery.standards import Clock, Step
from amends.recovery.timeline import Verb, record


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
    record(
        recovery,
        Verb.APOLOGISED,
        by=by,
        at=at,
        words=apology.words,
        completes=Part.SORRY if first else None,
        channel=channel,
    )
    Clock.stop(recovery, Step.APOLOGY, at=at, reason=reason)
    if channel == "e-mail":
        letters.apology(recovery, words=apology.words, by=by, at=at)
    answered(recovery, at=at)
    return apology
