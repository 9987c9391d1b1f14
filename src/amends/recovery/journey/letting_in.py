"""Who may speak in a conversation: a letter from somebody we do not know waits for a person, who
says what it is. The customer of a recovery never changes by mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from amends.customers.customer import AddressKind, Customer
from amends.kit.clock import now
from amends.kit.errors import Impossible
from amends.kit.refs import new_ref
from amends.mailroom.letter import Asks
from amends.people.roster import next_manager
from amends.recovery.journey.heard import hear
from amends.recovery.journey.heard_again import customer_wrote
from amends.recovery.notice import About, Notice
from amends.recovery.participants import TakesPart, part_of
from amends.recovery.recovery import Companion, Recovery
from amends.recovery.timeline import Actor, Verb, record

if TYPE_CHECKING:
    from amends.mailroom.letter import Letter
    from amends.people.person import Person

WROTE_ABOUT_THIS = "wrote about this"
NO_WORDS = "There are no words in this letter; see what is attached."


class NotAsked(Impossible):
    code = "not-asked"


@transaction.atomic
def stranger_wrote(recovery: Recovery, *, letter: Letter) -> None:
    """Nothing of it reaches the customer, nothing of the customer's reaches them, no clock moves."""
    words = f"{letter.sender or 'Somebody'} answered in the name of {recovery}."
    _tell(recovery, words)


@transaction.atomic
def companion_wrote(recovery: Recovery, *, letter: Letter) -> None:
    """Somebody who was let in. It is for us to read; the customer is not told."""
    at = now()
    who = letter.sender_name or letter.sender
    record(recovery, Verb.NOTED, by=Actor.SYSTEM, at=at, words=f"{who} wrote.", channel="companion")
    _tell(recovery, f"{who} wrote about {recovery}.")


@transaction.atomic
def let_in(letter: Letter, *, by: Person) -> Companion:
    """They have a stake: from now on what they write is taken, and kept apart from the customer."""
    recovery = _asked_about(letter, Asks.STRANGER)
    letter.decided(kind="companion")
    at = now()
    name = letter.sender_name.strip() or letter.sender
    companion = Companion.objects.create(
        recovery=recovery,
        name=name[:200],
        relation=WROTE_ABOUT_THIS,
        email=letter.sender[:254],
        leave_given_at=at,
    )
    record(recovery, Verb.COMPANION, by=by, at=at, words=str(companion), letter=letter.ref)
    return companion


@transaction.atomic
def it_is_them(letter: Letter, *, by: Person) -> None:
    """The customer themselves, from another address: we know it from now on."""
    recovery = _asked_about(letter, Asks.STRANGER)
    letter.decided()
    recovery.customer.reachable_at(AddressKind.EMAIL, letter.sender)
    _decided(recovery, letter, f"{letter.sender} is {recovery.customer.called}.", by=by)
    customer_wrote(recovery, words=letter.told or NO_WORDS, channel="e-mail", letter=letter)


@transaction.atomic
def split_off(letter: Letter, *, by: Person) -> Recovery:
    """A matter of its own: a recovery of whoever wrote it, beside the one it came into."""
    recovery = _asked_about(letter, Asks.STRANGER, Asks.SUBJECT)
    was_stranger = letter.asks == Asks.STRANGER
    ref = new_ref()
    letter.decided(thread=ref)
    customer = recovery.customer
    if was_stranger:
        customer = Customer.met(name=letter.sender_name, email=letter.sender)
    _decided(recovery, letter, f"{letter.subject}: a recovery of its own.", by=by, ref=ref)
    own = hear(
        customer=customer,
        place=recovery.place,
        words=letter.told or NO_WORDS,
        channel="e-mail",
        about=letter.subject,
        letter=letter,
        ref=ref,
    )
    own.follows(recovery)
    return own


@transaction.atomic
def not_for_us(letter: Letter, *, by: Person) -> None:
    """Kept, and out of the way."""
    recovery = _asked_about(letter, Asks.STRANGER)
    letter.decided(kind="not for us")
    _decided(recovery, letter, f"Not for us: {letter.sender}.", by=by)


@transaction.atomic
def belongs_here(letter: Letter, *, by: Person) -> None:
    """The subject is new, the matter is not."""
    recovery = _asked_about(letter, Asks.SUBJECT)
    letter.decided()
    _decided(recovery, letter, f"It belongs here: {letter.subject}.", by=by)


@transaction.atomic
def answer_there(letter: Letter, *, by: Person) -> None:
    """The customer asks for answers at another address, and one of us believes it."""
    recovery = Recovery.objects.with_people().filter(ref=letter.thread).first()
    is_theirs = recovery and part_of(recovery, letter.sender) is TakesPart.CUSTOMER
    if recovery is None or not letter.reply_to or letter.needs_check or not is_theirs:
        raise NotAsked("This letter does not ask for answers elsewhere.")
    recovery.customer.reachable_at(AddressKind.EMAIL, letter.reply_to)
    words = f"Answers go to {letter.reply_to}, as they asked."
    record(recovery, Verb.LOOKED_AT, by=by, at=now(), words=words, letter=letter.ref)


def _tell(recovery: Recovery, words: str) -> None:
    """Whoever sees to it; where nobody does, a manager of the place."""
    owner = recovery.owner
    person = owner if owner and owner.is_active else next_manager(recovery.place, not_these=[])
    Notice.tell(person, recovery, About.POST, words, at=now())


def _asked_about(letter: Letter, *questions: Asks) -> Recovery:
    recovery = Recovery.objects.with_people().filter(ref=letter.thread).first()
    if recovery is None or letter.asks not in questions:
        raise NotAsked("There is nothing to decide about this letter any more.")
    return recovery


def _decided(recovery: Recovery, letter: Letter, words: str, *, by: Person, ref: str = "") -> None:
    facts = {"letter": letter.ref} | ({"other": ref} if ref else {})
    record(recovery, Verb.LOOKED_AT, by=by, at=now(), words=words[:500], **facts)
