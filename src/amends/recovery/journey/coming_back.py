"""When a letter of ours comes back, is late, or was not wanted; and when they are away for a while."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from amends.customers.customer import AddressKind
from amends.kit.claims import claim
from amends.kit.clock import now
from amends.mailroom.letter import Letter, State
from amends.mailroom.mark import Grip, Mark, key_of
from amends.mailroom.tally import Counted, Tally
from amends.people.person import Person
from amends.people.roster import next_manager
from amends.recovery.followup import FollowUp
from amends.recovery.journey.promising import breaks_at
from amends.recovery.journey.settling import not_while_away
from amends.recovery.notice import About, Notice
from amends.recovery.promise import Promise
from amends.recovery.recovery import Outcome, Recovery
from amends.recovery.standards import Clock, Step
from amends.recovery.timeline import Actor, Verb, record

if TYPE_CHECKING:
    from datetime import date, datetime

    from amends.customers.customer import Customer

GONE = (State.HANDED_OVER, State.UNCERTAIN)
STAYS_CLOSED = (Outcome.LEFT_IN_PEACE, Outcome.MISTAKEN)
SAME_STEP = timedelta(minutes=1)  # a letter is written in the step that stops a clock
SAME_WORK = timedelta(minutes=15)


@transaction.atomic
def came_back(letter: Letter, *, to: str, why: str, grip: str, at: datetime) -> None:
    """It did not arrive after all, and whatever we thought had been done by it is not done. `grip`
    says how far that speaks against the address; empty when it does not."""
    ours = not letter.thread  # to one of us: tried again after a while, for nobody lifts that mark
    if grip:
        meant = Grip.SOFT if ours else Grip(grip)
        Mark.put(to or letter.recipient, meant, why=_sentence(why), at=at)
    if ours:
        _one_of_us_not_reached(letter, at=at)
        return
    recovery = Recovery.objects.with_people().filter(ref=letter.thread).first()
    if recovery is None or not _is_back(letter, to, why, recovery, at=at):
        return
    recovery = recovery.goes_on_as()
    record(recovery, Verb.UNDELIVERED, by=Actor.SYSTEM, at=at, words=f"{letter.subject}: {why}")
    do_not_have(recovery, letter, at=at)
    other = another_way(recovery.customer, but=to or letter.recipient, at=at)
    words = f"Our letter to {recovery.customer.called} came back: {why}. {other}"
    Notice.tell(recovery.owner, recovery, About.POST, words, at=at)


def do_not_have(recovery: Recovery, letter: Letter, *, at: datetime) -> None:
    """They wait again, or still: what was closed is open, and what rested on that letter undone.
    Whoever asked for peace keeps it."""
    if recovery.outcome in STAYS_CLOSED:
        return
    if recovery.closed_at:
        recovery.open_again()
        words = "A letter of ours did not reach them."
        record(recovery, Verb.REOPENED, by=Actor.SYSTEM, at=at, words=words)
    recovery.waits(since=_undone(recovery, letter, at=at))
    Clock.start(recovery, Step.ANSWER, at=at)


@transaction.atomic
def is_late(letter: Letter, *, why: str) -> None:
    """Their mail server has not taken it yet, and goes on trying: good to know, and no more."""
    words = f"Still on its way: {why}."[:2_000]
    Letter.objects.filter(pk=letter.pk, state__in=GONE).update(trouble=words)


@transaction.atomic
def not_wanted(letter: Letter, *, at: datetime) -> None:
    """They told their provider that they do not want our mail: nothing goes by itself any more, and
    the owner hears of it once."""
    key = key_of(letter.recipient)
    known = Mark.on([key], at=at).get(key)
    if known is not None and known.grip == Grip.UNWANTED:
        return
    Mark.put(key, Grip.UNWANTED, why="They said so to their provider.", at=at)
    recovery = Recovery.objects.with_people().filter(ref=letter.thread).first()
    if recovery is not None:
        words = f"{letter.recipient} does not want our mail. Nothing goes there by itself now."
        record(recovery, Verb.NOTED, by=Actor.SYSTEM, at=at, words=words)
        Notice.tell(recovery.owner, recovery, About.POST, words, at=at)


@transaction.atomic
def says_away(recovery: Recovery, *, until: date) -> None:
    """What we planned to ask them in that time is asked when they are back."""
    customer = recovery.customer
    if customer.away_until == until:
        return
    customer.is_away(until)
    at = now()
    back = not_while_away(recovery, at)
    FollowUp.objects.open().filter(recovery=recovery, due_at__lt=back).update(due_at=back)
    words = f"{customer.called} is away until {until.day} {until:%B}."
    record(recovery, Verb.NOTED, by=Actor.SYSTEM, at=at, words=words)


@transaction.atomic
def machine_wrote(recovery: Recovery, *, letter: Letter) -> None:
    """No answer, no clock. Since some people write through machines, the owner may look: once a
    day, however much comes."""
    at = now()
    counted = Counted("machine wrote", recovery.ref, timedelta(days=1))
    if Tally.count_one([counted], at=at) == [1]:
        who = letter.sender_name or letter.sender or "somebody"
        words = f"A machine seems to have written for {who}. Look whether it says anything."
        Notice.tell(recovery.owner, recovery, About.POST, words, at=at)


@transaction.atomic
def it_works_again(customer: Customer, *, address: str, by: Person) -> None:
    """Somebody knows that letters arrive there, or that they are welcome."""
    theirs = customer.addresses.filter(kind=AddressKind.EMAIL, key=key_of(address))
    if not theirs.exists() or not Mark.lift(address):
        return
    for recovery in Recovery.objects.open().filter(customer=customer):
        words = f"{address} may be written to again."
        record(recovery, Verb.NOTED, by=by, at=now(), words=words)


def another_way(customer: Customer, *, but: str, at: datetime) -> str:
    """How else they can be reached: the telephone, another address, a letter on paper."""
    emails = [a.value for a in customer.addresses.all() if a.kind == AddressKind.EMAIL]
    marks = Mark.on(emails, at=at)
    others = [each for each in emails if key_of(each) not in marks and key_of(each) != key_of(but)]
    ways = [f"ring {customer.phone}"] if customer.phone else []
    ways += [f"write to {others[0]}"] if others else []
    if not ways:
        return "Another way: a letter on paper, or ask when they are next here."
    return f"Another way: {' or '.join(ways)}, or a letter on paper."


def _is_back(letter: Letter, to: str, why: str, recovery: Recovery, *, at: datetime) -> bool:
    """Of two reports about one letter the first counts. Who only got a copy is told apart."""
    words = _sentence(why)
    copy = letter.also_to.filter(address__iexact=to).first() if to else None
    if copy is not None and key_of(to) != key_of(letter.recipient):
        letter.also_to.filter(pk=copy.pk).update(
            trouble=f"It came back. {words}", handed_over_at=None
        )
        told = f"{copy} did not get the copy of «{letter.subject}»: {why}."
        Notice.tell(recovery.owner, recovery, About.POST, told, at=at)
        return False
    other = another_way(recovery.customer, but=letter.recipient, at=at)
    gone = Letter.objects.filter(pk=letter.pk, state__in=GONE)
    gone_back = {"state": State.CAME_BACK, "reported_at": at, "handed_over_at": None}
    return claim(gone, **gone_back, trouble=f"{words} {other}")


def _undone(recovery: Recovery, letter: Letter, *, at: datetime) -> datetime:
    """What rested on that letter: clocks run on from where they began, a follow-up is due again, a
    promise of nothing but word from us is still owed. Since when they really wait."""
    around = (letter.made_at - SAME_STEP, letter.made_at + SAME_STEP)
    since = Clock.not_stopped(recovery, around, at=at)
    if letter.kind == "follow_up":
        asked = FollowUp.objects.filter(recovery=recovery, done_at__range=around)
        asked.update(done_at=None, done_by=None)
    kept = Promise.objects.filter(
        recovery=recovery,
        line=None,
        asks_for_owner=False,
        kept_by__name=letter.by_name,
        kept_at__range=(letter.made_at - SAME_WORK, letter.made_at + SAME_WORK),
    )
    for promise in kept:
        promise.owed_after_all(breaks=breaks_at(recovery, at))
        words = f"Not kept after all: {promise.words}"
        record(recovery, Verb.UNDELIVERED, by=Actor.SYSTEM, at=at, words=words, promise=promise.ref)
    return min(since, at) if since else at


def _one_of_us_not_reached(letter: Letter, *, at: datetime) -> None:
    """Never by a letter: that would come back too. A manager hears it on the desk."""
    gone = Letter.objects.filter(pk=letter.pk, state__in=GONE)
    if not claim(gone, state=State.CAME_BACK, reported_at=at, handed_over_at=None):
        return
    person = Person.objects.filter(email=key_of(letter.recipient)).first()
    recovery = Recovery.objects.with_people().filter(ref=letter.about).first()
    if person is None or recovery is None:
        return
    words = f"Letters to {person.name} come back, so they were not told: {letter.subject}"
    manager = next_manager(recovery.place, not_these=[person])
    Notice.tell(manager or recovery.owner, recovery, About.POST, words, at=at)


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
