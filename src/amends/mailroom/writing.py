"""A letter to somebody is a row first: to whom, from when on it may go, or why it cannot."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from amends.kit.clock import now
from amends.kit.ready import add
from amends.mailroom.addresses import desk_address, is_ours, message_id_for
from amends.mailroom.letter import Copy, Direction, Letter, Priority, State
from amends.mailroom.referring import in_thread
from amends.mailroom.sending import HELD_LONGER

if TYPE_CHECKING:
    from collections.abc import Sequence

ADDRESS = re.compile(r"[^\s<>,;:\"()\[\]\\@\x00-\x1f\x7f]{1,64}@[^\s<>,;:\"()\[\]\\@/]{1,253}")
SELF_TEST = "self_test"  # the one kind of letter that goes to ourselves


class Named(NamedTuple):
    """Somebody who is to get a copy, openly."""

    name: str
    address: str


def write(
    *,
    thread: str,
    kind: str,
    recipient: str,
    recipient_name: str = "",
    subject: str,
    text: str,
    html: str = "",
    sender_name: str,
    by_name: str = "",
    automatic: bool = False,
    hold_seconds: int = 0,
    urgent: bool = True,
    words: str = "",
    quoted: str = "",
    copies: Sequence[Named] = (),
    undo_seconds: int = 0,
    send_at: datetime | None = None,
    sender: str = "",
    about: str = "",
    held: str = "",
    failed: str = "",
    reply_to: str = "",
) -> Letter:
    """A letter as a row in the caller's transaction; it goes out after the commit.

    `hold_seconds` keeps it back for a while, `undo_seconds` a little longer than that for whoever
    wants it back, `send_at` until an hour comes; `urgent` puts it before staff notices. A letter
    that can go nowhere is written all the same, as failed, for somebody to see.
    """
    at = now()
    trouble = cannot_go_to(recipient.strip(), kind=kind) or failed
    waits = hold_seconds or (undo_seconds + HELD_LONGER if undo_seconds else 0)
    letter = Letter(
        **in_thread(thread),
        direction=Direction.OUT,
        channel="email",
        kind=kind,
        about=about,
        sender=sender or desk_address(),
        sender_name=sender_name[:200],
        recipient=recipient.strip()[:320],
        recipient_name=recipient_name[:200],
        subject=subject,
        text=text,
        fresh=text,
        html=html,
        words=words,
        quoted=quoted,
        made_at=at,
        by_name=by_name[:200],
        automatic=automatic,
        state=_first_state(held=held, failed=trouble, send_at=send_at),
        priority=Priority.CUSTOMER if urgent else Priority.STAFF,
        next_try_at=at,
        hold_until=at + timedelta(seconds=waits) if waits else None,
        undo_until=at + timedelta(seconds=undo_seconds) if undo_seconds else None,
        send_at=send_at,
        trouble=held or trouble,
    )
    letter.message_id = message_id_for(letter)
    letter.reply_to = reply_to or letter.reply_to
    add(letter)
    _copy(letter, copies)
    return letter


def _first_state(*, held: str, failed: str, send_at: datetime | None) -> State:
    if held:
        return State.HELD
    if failed:
        return State.FAILED
    return State.SCHEDULED if send_at else State.QUEUED


def cannot_go_to(recipient: str, *, kind: str = "") -> str:
    if not recipient:
        return "There is no address to send it to."
    if not ADDRESS.fullmatch(recipient):
        return "This is not an address that mail can be sent to."
    if is_ours(recipient) and kind != SELF_TEST:
        return "This is our own address."
    return ""


def _copy(letter: Letter, copies: Sequence[Named]) -> None:
    """Everybody once, never ourselves, never whoever it is addressed to already."""
    seen = {letter.recipient.lower()}
    for name, address in copies:
        if address.lower() not in seen and not cannot_go_to(address):
            seen.add(address.lower())
            Copy.objects.create(letter=letter, name=name[:200], address=address)
