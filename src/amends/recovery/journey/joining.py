"""Told twice: two recoveries of one customer about one failure go on as one, and can be parted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from amends.kit.clock import now
from amends.kit.errors import Impossible
from amends.recovery.standards import Clock, Step
from amends.recovery.timeline import Verb, record

if TYPE_CHECKING:
    from amends.people.person import Person
    from amends.recovery.recovery import Recovery


class NotTheSame(Impossible):
    code = "not-the-same"


class TooFar(Impossible):
    code = "too-far-along"


@transaction.atomic
def join(recovery: Recovery, *, to: Recovery, by: Person) -> None:
    """This one ends, the other goes on: whoever answers either is heard there. Only before
    something was put to them here, so that nothing owed is lost."""
    recovery.must_be_open()
    to.must_be_open()
    if recovery == to or recovery.customer_id != to.customer_id:
        raise NotTheSame("Only two recoveries of one customer can go on as one.")
    if recovery.offers.exists() or recovery.promises.exists():
        raise TooFar("Something was offered or promised here. Join the other one to this instead.")
    at = now()
    was_waiting = recovery.waiting_since
    Clock.end(recovery, at=at, reason="It goes on in another recovery.")
    recovery.followups.open().update(dropped_at=at)
    recovery.join(to, at=at)
    record(recovery, Verb.JOINED, by=by, at=at, words="It goes on in another one.", other=to.ref)
    record(to, Verb.JOINED, by=by, at=at, words="They told us twice.", other=recovery.ref)
    if was_waiting:
        to.waits(since=was_waiting)
        Clock.start(to, Step.ANSWER, at=at)


@transaction.atomic
def part(recovery: Recovery, *, by: Person) -> None:
    """They were two after all: this one is open again, as it was."""
    other = recovery.joined_to
    if other is None:
        raise NotTheSame("This recovery was not joined to another.")
    recovery.part_again()
    at = now()
    record(recovery, Verb.PARTED, by=by, at=at, words="A matter of its own again.")
    record(other, Verb.PARTED, by=by, at=at, words="They were two.", other=recovery.ref)
    if recovery.sorry_at is None:
        Clock.start(recovery, Step.APOLOGY, at=at)
    recovery.waits(since=at)
