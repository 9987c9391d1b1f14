"""Whatever the customer says later, from any channel: it always reaches a person, or is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from amends.kit.clock import now
from amends.mailroom.attachment import enclose
from amends.mailroom.filing import log
from amends.mailroom.letter import Direction, Letter
from amends.people.person import Person
from amends.people.roster import next_manager
from amends.recovery.complaint import Complaint
from amends.recovery.failure import NothingSaid
from amends.recovery.journey.overtaken import they_wrote_first, will_be_overtaken
from amends.recovery.journey.put_right import not_fixed
from amends.recovery.journey.waiting import waits
from amends.recovery.notice import About, Notice
from amends.recovery.reading import Meaning, meaning_of
from amends.recovery.recovery import Recovery
from amends.recovery.timeline import Actor, By, Verb, record

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from amends.mailroom.parsing import Enclosure


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


@transaction.atomic(savepoint=False)
def customer_wrote(
    recovery: Recovery,
    *,
    words: str,
    channel: str,
    letter: Letter | None = None,
    photos: Sequence[Enclosure] = (),
    meaning: Meaning | None = None,
) -> None:
    """A reply, from any channel. Thanks reopen nothing; «it is not fixed» always does; anything
    else waits for a person. A button says what it means; other words are read."""
    at = now()
    will_be_overtaken(recovery)
    meaning = meaning or meaning_of(words)
    if letter is None:
        letter = _log(recovery, words, channel=channel, at=at)
        enclose(letter, list(photos))
    if meaning is Meaning.THANKS:
        record(recovery, Verb.THANKED_US, by=Actor.CUSTOMER, at=at, words=words[:500])
        they_wrote_first(recovery, at=at)
        return
    recovery.customer.spoke_again()
    if meaning is Meaning.NOT_FIXED and (recovery.agreed_at or recovery.closed_at):
        not_fixed(recovery, words=words, by=Actor.CUSTOMER)
        return
    record(recovery, Verb.CUSTOMER_WROTE, by=Actor.CUSTOMER, at=at, words=words[:500])
    waits(recovery, at=at, words=f"{recovery.customer.called} wrote to us.")


@transaction.atomic
def person_please(recovery: Recovery, *, words: str = "") -> None:
    """«A person, please»: the owner and a manager of the place are told at once."""
    at = now()
    said = words.strip() or "Would like to speak to a person."
    recovery.customer.spoke_again()
    _log(recovery, said, channel="page", at=at)
    record(recovery, Verb.CUSTOMER_WROTE, by=Actor.CUSTOMER, at=at, words=said[:500], person=True)
    reach = recovery.customer.phone or recovery.customer.email
    told = f"{recovery.customer.called} asks for a person. {reach}".strip()
    waits(recovery, at=at, about=About.PERSON, words=told)
    manager = next_manager(recovery.place, not_these=[recovery.owner] if recovery.owner else [])
    Notice.tell(manager, recovery, About.PERSON, told, at=at)


def _log(recovery: Recovery, words: str, *, channel: str, at: datetime) -> Letter:
    return log(
        recovery.ref,
        channel=channel,
        direction=Direction.IN,
        text=words,
        sender_name=recovery.customer.called,
        at=at,
    )
