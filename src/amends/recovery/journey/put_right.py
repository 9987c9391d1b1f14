"""Part five, Put right: every accepted line was delivered and the customer did not contest it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from amends.kit.clock import now
from amends.people.person import Person
from amends.recovery import letters
from amends.recovery.failure import NothingSaid
from amends.recovery.journey.promising import StillOwed
from amends.recovery.journey.settling import is_owed, plan_to_ask
from amends.recovery.journey.waiting import answered, waits
from amends.recovery.notice import About, Notice
from amends.recovery.recovery import Part, Recovery
from amends.recovery.timeline import Actor, By, Verb, record

TIMES, OFTEN = 3, timedelta(days=1)


@transaction.atomic
def put_right(recovery: Recovery, *, words: str, by: Person) -> None:
    """Done, when nothing accepted is still owed. Fixed is not yet finished (S1-02)."""
    recovery.must_be_open()
    at = now()
    if is_owed(recovery):
        raise StillOwed("Something promised has not been kept yet.")
    if recovery.complete(Part.PUT_RIGHT, at=at):
        record(
            recovery, Verb.PUT_RIGHT, by=by, at=at, words=words.strip(), completes=Part.PUT_RIGHT
        )
        plan_to_ask(recovery, at=at)


@transaction.atomic
def not_fixed(recovery: Recovery, *, words: str, by: By) -> None:
    """Whatever was closed is open again, and a person is told. A machine that says so again and
    again opens nothing after the third time in a day; the person is told all the same."""
    at = now()
    if recovery.closed_at and isinstance(by, Actor) and _opened_often(recovery, at=at):
        record(recovery, Verb.CUSTOMER_WROTE, by=by, at=at, words=words.strip()[:500])
        told = f"{recovery.customer.called} says again that it is not fixed. It stays closed."
        Notice.tell(recovery.owner, recovery, About.NOT_FIXED, told, at=at)
        return
    if recovery.closed_at:
        recovery.reopen()
        record(recovery, Verb.REOPENED, by=by, at=at)
    recovery.undo(Part.PUT_RIGHT)
    recovery.undo(Part.BACK)
    recovery.followups.open().update(dropped_at=at)
    record(recovery, Verb.NOT_FIXED, by=by, at=at, words=words.strip()[:500])
    words = f"{recovery.customer.called} says that it is not fixed."
    waits(recovery, at=at, words=words, about=About.NOT_FIXED)


def _opened_often(recovery: Recovery, *, at: datetime) -> bool:
    day = recovery.timeline.filter(verb=Verb.REOPENED, at__gt=at - OFTEN)
    return day.exclude(actor="person").count() >= TIMES


@transaction.atomic
def thank(recovery: Recovery, *, how: str, by: Person, words: str = "") -> None:
    """When it is over: thanked by a person, one at a time, never in bulk (S2-14)."""
    if not how.strip():
        raise NothingSaid("How were they thanked? A note, a call, a small gift, in person?")
    at = now()
    recovery.thanked(how=how, by=by, at=at)
    record(recovery, Verb.THANKED, by=by, at=at, words=words.strip(), how=how.strip())
    if words.strip():
        letters.thanks(recovery, words=words.strip(), by=by, at=at)
        answered(recovery, at=at)
