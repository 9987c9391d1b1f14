"""After each step: was that the last thing owed, and are they back? Parts five and seven settle here."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from amends.recovery.followup import About as FollowUpAbout
from amends.recovery.followup import FollowUp, is_back
from amends.recovery.offer import OfferLine, State
from amends.recovery.recovery import Outcome, Part, Recovery
from amends.recovery.standards import Clock, Step, due
from amends.recovery.timeline import Actor, By, Verb, record

MORNING = time(9)


def settle_put_right(recovery: Recovery, *, by: By, at: datetime) -> None:
    """After each promise: was that the last thing owed?"""
    recovery.refresh_from_db()
    if recovery.agreed_at is None or recovery.closed_at or is_owed(recovery):
        return
    if recovery.complete(Part.PUT_RIGHT, at=at):
        record(recovery, Verb.PUT_RIGHT, by=by, at=at, completes=Part.PUT_RIGHT)
        plan_to_ask(recovery, at=at)
    settle_back(recovery, at=at)


def settle_back(recovery: Recovery, *, at: datetime) -> None:
    """Put right, and seen to be back: part seven. Closed when no part is left."""
    recovery.refresh_from_db()
    if recovery.closed_at or not recovery.put_right_at:
        return
    if is_back(recovery) and recovery.complete(Part.BACK, at=at):
        recovery.followups.open().update(dropped_at=at)
        record(recovery, Verb.BACK, by=Actor.SYSTEM, at=at, completes=Part.BACK)
    if all(recovery.done(part) for part in Part):
        close(recovery, Outcome.WON_BACK, at=at)


def close(recovery: Recovery, outcome: Outcome, *, at: datetime, **facts: Any) -> None:
    """Nobody is told later that something was due for whoever is, say, left in peace."""
    recovery.close(outcome, at=at, **facts)
    Clock.end(recovery, at=at, reason=f"Closed: {outcome.label}.")


def not_while_away(recovery: Recovery, planned: datetime) -> datetime:
    """Nobody is asked while they are away: the morning after their last day, in our time."""
    until = recovery.customer.away_until
    if until is None:
        return planned
    back = datetime.combine(until + timedelta(days=1), MORNING, recovery.place.zone)
    return max(planned, back)


def is_owed(recovery: Recovery) -> bool:
    lines = OfferLine.objects.filter(
        offer__recovery=recovery, offer__state=State.ACCEPTED, delivered_at=None
    ).exclude(promises__released_at__isnull=False)
    return lines.exists() or recovery.promises.open().exists()


def plan_to_ask(recovery: Recovery, *, at: datetime) -> None:
    """«Is it really fixed?», a few days later (S2-19)."""
    if recovery.customer.left_in_peace_at or recovery.followups.open().exists():
        return
    due_at = not_while_away(recovery, due(Step.FOLLOW_UP, place=recovery.place, since=at))
    FollowUp.objects.create(recovery=recovery, about=FollowUpAbout.FIXED, due_at=due_at)
