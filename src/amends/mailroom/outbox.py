"""The outbox: letters are rows first, and go out once; what may have arrived is never sent again."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings

from amends.kit.claims import claim
from amends.kit.clock import now
from amends.kit.errors import Impossible
from amends.mailroom.addresses import (
    address_for,
    desk_address,
    is_ours,
    mark_of,
    message_id_for,
)
from amends.mailroom.composing import compose
from amends.mailroom.letter import Direction, Letter, Priority, State
from amends.mailroom.route import NotNow, Refused, ServerAway, Silence, route_to

if TYPE_CHECKING:
    from collections.abc import Iterable

    from amends.mailroom.route import Route

ADDRESS = re.compile(r"[^\s<>,;:\"()\[\]\\@\x00-\x1f\x7f]{1,64}@[^\s<>,;:\"()\[\]\\@/]{1,253}")
WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60)] + [timedelta(hours=4)] * 24
FORGOTTEN = timedelta(minutes=10)  # a claim older than this belongs to nobody alive
REMEMBERED = 10  # letters of the thread that References names


class NotThere(Impossible):
    """The letter is not in a state in which this can be said of it."""

    code = "letter-moved-on"


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
) -> Letter:
    """A letter as a row in the caller's transaction; it goes out after the commit.

    `hold_seconds` keeps it back for a while, `urgent` puts it before staff notices. A letter that
    can go nowhere is written all the same, as failed, for somebody to see.
    """
    at = now()
    trouble = _cannot_go_to(recipient.strip())
    letter = Letter(
        **_in_thread(thread),
        direction=Direction.OUT,
        channel="email",
        kind=kind,
        sender=desk_address(),
        sender_name=sender_name[:200],
        recipient=recipient.strip()[:320],
        recipient_name=recipient_name[:200],
        subject=subject,
        text=text,
        fresh=text,
        html=html,
        made_at=at,
        by_name=by_name[:200],
        automatic=automatic,
        state=State.FAILED if trouble else State.QUEUED,
        priority=Priority.CUSTOMER if urgent else Priority.STAFF,
        next_try_at=at,
        hold_until=at + timedelta(seconds=hold_seconds) if hold_seconds else None,
        trouble=trouble,
    )
    letter.message_id = message_id_for(letter)
    letter.save(force_insert=True)
    return letter


def send_due(at: datetime | None = None, limit: int = 50) -> int:
    """Hand over what is due, over one connection; how many letters left for good.

    Without a mail server set up letters wait. Only one of several workers wins each letter.
    """
    at = at or now()
    give_up_waiting(at)
    server = settings.AMENDS_MAIL_URL
    if server is None:
        return 0
    route = route_to(server)
    try:
        return _send(route, Letter.objects.due(at)[:limit])
    finally:
        route.close()


def give_up_waiting(at: datetime) -> int:
    """A letter whose sender died half-way may have arrived; a person must say."""
    return Letter.objects.filter(state=State.SENDING, claimed_at__lt=at - FORGOTTEN).update(
        state=State.UNCERTAIN, trouble="We stopped while handing it over. It may have arrived."
    )


def retry(letter: Letter, by_name: str) -> None:
    """Somebody wants it sent again, knowing that it may arrive twice."""
    _settle(
        letter,
        state=State.QUEUED,
        tries=0,
        next_try_at=now(),
        reported_at=None,
        trouble=f"{by_name} asked to send it again."[:2_000],
    )


def it_arrived(letter: Letter, by_name: str) -> None:
    """Somebody knows that it did arrive."""
    _settle(
        letter,
        state=State.HANDED_OVER,
        handed_over_at=now(),
        trouble=f"{by_name} said that it did arrive."[:2_000],
    )


def _send(route: Route, letters: Iterable[Letter]) -> int:
    gone = 0
    for letter in letters:
        claimed_at = now()
        waiting = Letter.objects.filter(pk=letter.pk, state=State.QUEUED, tries=letter.tries)
        if not claim(waiting, state=State.SENDING, claimed_at=claimed_at, tries=letter.tries + 1):
            continue
        letter.claimed_at, letter.tries = claimed_at, letter.tries + 1
        try:
            gone += _hand_over(route, letter)
        except ServerAway:
            break
    return gone


def _hand_over(route: Route, letter: Letter) -> bool:
    if trouble := _cannot_go_to(letter.recipient):
        return _finish(letter, state=State.FAILED, trouble=trouble)
    try:
        envelope = compose(letter)
    except Exception as trouble:
        return _finish(letter, state=State.FAILED, trouble=f"It could not be written: {trouble}")
    try:
        route.hand_over(envelope)
    except Refused as no:
        return _finish(letter, state=State.FAILED, trouble=f"The mail server said no: {no}")
    except NotNow as not_now:
        _put_back(letter, not_now)
        if isinstance(not_now, ServerAway):
            raise
        return False
    except Silence as silence:
        words = f"The mail server did not answer: {silence}. It may have arrived."
        return _finish(letter, state=State.UNCERTAIN, trouble=words)
    return _finish(letter, state=State.HANDED_OVER, handed_over_at=now(), trouble="")


def _put_back(letter: Letter, why: NotNow) -> bool:
    trouble = f"Not yet: {why}"
    if letter.tries > len(WAITS):
        return _finish(letter, state=State.FAILED, trouble=trouble)
    wait = WAITS[letter.tries - 1]
    return _finish(letter, state=State.QUEUED, next_try_at=now() + wait, trouble=trouble)


def _finish(letter: Letter, *, state: State, trouble: str, **changes: datetime) -> bool:
    """Write down the outcome, also when the claim was given up meanwhile; True when it has gone."""
    mine = Letter.objects.filter(
        pk=letter.pk, claimed_at=letter.claimed_at, state__in=[State.SENDING, State.UNCERTAIN]
    )
    noted = claim(mine, state=state, trouble=trouble.replace("\0", "")[:2_000], **changes)
    return noted and state == State.HANDED_OVER


def _settle(letter: Letter, **changes: object) -> None:
    open_ones = Letter.objects.needing_a_look().filter(pk=letter.pk, direction=Direction.OUT)
    if not claim(open_ones, **changes):
        raise NotThere("This letter has moved on. Please look again.")
    letter.refresh_from_db()


def _cannot_go_to(recipient: str) -> str:
    if not recipient:
        return "There is no address to send it to."
    if not ADDRESS.fullmatch(recipient):
        return "This is not an address that mail can be sent to."
    if is_ours(recipient):
        return "This is our own address."
    return ""


def _in_thread(thread: str) -> dict[str, Any]:
    """Where answers go, what the letter answers, and what came before it, oldest first."""
    if not thread:
        return {}
    before = Letter.objects.filter(thread=thread).exclude(message_id="").order_by("-made_at", "-pk")
    rows = list(before.values_list("message_id", "direction")[:REMEMBERED])
    heard = (message_id for message_id, direction in rows if direction == Direction.IN)
    return {
        "thread": thread,
        "reply_to": address_for(thread),
        "in_reply_to": next(heard, ""),
        "references": [mark_of(thread), *(message_id for message_id, _ in reversed(rows))],
    }
