"""What every answer of the customer sets off: they wait, a clock runs, the owner knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amends.recovery.notice import About, Notice
from amends.recovery.standards import Clock, Step

if TYPE_CHECKING:
    from datetime import datetime

    from amends.recovery.recovery import Recovery


def waits(recovery: Recovery, *, at: datetime, words: str, about: About = About.ANSWER) -> None:
    """The customer waits for us from now on, and the owner is told why."""
    recovery.waits(since=at)
    Clock.start(recovery, Step.ANSWER, at=at)
    Notice.tell(recovery.owner, recovery, about, words, at=at)


def answered(recovery: Recovery, *, at: datetime) -> None:
    """We were in touch: nobody waits any more."""
    recovery.touched(at=at)
    Clock.stop(recovery, Step.ANSWER, at=at)
