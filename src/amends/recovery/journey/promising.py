"""Part five, Put right: promises made, kept, moved, released, handed to cover, and broken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from amends.kit.clock import now
from amends.kit.errors import Impossible
from amends.people.hours import end_of_day, hours_of
from amends.people.person import Person
from amends.people.roster import next_manager
from amends.recovery import letters
from amends.recovery.failure import Failure, Kind, NothingSaid, Severity
from amends.recovery.journey.settling import settle_put_right
from amends.recovery.notice import About, Notice
from amends.recovery.offer import OfferLine
from amends.recovery.promise import Promise
from amends.recovery.recovery import Part, Recovery
from amends.recovery.standards import Clock, Step, due
from amends.recovery.timeline import Actor, By, Verb, record

if TYPE_CHECKING:
    from datetime import datetime


class StillOwed(Impossible):
    code = "still-owed"


@transaction.atomic
def promise(
    recovery: Recovery,
    *,
    words: str,
    by: Person,
    due: datetime | None = None,
    trigger: str = "",
    owner: Person | None = None,
    cover: Person | None = None,
    line: OfferLine | None = None,
    asks_for_owner: bool = False,
) -> Promise:
    """Anything we say we will do, with who and by when (S3-16)."""
    return make_promise(
        recovery,
        words=words,
        at=now(),
        due=due,
        trigger=trigger,
        owner=owner or by,
        cover=cover,
        line=line,
        asks_for_owner=asks_for_owner,
        by=by,
    )


def make_promise(
    recovery: Recovery,
    *,
    words: str,
    at: datetime,
    owner: Person | None = None,
    due: datetime | None = None,
    by: Person | None = None,
    **facts: Any,
) -> Promise:
    keeper = owner or recovery.owner
    if keeper is None:
        raise StillOwed("Somebody must own this recovery before anything is promised.")
    made = Promise.make(
        recovery,
        words=words,
        owner=keeper,
        at=at,
        due=due,
        by=by,
        breaks=breaks_at(recovery, due) if due else None,
        **facts,
    )
    recovery.undo(Part.PUT_RIGHT)
    record(
        recovery,
        Verb.PROMISED,
        by=by or keeper,
        at=at,
        words=made.words,
        promise=made.ref,
        owner=keeper.pk,
        due=made.due_at,
        trigger=made.trigger,
    )
    return made


@transaction.atomic
def keep(promise: Promise, *, by: Person) -> None:
    at = now()
    promise.keep(by=by, at=at)
    recovery = promise.recovery
    record(
        recovery,
        Verb.KEPT,
        by=by,
        at=at,
        words=promise.words,
        promise=promise.ref,
        state=promise.state,
    )
    if promise.line is not None:
        promise.line.delivered(at=at)
    settle_put_right(recovery, by=by, at=at)


@transaction.atomic
def move(promise: Promise, *, to: datetime, leave: str, by: By) -> None:
    """Only with the customer's leave, and before it is due."""
    if not leave.strip():
        raise NothingSaid("Ask the customer first, and write down what they said.")
    at = now()
    promise.move(to=to, breaks=breaks_at(promise.recovery, to), at=at)
    record(
        promise.recovery,
        Verb.MOVED,
        by=by,
        at=at,
        words=leave.strip(),
        promise=promise.ref,
        to=to,
    )
    if isinstance(by, Person):
        letters.moved(promise, by=by, at=at)


@transaction.atomic
def release(promise: Promise, *, why: str, by: By) -> None:
    """The customer lets us off: theirs to say, ours to write down."""
    if not why.strip():
        raise NothingSaid("What did the customer say? Only they can release us.")
    at = now()
    promise.release(why=why, at=at)
    record(promise.recovery, Verb.RELEASED, by=by, at=at, words=why.strip(), promise=promise.ref)
    settle_put_right(promise.recovery, by=by, at=at)


@transaction.atomic
def cover_promise(promise: Promise, *, owner: Person, by: By, cover: Person | None = None) -> None:
    """Somebody else keeps it, and gets the story with it (S3-14): for good when one of us says so,
    and for this time when the host is not in."""
    at = now()
    if isinstance(by, Person):
        promise.hand_over(owner=owner, cover=cover)
    else:
        promise.stand_in(owner=owner, cover=cover)
    record(
        promise.recovery,
        Verb.COVERED,
        by=by,
        at=at,
        words=f"{owner.name} keeps this now.",
        promise=promise.ref,
        owner=owner.pk,
    )
    Notice.tell(owner, promise.recovery, About.PERSON, f"Yours to keep: {promise.words}", at=at)


@transaction.atomic
def came_in(promise: Promise, *, by: Person) -> None:
    """What the customer wanted is in: ring them by tomorrow's close (S3-07, S3-08)."""
    at = now()
    hours = hours_of(promise.recovery.place)
    by_then = end_of_day(hours, due(Step.RECORD, place=promise.recovery.place, since=at))
    if promise.start(at=at, due=by_then, breaks=breaks_at(promise.recovery, by_then)):
        record(
            promise.recovery,
            Verb.TRIGGERED,
            by=by,
            at=at,
            words="It is in.",
            promise=promise.ref,
            due=by_then,
        )
        Notice.tell(
            promise.owner, promise.recovery, About.ARRIVAL, f"It is in: {promise.words}", at=at
        )


@transaction.atomic
def break_promise(promise: Promise, *, at: datetime) -> Failure:
    """The worst thing that can happen here: a new failure, graver than the first. The owner's
    manager is told at once (S3-16)."""
    recovery = promise.recovery
    failure = Failure.note(
        recovery,
        at=at,
        kind=Kind.BROKEN_PROMISE,
        severity=Severity.SEVERE,
        words=f"We broke our promise: {promise.words}",
        involved=promise.owner,
        visit=promise.visit,
    )
    promise.break_(failure, at=at)
    if recovery.closed_at:
        recovery.reopen()
    recovery.undo(Part.SORRY)
    recovery.undo(Part.PUT_RIGHT)
    record(
        recovery,
        Verb.BROKE,
        by=Actor.CLOCK,
        at=at,
        words=promise.words,
        promise=promise.ref,
        owner=promise.owner_id,
    )
    Clock.start(recovery, Step.APOLOGY, at=at)
    _tell_the_manager(promise, at=at)
    return failure


@transaction.atomic
def nudge(promise: Promise, *, at: datetime) -> None:
    """They are here and nobody has come: the second call, to the owner and the cover."""
    if not promise.nudge(at=at):
        return
    recovery = promise.recovery
    record(recovery, Verb.NUDGED, by=Actor.CLOCK, at=at, words=promise.words)
    for person in {promise.owner, promise.cover, promise.host} - {None}:
        words = f"{recovery.customer.called} is still waiting to be greeted."
        Notice.tell(person, recovery, About.ARRIVAL, words, at=at)


def breaks_at(recovery: Recovery, due_at: datetime) -> datetime:
    return due(Step.GRACE, place=recovery.place, since=due_at)


def _tell_the_manager(promise: Promise, *, at: datetime) -> None:
    recovery = promise.recovery
    words = f"A promise to {recovery.customer.called} was broken: {promise.words}"
    answerable = {promise.owner, promise.host or promise.owner}
    manager = next_manager(recovery.place, not_these=answerable, at=at)
    if manager is not None:
        Notice.tell(manager, recovery, About.BROKEN, words, at=at, has_letter=True)
        letters.promise_broken(promise, person=manager)
    for person in ({recovery.owner} | answerable) - {manager, None}:
        Notice.tell(person, recovery, About.BROKEN, words, at=at)
