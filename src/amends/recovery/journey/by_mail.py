"""What people who work here do by e-mail: write, note, pass on; and what of it is refused."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from amends.customers.customer import Customer
from amends.kit.clock import now
from amends.kit.errors import Impossible
from amends.kit.refs import new_ref
from amends.mailroom.forwarded import inner_of
from amends.mailroom.letter import Direction, Letter
from amends.mailroom.parsing import parse
from amends.recovery import letters
from amends.recovery.complaint import must_have_listened
from amends.recovery.journey.heard import hear, note
from amends.recovery.journey.settling import close
from amends.recovery.journey.writing import write
from amends.recovery.recovery import Outcome, Recovery
from amends.recovery.timeline import Actor, Verb, record

if TYPE_CHECKING:
    from amends.people.person import Person
    from amends.people.place import Place

ONE_REFUSAL_EACH = timedelta(hours=1)


class TooLate(Impossible):
    code = "too-late"


@transaction.atomic
def wrote_by_mail(recovery: Recovery, *, words: str, by: Person, is_note: bool) -> None:
    """As if it had been written on the page. The story must have been read there first."""
    if is_note:
        note(recovery, words=words, by=by)
        return
    must_have_listened(recovery)
    write(recovery, words=words, by=by)


@transaction.atomic
def refuse_by_mail(recovery: Recovery, *, letter: Letter, person: Person, why: str) -> None:
    """Kept as a note for people here, never sent on. Whoever the token was made for is told once in
    a while, at their own address and in words that repeat nothing of the letter."""
    at = now()
    told = f"Not sent, by e-mail in the name of {person.name}. {why}\n\n{letter.told}"
    record(recovery, Verb.NOTED, by=Actor.SYSTEM, at=at, words=told[:5_000], channel="")
    before = Letter.objects.filter(
        kind="not_sent", recipient=person.email, made_at__gt=at - ONE_REFUSAL_EACH
    )
    if not letter.automatic and not before.exists():
        letters.not_sent(recovery, person=person, why=why)


@transaction.atomic
def hear_forwarded(letter: Letter, *, place: Place, words: str, by: Person) -> Recovery:
    """The customer is whoever wrote the inner letter. Nobody has proven that they did."""
    recovery = hear(
        customer=Customer.met(name=letter.sender_name, email=letter.sender),
        place=place,
        words=words,
        channel="e-mail",
        by=by,
        about=letter.subject,
        letter=letter,
        ref=letter.thread,
    )
    words = f"{by.name} passed this on."
    record(recovery, Verb.NOTED, by=by, at=now(), words=words, channel="forwarded")
    return recovery


@transaction.atomic
def undo_forward(letter: Letter, *, by: Person) -> Recovery:
    """It was the forwarder's own letter after all: heard anew as theirs, and this one is closed."""
    recovery = Recovery.objects.with_people().get(ref=letter.thread)
    recovery.must_be_open()
    if letter.post is None or not letter.by_name or not recovery.complaints.filter(letter=letter):
        raise TooLate("There is nothing to undo here.")
    sent = Letter.objects.filter(thread=recovery.ref, direction=Direction.OUT)
    if sent.exists():
        raise TooLate("Something was written to the customer already.")
    at = now()
    raw = letter.post.raw()
    parsed = parse(raw)
    inner = inner_of(parsed)
    recovery.complaints.filter(letter=letter).update(letter=None)
    ref = new_ref()
    letter.belongs_to_sender(parsed, thread=ref)
    close(recovery, Outcome.MISTAKEN, at=at)
    who = inner.sender.address if inner else recovery.customer.called
    record(recovery, Verb.LOOKED_AT, by=by, at=at, words=f"Not from {who}.", other=ref)
    own = hear(
        customer=Customer.met(name=letter.sender_name, email=letter.sender),
        place=recovery.place,
        words=letter.told or letter.subject,
        channel="e-mail",
        about=letter.subject,
        letter=letter,
        ref=ref,
    )
    own.follows(recovery)
    return own
