"""Part five and seven: the customer is here, or has ordered. Promises fall due, and a return is seen."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from django.db import transaction

from amends.customers import rhythm
from amends.customers.customer import Customer
from amends.customers.order import Order
from amends.customers.visit import AROUND, Visit
from amends.kit.clock import now
from amends.kit.errors import Impossible
from amends.people.hours import end_of_day, hours_of
from amends.people.person import Person
from amends.recovery import letters
from amends.recovery.followup import Evidence, Return
from amends.recovery.journey.hosting import (
    find_cover,
    greet_by_name,
    let_down,
    owed_to,
    recoveries_of,
    tell_those_on_duty,
    waiting,
)
from amends.recovery.journey.promising import break_promise, breaks_at, keep
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
    cancelled: bool | None = None,
    **told: Any,
) -> Visit:
    """A booking, a walk-in, a paid bill: told once or many times, each fact counts once. A booking
    may move, be cancelled, and be on again."""
    at = now()
    seen = _visit_known_as(outside_id, customer=customer, place=place)
    before = copy(seen)
    _note(seen, told, cancelled=cancelled, at=at)
    seen.save()
    if seen.amount:
        rhythm.retell([seen.customer_id])
    customer.places.add(place)
    if not seen.arrived_at:
        _booked(seen, before, at=at)
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
    for recovery in recoveries_of(visit.customer):
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
    placed, is_new = Order.told(customer=customer, outside_id=outside_id, **facts)
    if placed.place:
        customer.places.add(placed.place)
    if is_new:
        for owed in waiting(customer, Trigger.NEXT_ORDER):
            if placed.ordered_at < owed.made_at:
                continue  # bought before it was promised
            _start(owed, at=at, words=f"Order {outside_id}")
        _take_care_of(placed, at=at)
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


def _note(visit: Visit, told: dict[str, Any], *, cancelled: bool | None, at: datetime) -> None:
    """Whoever came did not stay away, whatever the booking book says."""
    for name, value in told.items():
        if value is not None:
            setattr(visit, name, value)
    if visit.arrived_at or cancelled is False:
        visit.cancelled_at = None
    elif cancelled:
        visit.cancelled_at = visit.cancelled_at or at


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


def _booked(visit: Visit, before: Visit, *, at: datetime) -> None:
    """On, moved, off: whoever was asked for knows at once, and the deputy where they are not in."""
    was_on, is_on = (bool(one.expected_at and not one.cancelled_at) for one in (before, visit))
    called = visit.customer.called
    if was_on and not is_on:
        _tell_hosts(visit, f"{called} does not come after all", at=at)
    elif is_on and not was_on:
        _tell_hosts(visit, f"{called} has booked", at=at)
    elif is_on and visit.expected_at != before.expected_at:
        _tell_hosts(visit, f"{called} comes at another time", at=at)


def _tell_hosts(visit: Visit, happened: str, *, at: datetime) -> None:
    when = visit.expected_at or at
    here = when.astimezone(visit.place.zone)
    said = f"{here:%A} {here.day} {here:%B, %H:%M}"
    for owed in waiting(visit.customer, Trigger.NEXT_VISIT):
        if not visit.cancelled_at:
            find_cover(owed, when)
        Notice.tell(
            owed.owner, owed.recovery, About.ARRIVAL, f"{happened}: {owed.words} ({said})", at=at
        )


def _arrived(visit: Visit, *, by: Person | None, at: datetime) -> None:
    arrived_at = visit.arrived_at or at
    for recovery in recoveries_of(visit.customer):
        record(
            recovery,
            Verb.ARRIVED,
            by=by or Actor.SYSTEM,
            at=at,
            words=f"at {visit.place.name}",
            visit=visit.ref,
        )
    owed = waiting(visit.customer, Trigger.NEXT_VISIT)
    for promise in owed:
        find_cover(promise, arrived_at)
        _start(promise, at=at, words=f"Here at {visit.place.name}", visit=visit)
    _show_the_card(visit, owed, by=by, at=at)


def _show_the_card(visit: Visit, owed: list[Promise], *, by: Person | None, at: datetime) -> None:
    """To the owner of what is open, and to everybody on duty but who let them in."""
    called = visit.customer.called
    told: set[Person | None] = {by, *(promise.owner for promise in owed)}
    if not owed:
        for recovery in recoveries_of(visit.customer):
            Notice.tell(recovery.owner, recovery, About.ARRIVAL, f"{called} is here.", at=at)
            told.add(recovery.owner)
    tell_those_on_duty(
        owed_to(visit, at=at),
        place=visit.place,
        about=About.ARRIVAL,
        words=greet_by_name(visit, owed),
        at=at,
        not_these=told,
    )


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


def _take_care_of(placed: Order, *, at: datetime) -> None:
    """Let down not long ago, and they have ordered again: somebody sees that it goes well (S2-06)."""
    hurt = let_down([placed.customer_id], at=at).get(placed.customer_id)
    if hurt is not None and placed.ordered_at >= hurt.known_at:
        words = f"{placed.customer.called} has ordered again. See that it goes well this time."
        Notice.tell(hurt.owner, hurt, About.ARRIVAL, words, at=at)


def _seen_to_return(customer: Customer, evidence: Evidence, *, at: datetime, **what: Any) -> None:
    """A paid or welcomed visit, or an order, after we agreed: evidence, and trust is asked."""
    for recovery in recoveries_of(customer):
        if recovery.agreed_at is None or at < recovery.agreed_at:
            continue
        seen_to_return(recovery, evidence, at=at, by=Actor.SYSTEM, **what)
