"""What a letter refers to: where answers to it go, what it answers, and what came before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from amends.kit.ready import ready
from amends.mailroom.addresses import address_for, mark_of
from amends.mailroom.letter import NOT_GONE, Direction, Letter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from amends.mailroom.letter import LetterQuerySet

REMEMBERED = 10  # letters of the thread that References names
MOST_REFERENCES = 30


def in_thread(thread: str) -> dict[str, Any]:
    """Where answers go, what the letter answers, and what came before it, oldest first."""
    if not thread:
        return {}
    rows = _latest_of(thread)
    heard = next((letter for letter in rows if letter.direction == Direction.IN), None)
    ids = [*(heard.references if heard else ()), *(_known_as(letter) for letter in reversed(rows))]
    return {
        "thread": thread,
        "reply_to": address_for(thread),
        "in_reply_to": heard.message_id if heard and _can_be_named(heard.message_id) else "",
        "references": [mark_of(thread), *_latest(ids, but=mark_of(thread))],
    }


def will_be_referred_to(thread: str) -> None:
    """Asked for along with the next question."""
    _latest_of.ahead(thread)


@ready
def _latest_of(thread: str) -> LetterQuerySet:
    theirs = Letter.objects.with_customer().filter(thread=thread)
    gone = theirs.exclude(message_id="").exclude(state__in=NOT_GONE)
    named = gone.only("message_id", "provider_id", "direction", "references")
    return named.order_by("-made_at", "-pk")[:REMEMBERED]


def _known_as(letter: Letter) -> str:
    """The id under which whoever has it knows it: the provider's, where it replaced ours."""
    return letter.provider_id or letter.message_id


def _latest(ids: Iterable[str], *, but: str) -> list[str]:
    """Each once, in their order."""
    once = dict.fromkeys(each for each in ids if each != but and _can_be_named(each))
    return list(once)[-MOST_REFERENCES:]


def _can_be_named(message_id: str) -> bool:
    """Not those that we made up for want of one, nor what cannot stand in a header."""
    return message_id.isascii() and not message_id.endswith(".invalid>")
