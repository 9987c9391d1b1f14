"""Which thread a message belongs to: by signed address, by our signed ids, by known Message-IDs.

Never by subject. Whether the sender may join the thread is not decided here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from amends.mailroom.addresses import letter_in, thread_in, thread_in_mark
from amends.mailroom.letter import Letter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from amends.mailroom.parsing import Parsed


class Match(NamedTuple):
    """A thread and what led to it; only the first two ways cannot be made up by a stranger."""

    thread: str
    how: Literal["address", "our id", "known id"]


def find_thread(parsed: Parsed, recipients: Iterable[str]) -> Match | None:
    ids = _referred_to(parsed)
    return _by_address(parsed, recipients) or _by_our_id(ids) or _by_known_id(ids)


def thread_of_message_id(message_id: str) -> str | None:
    """The thread of a Message-ID that we signed, for a letter or for the thread as a whole."""
    match = _by_our_id([message_id])
    return match.thread if match else None


def _by_address(parsed: Parsed, recipients: Iterable[str]) -> Match | None:
    written_to = [name.address for name in parsed.to + parsed.cc]
    for address in [*recipients, *parsed.delivered_to, *written_to]:
        if thread := thread_in(address):
            return Match(thread, "address")
    return None


def _by_our_id(ids: list[str]) -> Match | None:
    refs = [ref for ref in map(letter_in, ids) if ref]
    threads = dict(Letter.objects.filter(ref__in=refs).values_list("ref", "thread")) if refs else {}
    for message_id in ids:
        thread = threads.get(letter_in(message_id) or "") or thread_in_mark(message_id)
        if thread:
            return Match(thread, "our id")
    return None


def _by_known_id(ids: list[str]) -> Match | None:
    if not ids:
        return None
    known = Letter.objects.filter(message_id__in=ids).exclude(message_id="").exclude(thread="")
    threads = dict(known.order_by("-pk").values_list("message_id", "thread"))
    for message_id in ids:
        if message_id in threads:
            return Match(threads[message_id], "known id")
    return None


def _referred_to(parsed: Parsed) -> list[str]:
    """What it answers first, then the older ones, the nearest before the farthest."""
    ids = [parsed.in_reply_to, *reversed(parsed.references)]
    return [message_id for message_id in dict.fromkeys(ids) if message_id]
