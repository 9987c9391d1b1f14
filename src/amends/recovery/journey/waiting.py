"""What every answer of the customer sets off: they wait, a clock runs, the owner knows."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from amends.kit.clock import now
from amends.recovery.journey.overtaken import they_wrote_first
from amends.recovery.journey.settling import settle_back
from amends.recovery.notice import About, Notice
from amends.recovery.standards import Clock, Step

if TYPE_CHECKING:
    from amends.mailroom.letter import Letter
    from amends.people.person import Person
    from amends.recovery.recovery import Recovery
    from amends.recovery.timeline import Entry


def waits(recovery: Recovery, *, at: datetime, words: str, about: About = About.ANSWER) -> None:
    """The customer waits for us from now on, and the owner is told why."""
    recovery.waits(since=at)
    Clock.start(recovery, Step.ANSWER, at=at)
    Notice.tell(recovery.owner, recovery, about, words, at=at)
    if about is not About.POST:
        they_wrote_first(recovery, at=at)


def answered(recovery: Recovery, *, at: datetime) -> None:
    """We were in touch: nobody waits any more. A sorry that had come back has reached them now,
    and what was open only for a letter is closed again."""
    recovery.touched(at=at)
    Clock.stop(recovery, Step.ANSWER, at=at)
    if recovery.sorry_at:
        Clock.stop(recovery, Step.APOLOGY, at=at)
    if recovery.back_at and recovery.closed_at is None:
        settle_back(recovery, at=at)


def how_it_was(recovery: Recovery, letter: Letter | None) -> dict[str, Any]:
    """Kept with the step, for the case that its letter is called back."""
    return {
        "letter": letter.ref if letter else "",
        "waited_since": recovery.waiting_since,
        "touched_at": recovery.touched_at,
    }


def not_answered_after_all(recovery: Recovery, wrote: Entry) -> None:
    """The letter was called back: they wait as they did, and their clock runs on."""
    since, touched = (wrote.facts.get(name) for name in ("waited_since", "touched_at"))
    if touched:
        recovery.not_touched(
            waiting_since=datetime.fromisoformat(since) if since else None,
            touched_at=datetime.fromisoformat(touched),
        )
    if since:
        Clock.run_on(recovery, Step.ANSWER, stopped_at=wrote.at)


@transaction.atomic
def see_notice(notice: Notice, *, by: Person) -> None:
    """I know. Nothing happened to the recovery, so its timeline says nothing."""
    if notice.person_id == by.pk:
        notice.see(at=now())
