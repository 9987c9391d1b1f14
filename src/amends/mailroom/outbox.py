"""The outbox: what is due goes out once; what may have arrived is never sent again."""

from __future__ import annotations

from datetime import datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING

from amends.kit.claims import claim
from amends.kit.clock import now
from amends.mailroom.composing import compose
from amends.mailroom.letter import Letter, State
from amends.mailroom.outcome import finish, note, put_back
from amends.mailroom.road import SECOND, Road, configured, ways_out
from amends.mailroom.route import SES, NotNow, Refused, ServerAway, Silence, route_to
from amends.mailroom.writing import cannot_go_to

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amends.mailroom.composing import Envelope
    from amends.mailroom.route import MailServer, Route

NOT_BEGUN = timedelta(minutes=2)  # a claim older than this, with nothing given away, is let go
FORGOTTEN = timedelta(minutes=10)  # a claim older than this belongs to nobody alive
A_STRETCH = 5.0  # seconds


class Unsendable(Exception):
    """No message can be made of it, or it could go nowhere."""


class LostClaim(Exception):
    """Somebody took us for dead and has the letter now; we must not send it."""


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
        return finish(letter, state=State.FAILED, trouble=str(trouble))
    except LostClaim:
        return False
    except Refused as no:
        return finish(letter, state=State.FAILED, trouble=f"The mail server said no: {no}")
    except NotNow as not_now:
        put_back(letter, not_now)
        if isinstance(not_now, ServerAway):
            raise
        return False
    except Silence as silence:
        words = f"The mail server did not answer: {silence}. It may have arrived."
        return finish(letter, state=State.UNCERTAIN, trouble=words, road=name)
    return note(letter, receipt, alone=len(envelope.recipients) == 1, road=name)


def _envelope(letter: Letter, *, renames: bool) -> Envelope:
    """To whoever has it not yet; the headers name everybody it is meant for."""
    if trouble := cannot_go_to(letter.recipient, kind=letter.kind):
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
