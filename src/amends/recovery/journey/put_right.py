"""Part five, Put right: every accepted line was delivered and the customer did not contest it.
Promises and the arrivals that make them due live here."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from django.db import transaction

from amends.customers.customer import Customer
from amends.customers.order import Order
from amends.customers.visit import AROUND, Visit
from amends.kit.clock import now
from amends.kit.errors import Impossible
from amends.people.hours import end_of_day, hours_of
from amends.people.person import Person
from amends.people.roster import deputy_for, is_on_duty, next_manager
from amends.recovery import letters
from amends.recovery.failure import Failure, Kind, Severity
from amends.recovery.followup import About as FollowUpAbout
from amends.recovery.followup import Evidence, FollowUp, Return, is_back
from amends.recovery.journey.waiting import answered, waits
from amends.recovery.notice import About, Notice
from amends.recovery.offer import OfferLine, State
from amends.recovery.promise import Promise, Trigger
from amends.recovery.recovery import Outcome, Part, Recovery
from amends.recovery.standards import Clock, Step, due
from amends.recovery.timeline import Actor, By, Verb, record

if TYPE_CHECKING:
    from datetime import datetime

    from amends.people.place import Place


class StillOwed(Impossible):
    code = "still-owed"


class NothingSaid(Impossible):
    code = "nothing-said"


class AlreadyHere(Impossible):
    code = "already-here"


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
        breaks=_breaks(recovery, due) if due else None,
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
    promise.move(to=to, breaks=_breaks(promise.recovery, to), at=at)
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
    """Somebody else keeps it, and gets the story with it (S3-14)."""
    at = now()
    promise.hand_over(owner=owner, cover=cover)
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
    if promise.start(at=at, due=by_then, breaks=_breaks(promise.recovery, by_then)):
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
    for person in {promise.owner, promise.cover} - {None}:
        words = f"{recovery.customer.called} is still waiting to be greeted."
        Notice.tell(person, recovery, About.ARRIVAL, words, at=at)


@transaction.atomic
def visit(
    *,
    customer: Customer,
    place: Place,
    by: Person | None = None,
    outside_id: str | None = None,
    **told: Any,
) -> Visit:
    """A booking, a walk-in, a paid bill: told once or many times, each fact counts once."""
    at = now()
    seen = _visit_known_as(outside_id, customer=customer, place=place)
    before = copy(seen)
    for name, value in told.items():
        if value is not None:
            setattr(seen, name, value)
    seen.save()
    customer.places.add(place)
    if seen.expected_at and not before.expected_at and not seen.arrived_at:
        _expected(seen, at=at)
    if seen.arrived_at and not before.arrived_at:
        _arrived(seen, by=by, at=at)
    if seen.amount and not before.amount:
        _seen_to_return(seen.customer, Evidence.VISIT, at=seen.arrived_at or at, visit=seen)
    if seen.left_at and not before.left_at:
        _went_ungreeted(seen, at=at)
    return seen


@transaction.atomic
def is_here(customer: Customer, *, place: Place, by: Person, table: str = "") -> Visit:
    """Somebody saw them come in: the one who booked for now, or who walked in. Pressed twice, it
    counts once."""
    Customer.objects.select_for_update().get(pk=customer.pk)
    at = now()
    visits = Visit.objects.filter(customer=customer, place=place)
    if visits.here(at=at).exists():
        raise AlreadyHere(f"We know that {customer.called} is here.")
    booked = visits.expected(at=at, until=at + AROUND).order_by("expected_at").first()
    if booked is None:
        return visit(customer=customer, place=place, by=by, table=table.strip(), arrived_at=at)
    if booked.arrive(at=at, table=table):
        _arrived(booked, by=by, at=at)
    return booked


@transaction.atomic
def greet(visit: Visit, *, by: Person) -> None:
    """«Hello Mrs Finch, good to see you.» Keeps the promise of being there."""
    at = now()
    visit.greet(by=by, at=at)
    owed = Promise.objects.open().filter(visit=visit, asks_for_owner=True)
    for kept in owed.select_related("recovery", "line"):
        keep(kept, by=by)
    for recovery in _recoveries_of(visit.customer):
        record(recovery, Verb.GREETED, by=by, at=at, words=f"at {visit.place.name}")
    _seen_to_return(visit.customer, Evidence.VISIT, at=visit.arrived_at or at, visit=visit)


@transaction.atomic
def left(visit: Visit, *, by: Person) -> None:
    """They went. One who was promised a person and left without a greeting was let down again."""
    at = now()
    visit.leave(at=at)
    _went_ungreeted(visit, at=at)


@transaction.atomic
def order(*, customer: Customer, outside_id: str, **told: Any) -> Order:
    at = now()
    facts = {name: value for name, value in told.items() if value is not None}
    placed, is_new = Order.objects.update_or_create(
        outside_id=outside_id, defaults={"customer": customer, **facts}
    )
    if placed.place:
        customer.places.add(placed.place)
    if is_new:
        for owed in _waiting(customer, Trigger.NEXT_ORDER):
            _start(owed, at=at, words=f"Order {outside_id}")
        _seen_to_return(customer, Evidence.ORDER, at=placed.ordered_at, order=placed)
    return placed


@transaction.atomic
def put_right(recovery: Recovery, *, words: str, by: Person) -> None:
    """Done, when nothing accepted is still owed. Fixed is not yet finished (S1-02)."""
    recovery.must_be_open()
    at = now()
    if _owed(recovery):
        raise StillOwed("Something promised has not been kept yet.")
    if recovery.complete(Part.PUT_RIGHT, at=at):
        record(
            recovery, Verb.PUT_RIGHT, by=by, at=at, words=words.strip(), completes=Part.PUT_RIGHT
        )
        _plan_to_ask(recovery, at=at)


@transaction.atomic
def not_fixed(recovery: Recovery, *, words: str, by: By) -> None:
    """Whatever was closed is open again, and a person is told."""
    at = now()
    if recovery.closed_at:
        recovery.reopen()
        record(recovery, Verb.REOPENED, by=by, at=at)
    recovery.undo(Part.PUT_RIGHT)
    recovery.undo(Part.BACK)
    recovery.followups.open().update(dropped_at=at)
    record(recovery, Verb.NOT_FIXED, by=by, at=at, words=words.strip()[:500])
    words = f"{recovery.customer.called} says that it is not fixed."
    waits(recovery, at=at, words=words, about=About.NOT_FIXED)


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


def settle_put_right(recovery: Recovery, *, by: By, at: datetime) -> None:
    """After each promise: was that the last thing owed?"""
    recovery.refresh_from_db()
    if recovery.agreed_at is None or recovery.closed_at or _owed(recovery):
        return
    if recovery.complete(Part.PUT_RIGHT, at=at):
        record(recovery, Verb.PUT_RIGHT, by=by, at=at, completes=Part.PUT_RIGHT)
        _plan_to_ask(recovery, at=at)
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
        recovery.close(Outcome.WON_BACK, at=at)


def _owed(recovery: Recovery) -> bool:
    lines = OfferLine.objects.filter(
        offer__recovery=recovery, offer__state=State.ACCEPTED, delivered_at=None
    ).exclude(promises__released_at__isnull=False)
    return lines.exists() or recovery.promises.open().exists()


def _plan_to_ask(recovery: Recovery, *, at: datetime) -> None:
    """«Is it really fixed?», a few days later (S2-19)."""
    if recovery.customer.left_in_peace_at or recovery.followups.open().exists():
        return
    due_at = due(Step.FOLLOW_UP, place=recovery.place, since=at)
    FollowUp.objects.create(recovery=recovery, about=FollowUpAbout.FIXED, due_at=due_at)


def _breaks(recovery: Recovery, due_at: datetime) -> datetime:
    return due(Step.GRACE, place=recovery.place, since=due_at)


def _tell_the_manager(promise: Promise, *, at: datetime) -> None:
    recovery = promise.recovery
    words = f"A promise to {recovery.customer.called} was broken: {promise.words}"
    manager = next_manager(recovery.place, not_these=[promise.owner])
    if manager is not None:
        Notice.tell(manager, recovery, About.BROKEN, words, at=at)
        letters.promise_broken(promise, person=manager)
    if recovery.owner is not None and recovery.owner != manager:
        Notice.tell(recovery.owner, recovery, About.BROKEN, words, at=at)


def _waiting(customer: Customer, trigger: Trigger) -> list[Promise]:
    waiting = Promise.objects.waiting_for(trigger).filter(recovery__customer=customer)
    return list(waiting.with_people())


def _recoveries_of(customer: Customer) -> list[Recovery]:
    return list(Recovery.objects.open().filter(customer=customer).with_people())


def _visit_known_as(outside_id: str | None, *, customer: Customer, place: Place) -> Visit:
    """The visit of that number, locked: who tells the same twice at once is heard one by one."""
    if not outside_id:
        return Visit.objects.create(customer=customer, place=place)
    known, _ = Visit.objects.get_or_create(
        outside_id=outside_id, defaults={"customer": customer, "place": place}
    )
    return Visit.objects.select_for_update().get(pk=known.pk)


def _went_ungreeted(visit: Visit, *, at: datetime) -> None:
    if visit.greeted_at:
        return
    for owed in Promise.objects.open().filter(visit=visit, asks_for_owner=True):
        break_promise(owed, at=at)


def _expected(visit: Visit, *, at: datetime) -> None:
    """Booked: whoever was asked for knows at once, and the deputy where they will be away."""
    for owed in _waiting(visit.customer, Trigger.NEXT_VISIT):
        _find_cover(owed, visit.expected_at or at, at=at)
        words = f"{visit.customer.called} has booked: {owed.words}"
        Notice.tell(owed.owner, owed.recovery, About.ARRIVAL, words, at=at)


def _arrived(visit: Visit, *, by: Person | None, at: datetime) -> None:
    arrived_at = visit.arrived_at or at
    for recovery in _recoveries_of(visit.customer):
        record(
            recovery,
            Verb.ARRIVED,
            by=by or Actor.SYSTEM,
            at=at,
            words=f"at {visit.place.name}",
            visit=visit.ref,
        )
    owed = _waiting(visit.customer, Trigger.NEXT_VISIT)
    for waiting in owed:
        _find_cover(waiting, arrived_at, at=at)
        _start(waiting, at=at, words=f"Here at {visit.place.name}", visit=visit)
    if not owed:
        for recovery in _recoveries_of(visit.customer):
            words = f"{visit.customer.called} is here."
            Notice.tell(recovery.owner, recovery, About.ARRIVAL, words, at=at)


def _find_cover(owed: Promise, when: datetime, *, at: datetime) -> None:
    """The person asked for is not in at that hour: the deputy gets the promise and the story."""
    place = owed.recovery.place
    if is_on_duty(owed.owner, place, when):
        return
    deputy = owed.cover or deputy_for(owed.owner, place, when)
    if deputy is not None and deputy != owed.owner:
        cover_promise(owed, owner=deputy, by=Actor.SYSTEM, cover=owed.owner)


def _start(owed: Promise, *, at: datetime, words: str, visit: Visit | None = None) -> None:
    """The trigger happened. Somebody asked for by name has minutes; the rest has the day."""
    recovery = owed.recovery
    since = visit.arrived_at if visit and visit.arrived_at else at
    nudge_at = None
    if owed.asks_for_owner:
        due_at = breaks = due(Step.GREETING, place=recovery.place, since=since)
        nudge_at = due(Step.NUDGE, place=recovery.place, since=since)
    else:
        due_at = end_of_day(hours_of(recovery.place), since)
        breaks = _breaks(recovery, due_at)
    if not owed.start(at=at, due=due_at, breaks=breaks, nudge=nudge_at, visit=visit):
        return
    record(
        recovery,
        Verb.TRIGGERED,
        by=Actor.SYSTEM,
        at=at,
        words=words,
        promise=owed.ref,
        due=due_at,
    )
    Notice.tell(
        owed.owner,
        recovery,
        About.ARRIVAL,
        f"{recovery.customer.called} is here. {owed.words}",
        at=at,
    )


def _seen_to_return(customer: Customer, evidence: Evidence, *, at: datetime, **what: Any) -> None:
    """A paid or welcomed visit, or an order, after we agreed: evidence, and trust is asked."""
    for recovery in _recoveries_of(customer):
        if recovery.agreed_at is None or at < recovery.agreed_at:
            continue
        seen_to_return(recovery, evidence, at=at, by=Actor.SYSTEM, **what)


def seen_to_return(
    recovery: Recovery, evidence: Evidence, *, at: datetime, by: By, **what: Any
) -> Return | None:
    known = {"recovery": recovery, "evidence": evidence, **what}
    if what and Return.objects.filter(**known).exists():
        return None
    seen = Return.objects.create(**known, seen_at=at)
    record(recovery, Verb.RETURNED, by=by, at=now(), words=seen.get_evidence_display())
    asked_before = recovery.returns.exclude(trust_asked_at=None).exists()
    if not asked_before and not recovery.customer.left_in_peace_at:
        Return.objects.filter(pk=seen.pk).update(trust_asked_at=now())
        letters.trust(recovery, at=now())
    settle_back(recovery, at=now())
    return seen
