"""What a person or a later hour decides of a letter: it goes again, it arrived, it does not go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amends.kit.claims import claim
from amends.kit.clock import now
from amends.kit.errors import Impossible
from amends.mailroom.letter import Direction, Letter, State
from amends.mailroom.road import SECOND, may_send_another_way

if TYPE_CHECKING:
    from datetime import datetime


class NotThere(Impossible):
    """The letter is not in a state in which this can be said of it."""

    code = "letter-moved-on"


class NoOtherWay(Impossible):
    code = "no-other-way"


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
