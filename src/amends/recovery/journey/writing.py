"""A letter in a person's own words: now, at an hour they choose, or taken back before it goes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from amends.kit.clock import now
from amends.kit.errors import Impossible
from amends.mailroom import settling
from amends.mailroom.letter import Letter
from amends.recovery import letters
from amends.recovery.failure import NothingSaid
from amends.recovery.journey.overtaken import IN_PEACE, THEY_WROTE, keep_back, wrote_since
from amends.recovery.journey.sorry import unsay
from amends.recovery.journey.waiting import answered, how_it_was, not_answered_after_all
from amends.recovery.recovery import Recovery
from amends.recovery.timeline import Actor, Entry, Verb, record

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from amends.people.person import Person
    from amends.recovery.recovery import Companion

FARTHEST = timedelta(days=366)


class NotThen(Impossible):
    code = "not-then"


class NotYours(Impossible):
    code = "not-allowed"


@transaction.atomic
def write(
    recovery: Recovery,
    *,
    words: str,
    by: Person,
    send_at: datetime | None = None,
    also_to: Sequence[Companion] = (),
) -> Letter | None:
    """When none of the other steps fits. What is to go later answers nobody yet: they go on
    waiting, and their clock runs."""
    if not words.strip():
        raise NothingSaid("There are no words in this letter yet.")
    at = now()
    if send_at is not None:
        _must_be_a_good_hour(recovery, send_at, at=at)
    letter = letters.answer(
        recovery, words=words.strip(), by=by, at=at, send_at=send_at, also_to=also_to
    )
    verb = Verb.SCHEDULED if send_at else Verb.WROTE
    record(recovery, verb, by=by, at=at, words=words[:500], **how_it_was(recovery, letter))
    if send_at is None:
        answered(recovery, at=at)
    return letter


@transaction.atomic
def take_back(letter: Letter, *, by: Person) -> None:
    """An undo, by whoever wrote it: as if it had not been written. The words are kept."""
    recovery = _recovery_of(letter)
    wrote = _entry_of(letter, Verb.WROTE, Verb.APOLOGISED)
    if wrote is None or wrote.by != by:
        raise NotYours(f"{letter.by_name} wrote this letter, and may take it back.")
    at = now()
    settling.take_back(letter, f"{by.name} took it back.", at=at)
    if wrote.verb == Verb.APOLOGISED:
        unsay(recovery, wrote, at=at)
    not_answered_after_all(recovery, wrote)
    record(recovery, Verb.TOOK_BACK, by=by, at=at, words=letter.words[:500], letter=letter.ref)


@transaction.atomic
def send_scheduled(letter: Letter, *, at: datetime) -> None:
    """Its hour has come. If they wrote meanwhile, somebody reads that first."""
    recovery = _recovery_of(letter)
    if recovery.customer.left_in_peace_at:
        keep_back(recovery, letter, IN_PEACE, at=at)
    elif wrote_since(letter):
        keep_back(recovery, letter, THEY_WROTE, at=at)
    elif settling.let_go(letter, at=at):
        planned = _entry_of(letter, Verb.SCHEDULED)
        by = planned.by if planned and planned.by else Actor.CLOCK
        record(recovery, Verb.WROTE, by=by, at=at, words=letter.words[:500], letter=letter.ref)
        answered(recovery, at=at)


def _must_be_a_good_hour(recovery: Recovery, send_at: datetime, *, at: datetime) -> None:
    if not recovery.customer.email:
        raise NotThen(
            f"{recovery.customer.called} has no e-mail address; what we write on their page is "
            "there at once."
        )
    if not at < send_at < at + FARTHEST:
        raise NotThen("Choose an hour that is still to come, within a year.")


def _entry_of(letter: Letter, *verbs: Verb) -> Entry | None:
    told = Entry.objects.filter(recovery__ref=letter.thread, verb__in=verbs)
    told = told.filter(facts__letter=letter.ref)
    return told.select_related("by").order_by("-number").first()


def _recovery_of(letter: Letter) -> Recovery:
    recovery = Recovery.objects.with_people().filter(ref=letter.thread).first()
    if recovery is None:
        raise settling.NotThere("This letter belongs to no recovery.")
    return recovery
