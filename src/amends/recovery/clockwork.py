"""What the clock sets off: it asks for what is due, and calls a step of the journey for each."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import structlog
from django.db import transaction

from amends.kit.claims import claim, take_turns
from amends.kit.clock import now
from amends.kit.errors import Impossible
from amends.mailroom.letter import Letter
from amends.people.roster import next_manager
from amends.recovery import journey
from amends.recovery.authority import Approval
from amends.recovery.followup import About as FollowUpAbout
from amends.recovery.journey.settling import not_while_away
from amends.recovery.notice import About, Notice
from amends.recovery.promise import Promise
from amends.recovery.recovery import Recovery
from amends.recovery.standards import Clock, Step, due, standard
from amends.recovery.timeline import Actor, Verb, record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

log = structlog.get_logger(__name__)
AT_ONCE = 200  # rows a tick; the rest at the next


def what_is_due() -> int:
    """One tick: how many steps were taken."""
    at = now()
    return sum(
        (
            _each(Promise.objects.greetings_unheard(at=at).with_people(), journey.nudge, at),
            _each(Promise.objects.beyond_grace(at=at).with_people(), journey.break_promise, at),
            _each(Approval.objects.overdue(at=at), journey.pass_on_approval, at),
            _each(Clock.objects.untold(at=at).select_related("recovery__owner"), tell, at),
            _each(_gone_quiet(at), _follow_up_again, at),
            _each(Letter.objects.scheduled(at).order_by("send_at"), journey.send_scheduled, at),
            _each(Letter.objects.unreported().order_by("pk"), journey.could_not_reach, at),
        )
    )


def _each(rows: Iterable[object], step: Callable[..., object], at: datetime) -> int:
    """Somebody may have been quicker than the clock; that is no trouble."""
    taken = 0
    for row in list(rows[:AT_ONCE] if hasattr(rows, "__getitem__") else rows):
        try:
            step(row, at=at)
            taken += 1
        except Impossible as no:
            log.info("not taken", step=step.__name__, why=no.message)
    return taken


@transaction.atomic
def tell(clock: Clock, *, at: datetime) -> None:
    """A clock ran out: the owner is told, and the manager where there is no owner."""
    if not claim(Clock.objects.untold(at=at).filter(pk=clock.pk), told_at=at):
        return
    recovery = clock.recovery
    words = f"{clock.get_step_display()}: that was due for {recovery}."
    record(recovery, Verb.CLOCK_MISSED, by=Actor.CLOCK, at=at, words=words, step=clock.step)
    person = recovery.owner or next_manager(recovery.place, not_these=[])
    Notice.tell(person, recovery, About.CLOCK, words, at=at)


def _gone_quiet(at: datetime) -> Iterable[Recovery]:
    """Silence is not the end (S2-19): put right long ago, not back, and no follow-up planned."""
    minutes, _ = standard(Step.QUIET)
    quiet = Recovery.objects.quiet_since(at - timedelta(minutes=minutes))
    waiting = quiet.filter(back_at=None, customer__left_in_peace_at=None)
    return waiting.exclude(
        followups__done_at=None, followups__dropped_at=None, followups__isnull=False
    )


@transaction.atomic
def _follow_up_again(recovery: Recovery, *, at: datetime) -> None:
    take_turns(f"quiet {recovery.pk}")
    if recovery.followups.open().exists():
        return
    soon = not_while_away(recovery, due(Step.ANSWER, place=recovery.place, since=at))
    journey.plan_follow_up(recovery, about=FollowUpAbout.MISS_YOU, due=soon)
