"""Part five and seven: the customer is here, or has ordered. Promises fall due, and a return is seen."""

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
from amends.people.roster import deputy_for, is_on_duty
from amends.recovery import letters
from amends.recovery.followup import Evidence, Return
from amends.recovery.journey.promising import break_promise, breaks_at, cover_promise, keep
from amends.recovery.journey.settling import settle_back
from amends.recovery.notice import About, Notice
from amends.recovery.promise import Promise, Trigger
from amends.recovery.recovery import Recovery
from amends.recovery.standards import Step, due
from amends.recovery.timeline import Actor, By, Verb, record

if TYPE_CHECKING:
    from datetime import datetime

    from amends.people.place import Place


class AlreadyHere(Impossible):
    code = "already-here"


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
        breaks = breaks_at(recovery, due_at)
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
