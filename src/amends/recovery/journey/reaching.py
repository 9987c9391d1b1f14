"""When a letter of ours did not get through, or may not have: somebody knows, and settles it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from amends.kit.claims import claim
from amends.kit.clock import now
from amends.kit.errors import Impossible
from amends.mailroom import outbox
from amends.mailroom.letter import Letter, State
from amends.recovery.journey.waiting import waits
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
    if failed and not recovery.closed_at:
        waits(recovery, at=at, words=words, about=About.POST)
    else:
        Notice.tell(recovery.owner, recovery, About.POST, words, at=at)


@transaction.atomic
def send_again(letter: Letter, *, by: Person) -> None:
    """Knowing that it may arrive twice."""
    recovery = _recovery_of(letter)
    outbox.retry(letter, by.name)
    record(recovery, Verb.WROTE, by=by, at=now(), words=f"Once more: {letter.subject}")


@transaction.atomic
def send_another_way(letter: Letter, *, by: Person) -> None:
    """By the second way out, where the owner allows one."""
    recovery = _recovery_of(letter)
    outbox.retry_another_way(letter, by.name)
    record(recovery, Verb.WROTE, by=by, at=now(), words=f"Another way: {letter.subject}")


@transaction.atomic
def it_arrived(letter: Letter, *, by: Person) -> None:
    """They told us that they have it."""
    recovery = _recovery_of(letter)
    outbox.it_arrived(letter, by.name)
    record(recovery, Verb.NOTED, by=by, at=now(), words=f"It did arrive: {letter.subject}")


def _how(letter: Letter) -> str:
    if letter.state != State.FAILED:
        return "may not have arrived"
    return "did not get through" if letter.handed_over_at is None else "did not reach everybody"


def _recovery_of(letter: Letter) -> Recovery:
    recovery = Recovery.objects.filter(ref=letter.thread).first()
    if recovery is None:
        raise NobodyWaits("This letter belongs to no recovery.")
    return recovery


def _told(letter: Letter) -> str:
    return f"{letter.subject}: {letter.trouble}"[:500]
