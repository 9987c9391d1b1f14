"""Part two, Understood: the customer confirmed our restatement, or corrected it and we said it
again."""

from __future__ import annotations

from django.db import transaction

from amends.customers.customer import Customer
from amends.kit.clock import now
from amends.people.person import Person
from amends.recovery import letters
from amends.recovery.complaint import Complaint, must_have_listened
from amends.recovery.journey.waiting import answered, waits
from amends.recovery.recovery import Part, Recovery
from amends.recovery.timeline import Actor, By, Verb, record
from amends.recovery.understanding import Restatement


@transaction.atomic
def restate(
    recovery: Recovery,
    *,
    words: str,
    by: Person,
    hurt_most: str = "",
    face_to_face: bool = False,
) -> Restatement:
    """«So what you're telling me is…» (S4-08). Face to face no letter is needed."""
    recovery.must_be_open()
    must_have_listened(recovery)
    at = now()
    restatement = Restatement.say(recovery, words=words, hurt_most=hurt_most, by=by, at=at)
    record(recovery, Verb.RESTATED, by=by, at=at, words=restatement.words)
    if not face_to_face:
        letters.restatement(recovery, words=restatement.words, by=by, at=at)
        answered(recovery, at=at)
    return restatement


@transaction.atomic
def confirm(restatement: Restatement, *, by: By = Actor.CUSTOMER) -> None:
    at = now()
    restatement.confirm(at=at)
    recovery = restatement.recovery
    first = recovery.complete(Part.UNDERSTOOD, at=at)
    record(recovery, Verb.CONFIRMED, by=by, at=at, completes=Part.UNDERSTOOD if first else None)


@transaction.atomic
def correct(restatement: Restatement, *, words: str, by: By = Actor.CUSTOMER) -> None:
    """They put us right: their words join the story, and it is ours to say it again."""
    at = now()
    restatement.correct(words=words, at=at)
    recovery = restatement.recovery
    taken_by = by if isinstance(by, Person) else None
    Complaint.take(recovery, channel="page", words=words.strip(), at=at, by=taken_by)
    recovery.undo(Part.UNDERSTOOD)
    record(recovery, Verb.CORRECTED, by=by, at=at, words=words.strip())
    waits(recovery, at=at, words=f"{recovery.customer.called} corrected what we understood.")


@transaction.atomic
def describe_customer(
    customer: Customer,
    *,
    by: Person,
    name: str,
    values: str,
    dislikes: str,
    preferred_channel: str = "",
    wants: str | None = None,
    word_of_mouth: str | None = None,
) -> None:
    """What they value and what they dislike, for whoever serves them next (S0-01)."""
    customer.described(
        name=name,
        values=values,
        dislikes=dislikes,
        preferred_channel=preferred_channel.strip(),
        wants=wants,
        word_of_mouth=word_of_mouth,
    )
    for recovery in Recovery.objects.open().filter(customer=customer):
        words = f"What {customer.called} values and dislikes."
        record(recovery, Verb.NOTED, by=by, at=now(), words=words, values=values, dislikes=dislikes)


@transaction.atomic
def reach_customer_at(customer: Customer, *, kind: str, value: str, by: Person) -> None:
    """Another way to reach them, on any channel they like (S2-13)."""
    address = customer.reachable_at(kind, value.strip())
    for recovery in Recovery.objects.open().filter(customer=customer):
        words = f"{customer.called} can be reached at {address}."
        record(recovery, Verb.NOTED, by=by, at=now(), words=words)
