"""Whatever the customer says later, from any channel: it always reaches a person, or is kept."""

from __future__ import annotations

from django.db import transaction

from amends.kit.clock import now
from amends.mailroom.letter import Direction, Letter, log
from amends.people.person import Person
from amends.recovery.complaint import Complaint
from amends.recovery.failure import NothingSaid
from amends.recovery.journey.put_right import not_fixed
from amends.recovery.journey.waiting import waits
from amends.recovery.notice import About
from amends.recovery.reading import Meaning, meaning_of
from amends.recovery.recovery import Recovery
from amends.recovery.timeline import Actor, By, Verb, record


@transaction.atomic
def add_words(
    recovery: Recovery, *, words: str, channel: str, by: By, letter: Letter | None = None
) -> Complaint:
    """More of the story. Words are never edited: new ones stand beside the old (S2-02)."""
    if not words.strip():
        raise NothingSaid("There are no words here yet.")
    at = now()
    taken_by = by if isinstance(by, Person) else None
    complaint = Complaint.take(
        recovery, channel=channel, words=words, at=at, by=taken_by, letter=letter
    )
    record(recovery, Verb.HEARD_AGAIN, by=by, at=at, words=words[:500], channel=channel)
    if by is Actor.CUSTOMER:
        waits(recovery, at=at, words=f"{recovery.customer.called} told us more.")
    return complaint


@transaction.atomic
def customer_wrote(
    recovery: Recovery, *, words: str, channel: str, letter: Letter | None = None
) -> None:
    """A reply, from any channel. Thanks reopen nothing; «it is not fixed» always does; anything
    else waits for a person."""
    at = now()
    meaning = meaning_of(words)
    if letter is None:
        log(
            recovery.ref,
            channel=channel,
            direction=Direction.IN,
            text=words,
            sender_name=recovery.customer.called,
            at=at,
        )
    if meaning is Meaning.THANKS:
        record(recovery, Verb.THANKED_US, by=Actor.CUSTOMER, at=at, words=words[:500])
        return
    recovery.customer.spoke_again()
    if meaning is Meaning.NOT_FIXED and (recovery.agreed_at or recovery.closed_at):
        not_fixed(recovery, words=words, by=Actor.CUSTOMER)
        return
    record(recovery, Verb.CUSTOMER_WROTE, by=Actor.CUSTOMER, at=at, words=words[:500])
    waits(recovery, at=at, words=f"{recovery.customer.called} wrote to us.")


@transaction.atomic
def person_please(recovery: Recovery, *, words: str = "") -> None:
    """«A person, please»: the owner and the managers of the place are told at once."""
    at = now()
    said = words.strip() or "Would like to speak to a person."
    log(
        recovery.ref,
        channel="page",
        direction=Direction.IN,
        text=said,
        sender_name=recovery.customer.called,
        at=at,
    )
    record(recovery, Verb.CUSTOMER_WROTE, by=Actor.CUSTOMER, at=at, words=said[:500], person=True)
    reach = recovery.customer.phone or recovery.customer.email
    waits(
        recovery,
        at=at,
        about=About.PERSON,
        words=f"{recovery.customer.called} asks for a person. {reach}".strip(),
    )
