"""When a letter of ours did not get through, or may not have: somebody knows, and settles it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from amends.kit.claims import claim
from amends.kit.clock import now
from amends.kit.errors import Impossible
from amends.mailroom import bounce, settling
from amends.mailroom.letter import Letter, State
from amends.mailroom.mark import Grip, Mark
from amends.mailroom.road import Road
from amends.recovery.journey.coming_back import another_way, do_not_have
from amends.recovery.journey.overtaken import wrote_since
from amends.recovery.journey.waiting import answered
from amends.recovery.notice import About, Notice
from amends.recovery.recovery import Recovery
from amends.recovery.timeline import Actor, Verb, record

if TYPE_CHECKING:
    from datetime import datetime

    from amends.people.person import Person


class NobodyWaits(Impossible):
    code = "no-recovery"


@transaction.atomic
def could_not_reach(letter: Letter, *, at: datetime) -> None:
    """It did not go: they wait for us again, whatever we believed. It may have gone: somebody
    who knows must say. Told once."""
    if not claim(Letter.objects.unreported().filter(pk=letter.pk), reported_at=at):
        return
    recovery = Recovery.objects.with_people().filter(ref=letter.thread).first()
    if recovery is None:
        return
    failed = letter.state == State.FAILED and letter.handed_over_at is None
    record(recovery, Verb.UNDELIVERED, by=Actor.SYSTEM, at=at, words=_told(letter))
    words = f"Our letter to {recovery.customer.called} {_how(letter)}."
    if failed:
        do_not_have(recovery, letter, at=at)
        _mark(letter, at=at)
        other = another_way(recovery.customer, but=letter.recipient, at=at)
        words = f"{words} {other}"
    Notice.tell(recovery.owner, recovery, About.POST, words, at=at)


@transaction.atomic
def send_again(letter: Letter, *, by: Person) -> None:
    """Knowing that it may arrive twice."""
    _note_on(letter, Verb.WROTE, f"Once more: {letter.subject}", by=by)
    settling.retry(letter, by.name)


@transaction.atomic
def send_another_way(letter: Letter, *, by: Person) -> None:
    """By the second way out, where the owner allows one."""
    _note_on(letter, Verb.WROTE, f"Another way: {letter.subject}", by=by)
    settling.retry_another_way(letter, by.name)


@transaction.atomic
def it_arrived(letter: Letter, *, by: Person) -> None:
    """They told us that they have it."""
    _note_on(letter, Verb.NOTED, f"It did arrive: {letter.subject}", by=by)
    settling.it_arrived(letter, by.name)


@transaction.atomic
def do_not_send(letter: Letter, *, by: Person) -> None:
    """What waits, may have arrived or did not go: it is not tried any more."""
    _note_on(letter, Verb.NOT_SENT, letter.subject, by=by)
    settling.cancel(letter, f"{by.name} decided not to send it.")


def try_mail_now(*, by: Person) -> None:
    """Whoever mended the way out, or hopes so, need not wait until it has rested."""
    if not (by.is_manager and by.may_write):
        raise NobodyWaits("Only a manager or an owner may do this.")
    Road.try_now()


def _how(letter: Letter) -> str:
    if letter.state != State.FAILED:
        return "may not have arrived"
    return "did not get through" if letter.handed_over_at is None else "did not reach everybody"


def _note_on(letter: Letter, verb: Verb, words: str, *, by: Person) -> None:
    """In the timeline of its recovery. A letter to one of us has none, and is an owner's to settle."""
    recovery = Recovery.objects.filter(ref=letter.thread).first()
    if recovery is not None:
        at = now()
        record(recovery, verb, by=by, at=at, words=words, letter=letter.ref)
        if verb is not Verb.NOT_SENT and not wrote_since(letter):
            answered(recovery, at=at)
    elif letter.thread or not by.is_owner:
        raise NobodyWaits("This letter belongs to no recovery.")


def _mark(letter: Letter, *, at: datetime) -> None:
    """The mail server said at once that there is no such mailbox: as good as a report of it."""
    status = bounce.STATUS.search(letter.trouble)
    said = bounce.Outcome(letter.recipient, bounce.Fate.CAME_BACK, status[0] if status else "")
    if said.grip is bounce.Grip.HARD and not letter.also_to.exists():
        words = f"{said.words[:1].upper()}{said.words[1:]}."
        Mark.put(letter.recipient, Grip.HARD, why=words, at=at)


def _told(letter: Letter) -> str:
    return f"{letter.subject}: {letter.trouble}"[:500]
