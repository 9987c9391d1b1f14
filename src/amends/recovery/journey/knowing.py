"""Beside the seven parts: who a customer is. Two turn out to be one, or to be two after all; one is
left in peace; and one who wants to be forgotten is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef

from amends.customers.merging import Merge, TwoPeople
from amends.kit.clock import now
from amends.recovery.erasing import erase, may_be_erased
from amends.recovery.followup import FollowUp
from amends.recovery.journey.settling import not_while_away
from amends.recovery.recovery import Recovery
from amends.recovery.timeline import Actor, Entry, Verb, record

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from amends.customers.customer import Customer
    from amends.people.person import Person
    from amends.recovery.timeline import By

TOO_LATE = timedelta(days=7)  # what was due before that is not asked about any more
log = structlog.get_logger(__name__)


@transaction.atomic
def merge_customers(kept: Customer, *, merged: Customer, by: Person) -> Merge:
    """Everything of the one follows to the other; links and references of either lead there."""
    at = now()
    made = Merge.make(kept, merged, by=by, at=at)
    words = f"{merged.called} and {kept.called} are one."
    for recovery in Recovery.objects.open().filter(customer=kept):
        record(recovery, Verb.ONE_CUSTOMER, by=by, at=at, words=words, merge=made.ref)
    return made


@transaction.atomic
def unmerge_customers(merge: Merge, *, by: Person) -> None:
    """All of it back where it was. What came since they were one stays with the one."""
    at = now()
    holder = merge.undo(by=by, at=at)
    words = f"{merge.merged.called} and {holder.called} are two."
    for recovery in Recovery.objects.open().filter(customer__in=[holder, merge.merged]):
        record(recovery, Verb.TWO_CUSTOMERS, by=by, at=at, words=words, merge=merge.ref)


def not_the_same(customer: Customer, *, other: Customer, by: Person) -> None:
    """They look alike and are two: it is not suggested again."""
    TwoPeople.say(customer, other, by=by, at=now())


@transaction.atomic
def leave_customer_in_peace(customer: Customer, *, by: Person) -> None:
    """They said so to one of us: no more letters but answers, and no contact is planned any more.
    What is open stays open and what is owed is kept (T14)."""
    if customer.left_in_peace_at:
        return
    at = now()
    customer.leave_in_peace(at=at)
    FollowUp.objects.open().filter(recovery__customer=customer).update(dropped_at=at)
    _write_down(customer, Verb.GAVE_PEACE, by=by, at=at)
    log.info("left in peace", customer=customer.ref, by=by.pk)


@transaction.atomic
def end_peace(customer: Customer, *, by: Person) -> int:
    """Pressed by mistake, or they think better of it: contact that was dropped is planned again, unless
    its day is long over. How many there are of those."""
    if not customer.left_in_peace_at:
        return 0
    at = now()
    customer.spoke_again()
    _write_down(customer, Verb.PEACE_OVER, by=by, at=at)
    again = sum(
        _plan_again(followup, by=by, at=at) for followup in _dropped_for_peace(customer, at)
    )
    log.info("peace is over", customer=customer.ref, by=by.pk)
    return again


def _dropped_for_peace(customer: Customer, at: datetime) -> QuerySet[FollowUp]:
    """By one of us who left them in peace, and by nothing else; none that was planned anew since."""
    gave = Entry.objects.filter(verb=Verb.GAVE_PEACE, at=OuterRef("dropped_at"))
    anew = FollowUp.objects.open().filter(about=OuterRef("about"), recovery=OuterRef("recovery"))
    theirs = FollowUp.objects.filter(
        recovery__customer=customer,
        recovery__closed_at=None,
        recovery__back_at=None,
        done_at=None,
        due_at__gte=at - TOO_LATE,
    )
    dropped = theirs.filter(Exists(gave.filter(recovery=OuterRef("recovery"))), ~Exists(anew))
    return dropped.with_people()


def _plan_again(followup: FollowUp, *, by: Person, at: datetime) -> bool:
    recovery = followup.recovery
    due = not_while_away(recovery, followup.due_at)
    if not followup.plan_again(due=due):
        return False
    record(recovery, Verb.PLANNED, by=by, at=at, words=followup.get_about_display(), due=due)
    return True


@transaction.atomic
def took_out(customer: Customer, *, by: Person | None, at: datetime) -> None:
    """Whoever reads all of somebody's record leaves a trace; without a person, at the machine."""
    _write_down(customer, Verb.TAKEN_OUT, by=by or Actor.SYSTEM, at=at)


def _write_down(customer: Customer, verb: Verb, *, by: By, at: datetime) -> None:
    """Where it concerns somebody: in what is open, and in the latest of all."""
    last = Recovery.objects.filter(customer=customer).order_by("-known_at").first()
    still_open = Recovery.objects.open().filter(customer=customer)
    for recovery in {*still_open, *([last] if last else [])}:
        record(recovery, verb, by=by, at=at)


@transaction.atomic
def erase_customer(customer: Customer, *, by: Person) -> None:
    """For good. What happened, when, and for how much is still counted."""
    may_be_erased(customer, by=by)
    at = now()
    words = "Who this was, and every word, was erased. The figures stay."
    for recovery in erase(customer, by=by, at=at):
        record(recovery, Verb.ERASED, by=by, at=at, words=words)
    customer.refresh_from_db()
