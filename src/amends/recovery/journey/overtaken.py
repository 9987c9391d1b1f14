"""A letter that waits for its hour knows nothing of what the customer says meanwhile: it is kept
back, with its words, and somebody reads and decides."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from amends.kit.ready import ready
from amends.mailroom import settling
from amends.mailroom.letter import Direction, Letter, State
from amends.recovery.notice import About, Notice
from amends.recovery.recovery import Recovery
from amends.recovery.timeline import Actor, Verb, record

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from amends.mailroom.letter import LetterQuerySet

THEY_WROTE = "not sent, because {name} wrote first. Read it, and decide."
IN_PEACE = "not sent, because {name} asked to be left in peace."


def they_wrote_first(recovery: Recovery, *, at: datetime) -> None:
    for letter in _scheduled(recovery.ref):
        keep_back(recovery, letter, THEY_WROTE, at=at)


def will_be_overtaken(recovery: Recovery) -> None:
    """Asked for along with the next question, and in our turn: whoever writes a letter for later in this
    moment comes before us or after us."""
    _in_turn.ahead(recovery.pk)
    _scheduled.ahead(recovery.ref)


@ready
def _in_turn(key: int) -> QuerySet[Recovery, int]:
    locked = Recovery.objects.select_for_update(no_key=True).filter(pk=key)
    return locked.values_list("pk", flat=True)


@ready
def _scheduled(thread: str) -> LetterQuerySet:
    return Letter.objects.filter(thread=thread, state=State.SCHEDULED)


def keep_back(recovery: Recovery, letter: Letter, why: str, *, at: datetime) -> None:
    """Nothing to do when it left this very moment."""
    told = why.format(name=recovery.customer.called)
    with suppress(settling.NotThere):
        settling.cancel(letter, f"{told[:1].upper()}{told[1:]}")
        record(recovery, Verb.NOT_SENT, by=Actor.CLOCK, at=at, words=told, letter=letter.ref)
        Notice.tell(recovery.owner, recovery, About.POST, f"Your letter was {told}", at=at)


def wrote_since(letter: Letter) -> bool:
    """By whoever may speak in this thread; an out-of-office says nothing."""
    came = Letter.objects.filter(thread=letter.thread, direction=Direction.IN, needs_check=False)
    return came.filter(automatic=False, made_at__gt=letter.made_at).exists()
