"""Parts two to four at once, in one letter: what we saw ourselves, our apology for it, and what we
would like to do. Nobody waits for a story, so sorry comes first (T5, S3-21)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from amends.kit.clock import now
from amends.kit.errors import Impossible
from amends.people.person import Person
from amends.recovery import letters
from amends.recovery.apology import Apology
from amends.recovery.journey.agreed import make_first_move
from amends.recovery.journey.waiting import answered
from amends.recovery.recovery import Part, Recovery
from amends.recovery.standards import Clock, Step
from amends.recovery.timeline import Verb, record
from amends.recovery.understanding import Restatement

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from amends.recovery.offer import LineGiven, Offer


class TheyToldUs(Impossible):
    code = "they-told-us"


class AlreadyOwnedUp(Impossible):
    code = "already-owned-up"


@transaction.atomic
def own_up(
    recovery: Recovery,
    *,
    we_saw: str,
    by: Person,
    sorry: str = "",
    lines: Sequence[LineGiven] = (),
    by_itself: bool = False,
) -> Restatement:
    """«We saw that…»: once, in the name of `by`. Without `sorry` it only asks: that is for a
    silence of which nobody knows the cause. `by_itself` is for words set beforehand."""
    recovery.must_be_open()
    if recovery.complaints.exists():
        raise TheyToldUs(f"{recovery.customer.called} has told us about it: answer their words.")
    if recovery.restatements.exists():
        raise AlreadyOwnedUp(f"{recovery.customer.called} has been told what we saw.")
    at = now()
    said = Restatement.say(recovery, words=we_saw, hurt_most="", by=by, at=at)
    record(recovery, Verb.RESTATED, by=by, at=at, words=said.words, by_itself=by_itself)
    if sorry.strip():
        _sorry(recovery, words=sorry, by=by, at=at)
    offer = make_first_move(recovery, lines=lines, by=by, at=at) if lines else None
    put = offer if offer is not None and offer.sent_at else None
    _write(recovery, said, words=sorry.strip(), offer=put, by=by, by_itself=by_itself, at=at)
    answered(recovery, at=at)
    return said


def _sorry(recovery: Recovery, *, words: str, by: Person, at: datetime) -> None:
    apology = Apology.say(recovery, words=words, channel="e-mail", by=by, at=at)
    first = recovery.complete(Part.SORRY, at=at)
    part = Part.SORRY if first else None
    record(recovery, Verb.APOLOGISED, by=by, at=at, words=apology.words, completes=part)
    Clock.stop(recovery, Step.APOLOGY, at=at)


def _write(
    recovery: Recovery,
    said: Restatement,
    *,
    words: str,
    offer: Offer | None,
    by: Person,
    by_itself: bool,
    at: datetime,
) -> None:
    told = f"{said.words}\n\n{words}".strip()
    letter = "we_saw" if words else "quiet"
    letters.unasked(recovery, letter, words=told, offer=offer, by=by, by_itself=by_itself, at=at)
