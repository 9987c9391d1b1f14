"""The outbox: letters are rows first, and go out once; what may have arrived is never sent again."""

from __future__ import annotations

import random
import re
from datetime import datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple

from amends.kit.claims import claim
from amends.kit.clock import now
from amends.kit.errors import Impossible
from amends.kit.ready import add, ready
from amends.mailroom.addresses import (
    address_for,
    desk_address,
    is_ours,
    mark_of,
    message_id_for,
)
from amends.mailroom.composing import compose
from amends.mailroom.letter import Copy, Direction, Letter, Priority, State
from amends.mailroom.road import SECOND, Road, configured, may_send_another_way, ways_out
from amends.mailroom.route import (
    SES,
    NotNow,
    Receipt,
    Refused,
    ServerAway,
    Silence,
    route_to,
)
from amends.mailroom.sending import HELD_LONGER

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from amends.mailroom.composing import Envelope
    from amends.mailroom.letter import LetterQuerySet
    from amends.mailroom.route import MailServer, Route

ADDRESS = re.compile(r"[^\s<>,;:\"()\[\]\\@\x00-\x1f\x7f]{1,64}@[^\s<>,;:\"()\[\]\\@/]{1,253}")
WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60)] + [timedelta(hours=4)] * 24
LONGEST = timedelta(days=5)  # after that a person decides whether it is still worth sending
NOT_BEGUN = timedelta(minutes=2)  # a claim older than this, with nothing given away, is let go
FORGOTTEN = timedelta(minutes=10)  # a claim older than this belongs to nobody alive
A_STRETCH = 5.0  # seconds
REMEMBERED = 10  # letters of the thread that References names
MOST_REFERENCES = 30
NOT_GONE = (State.CANCELLED, State.SCHEDULED, State.HELD)
SELF_TEST = "self_test"  # the one kind of letter that goes to ourselves


class NotThere(Impossible):
    """The letter is not in a state in which this can be said of it."""

    code = "letter-moved-on"


class NoOtherWay(Impossible):
    code = "no-other-way"


class Unsendable(Exception):
    """No message can be made of it, or it could go nowhere."""


class LostClaim(Exception):
    """Somebody took us for dead and has the letter now; we must not send it."""


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
    trouble = _cannot_go_to(recipient.strip(), kind=kind) or failed
    waits = hold_seconds or (undo_seconds + HELD_LONGER if undo_seconds else 0)
    letter = Letter(
        **_in_thread(thread),
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


def send_due(at: datetime | None = None, limit: int = 50) -> int:
    """Hand over what is due, over one connection for each way out; how many letters left for good.

    Without a mail server set up letters wait. Only one of several workers wins each letter.
    """
    at = at or now()
    give_up_waiting(at)
    letters = list(Letter.objects.due(at)[:limit])
    ways = ways_out(at) if letters else {}
    return sum(
        _send_by(name, server, [letter for letter in letters if _takes(name, letter, ways)])
        for name, server in ways.items()
    )


def keep_sending(limit: int = 50) -> int:
    """Handful after handful, while any leaves and for a stretch: a thousand waiting letters need not
    wait a second for each handful. Then the worker shows a sign of life."""
    until, gone = monotonic() + A_STRETCH, 0
    while (left := send_due(limit=limit)) and monotonic() < until:
        gone += left
    return gone + left


def knock() -> None:
    """Whether a way out that was away is back, also when there is no letter to find it out with."""
    at = now()
    for road in Road.objects.exclude(trouble=""):
        server = configured().get(road.name)
        if server is not None and not road.rests_at(at):
            _try(road.name, server, at=at)


def _try(name: str, server: MailServer, *, at: datetime) -> None:
    route = route_to(server)
    try:
        route.ready()
        Road.is_well(name)
    except ServerAway as away:
        Road.rest(name, away, at=at)
    finally:
        route.close()


def give_up_waiting(at: datetime) -> int:
    """Letters whose sender died. Nothing was given away yet: it goes again, and if that sender lives
    after all it finds its claim lost. Else it may have arrived, and a person must say."""
    lost = Letter.objects.filter(state=State.SENDING, claimed_at__lt=at - NOT_BEGUN)
    if not lost.exists():
        return 0
    again = lost.filter(began_at=None).update(
        state=State.QUEUED, trouble="We stopped before it was handed over."
    )
    unsure = lost.filter(claimed_at__lt=at - FORGOTTEN).exclude(began_at=None)
    return again + unsure.update(
        state=State.UNCERTAIN, trouble="We stopped while handing it over. It may have arrived."
    )


def retry(letter: Letter, by_name: str) -> None:
    """Somebody wants it sent again, knowing that it may arrive twice."""
    _again(letter, f"{by_name} asked to send it again.")


def retry_another_way(letter: Letter, by_name: str) -> None:
    """The same, by the second way out."""
    if not may_send_another_way():
        raise NoOtherWay("There is no second way out that the owner allows.")
    _again(letter, f"{by_name} asked to send it another way.", road=SECOND)


def it_arrived(letter: Letter, by_name: str) -> None:
    """Somebody knows that it did arrive."""
    at = now()
    _settle(
        letter,
        state=State.HANDED_OVER,
        handed_over_at=letter.handed_over_at or at,
        trouble=f"{by_name} said that it did arrive."[:2_000],
    )
    letter.also_to.filter(handed_over_at=None).update(handed_over_at=at, trouble="")


def cancel(letter: Letter, why: str) -> None:
    """It will not go. The words are kept; `why` says who or what stopped it."""
    still = [State.QUEUED, State.SCHEDULED, State.UNCERTAIN, State.FAILED, State.CAME_BACK]
    open_ones = Letter.objects.filter(pk=letter.pk, direction=Direction.OUT, state__in=still)
    if not claim(open_ones, state=State.CANCELLED, trouble=why[:2_000], reported_at=now()):
        raise NotThere("It is too late for that: this letter has moved on.")
    letter.refresh_from_db()


def take_back(letter: Letter, why: str, *, at: datetime) -> None:
    """An undo: only while it is certain that nobody has begun to send it."""
    held = Letter.objects.filter(pk=letter.pk, state=State.QUEUED, undo_until__isnull=False)
    if not claim(held.filter(hold_until__gt=at), state=State.CANCELLED, trouble=why[:2_000]):
        raise NotThere("It has gone out already and cannot be called back.")
    letter.refresh_from_db()


def let_go(letter: Letter, *, at: datetime) -> bool:
    """The hour of a scheduled letter has come; False when somebody was quicker."""
    waiting = Letter.objects.filter(pk=letter.pk, state=State.SCHEDULED)
    return claim(waiting, state=State.QUEUED, next_try_at=at, made_at=at)


def _takes(name: str, letter: Letter, ways: dict[str, MailServer]) -> bool:
    """By the way a person chose for it, else by the first that may be used now."""
    chosen = letter.road if letter.road == SECOND else ""
    return name == chosen or (not chosen and name == next(iter(ways)))


def _send_by(name: str, server: MailServer, letters: Sequence[Letter]) -> int:
    if not letters:
        return 0
    route, gone = route_to(server), 0
    try:
        for letter in letters:
            route.ready()
            gone += _claim(letter) and _hand_over(route, letter, name=name, host=server.host)
    except ServerAway as away:
        Road.rest(name, away, at=now())
    else:
        Road.is_well(name)
    finally:
        route.close()
    return gone


def _claim(letter: Letter) -> bool:
    claimed_at = now()
    waiting = Letter.objects.filter(pk=letter.pk, state=State.QUEUED, tries=letter.tries)
    changes = {"claimed_at": claimed_at, "began_at": None, "tries": letter.tries + 1}
    if not claim(waiting, state=State.SENDING, **changes):
        return False
    letter.claimed_at, letter.tries = claimed_at, letter.tries + 1
    return True


def _hand_over(route: Route, letter: Letter, *, name: str, host: str) -> bool:
    try:
        envelope = _envelope(letter, renames=SES.fullmatch(host) is not None)
        receipt = route.hand_over(envelope, lambda: _begin(letter))
    except Unsendable as trouble:
        return _finish(letter, state=State.FAILED, trouble=str(trouble))
    except LostClaim:
        return False
    except Refused as no:
        return _finish(letter, state=State.FAILED, trouble=f"The mail server said no: {no}")
    except NotNow as not_now:
        _put_back(letter, not_now)
        if isinstance(not_now, ServerAway):
            raise
        return False
    except Silence as silence:
        words = f"The mail server did not answer: {silence}. It may have arrived."
        return _finish(letter, state=State.UNCERTAIN, trouble=words, road=name)
    return _note(letter, receipt, alone=len(envelope.recipients) == 1, road=name)


def _envelope(letter: Letter, *, renames: bool) -> Envelope:
    """To whoever has it not yet; the headers name everybody it is meant for."""
    if trouble := _cannot_go_to(letter.recipient, kind=letter.kind):
        raise Unsendable(trouble)
    copies = list(letter.also_to.all())
    to = [copy.address for copy in copies if copy.handed_over_at is None]
    if letter.handed_over_at is None:
        to.insert(0, letter.recipient)
    try:
        return compose(letter, copies=copies, to=to, renames=renames)
    except Exception as wrong:  # whatever it is, the next letter must go
        raise Unsendable(f"It could not be written: {wrong}") from wrong


def _begin(letter: Letter) -> None:
    """Written down before the letter is given away, so that nobody has to guess after a crash."""
    mine = Letter.objects.filter(pk=letter.pk, state=State.SENDING, claimed_at=letter.claimed_at)
    if not claim(mine.filter(began_at=None), began_at=now()):
        raise LostClaim


def _note(letter: Letter, receipt: Receipt, *, alone: bool, road: str) -> bool:
    """What became of it; where it went to several, for each of them alone."""
    at = now()
    changes: dict[str, Any] = {
        "road": road,
        "taken_as": receipt.taken_as.replace("\0", "")[:300],
        "provider_id": receipt.provider_id[:255],
    }
    nos = receipt.refused | receipt.later
    if letter.handed_over_at is None and letter.recipient not in nos:
        changes["handed_over_at"] = at
    if not alone or letter.handed_over_at is not None:
        _note_copies(letter, nos, at=at)
    if receipt.later:
        return _put_back(letter, NotNow(_each(receipt.later)), **changes)
    if receipt.refused:
        trouble = f"Not for everybody. The mail server said no to {_each(receipt.refused)}"
        return _finish(letter, state=State.FAILED, trouble=trouble, **changes)
    changes.setdefault("handed_over_at", letter.handed_over_at)
    return _finish(letter, state=State.HANDED_OVER, trouble="", **changes)


def _note_copies(letter: Letter, nos: dict[str, str], *, at: datetime) -> None:
    waiting = letter.also_to.filter(handed_over_at=None)
    waiting.exclude(address__in=nos).update(handed_over_at=at, trouble="")
    for address, words in nos.items():
        waiting.filter(address=address).update(trouble=words[:2_000])


def _each(said: dict[str, str]) -> str:
    return "; ".join(f"{address}: {words}" for address, words in said.items())


def _put_back(letter: Letter, why: NotNow, **changes: object) -> bool:
    at = now()
    trouble = f"Not yet: {why}"
    since = max(filter(None, [letter.made_at, letter.hold_until, letter.send_at]))
    if letter.tries > len(WAITS) or at - since > LONGEST:
        return _finish(letter, state=State.FAILED, trouble=trouble, **changes)
    wait = WAITS[letter.tries - 1] * random.uniform(0.9, 1.1)  # noqa: S311 - not all at once
    return _finish(
        letter, state=State.QUEUED, next_try_at=at + wait, trouble=trouble, began_at=None, **changes
    )


def _finish(letter: Letter, *, state: State, trouble: str, **changes: object) -> bool:
    """Write down the outcome, also when the claim was given up meanwhile; True when it has gone."""
    mine = Letter.objects.filter(
        pk=letter.pk, claimed_at=letter.claimed_at, state__in=[State.SENDING, State.UNCERTAIN]
    )
    noted = claim(mine, state=state, trouble=trouble.replace("\0", "")[:2_000], **changes)
    return noted and state == State.HANDED_OVER


def _again(letter: Letter, trouble: str, *, road: str = "") -> None:
    _settle(
        letter,
        state=State.QUEUED,
        tries=0,
        next_try_at=now(),
        reported_at=None,
        road=road,
        trouble=trouble[:2_000],
    )


def _settle(letter: Letter, **changes: object) -> None:
    open_ones = Letter.objects.needing_a_look().filter(pk=letter.pk, direction=Direction.OUT)
    if not claim(open_ones, **changes):
        raise NotThere("This letter has moved on. Please look again.")
    letter.refresh_from_db()


def _copy(letter: Letter, copies: Sequence[Named]) -> None:
    """Everybody once, never ourselves, never whoever it is addressed to already."""
    seen = {letter.recipient.lower()}
    for name, address in copies:
        if address.lower() not in seen and not _cannot_go_to(address):
            seen.add(address.lower())
            Copy.objects.create(letter=letter, name=name[:200], address=address)


def _cannot_go_to(recipient: str, *, kind: str = "") -> str:
    if not recipient:
        return "There is no address to send it to."
    if not ADDRESS.fullmatch(recipient):
        return "This is not an address that mail can be sent to."
    if is_ours(recipient) and kind != SELF_TEST:
        return "This is our own address."
    return ""


def _in_thread(thread: str) -> dict[str, Any]:
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
