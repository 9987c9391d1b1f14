"""What became of a letter that was handed to a mail server: gone, put back for later, or failed."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from amends.kit.claims import claim
from amends.kit.clock import now
from amends.mailroom.letter import Letter, State
from amends.mailroom.route import NotNow

if TYPE_CHECKING:
    from datetime import datetime

    from amends.mailroom.route import Receipt

WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60)] + [timedelta(hours=4)] * 24
LONGEST = timedelta(days=5)  # after that a person decides whether it is still worth sending


def note(letter: Letter, receipt: Receipt, *, alone: bool, road: str) -> bool:
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
        return put_back(letter, NotNow(_each(receipt.later)), **changes)
    if receipt.refused:
        trouble = f"Not for everybody. The mail server said no to {_each(receipt.refused)}"
        return finish(letter, state=State.FAILED, trouble=trouble, **changes)
    changes.setdefault("handed_over_at", letter.handed_over_at)
    return finish(letter, state=State.HANDED_OVER, trouble="", **changes)


def _note_copies(letter: Letter, nos: dict[str, str], *, at: datetime) -> None:
    waiting = letter.also_to.filter(handed_over_at=None)
    waiting.exclude(address__in=nos).update(handed_over_at=at, trouble="")
    for address, words in nos.items():
        waiting.filter(address=address).update(trouble=words[:2_000])


def _each(said: dict[str, str]) -> str:
    return "; ".join(f"{address}: {words}" for address, words in said.items())


def put_back(letter: Letter, why: NotNow, **changes: object) -> bool:
    """It goes again later, ever more slowly; after days of that it has failed."""
    at = now()
    trouble = f"Not yet: {why}"
    since = max(filter(None, [letter.made_at, letter.hold_until, letter.send_at]))
    if letter.tries > len(WAITS) or at - since > LONGEST:
        return finish(letter, state=State.FAILED, trouble=trouble, **changes)
    wait = WAITS[letter.tries - 1] * random.uniform(0.9, 1.1)  # noqa: S311 - not all at once
    return finish(
        letter, state=State.QUEUED, next_try_at=at + wait, trouble=trouble, began_at=None, **changes
    )


def finish(letter: Letter, *, state: State, trouble: str, **changes: object) -> bool:
    """Write down the outcome, also when the claim was given up meanwhile; True when it has gone."""
    mine = Letter.objects.filter(
        pk=letter.pk, claimed_at=letter.claimed_at, state__in=[State.SENDING, State.UNCERTAIN]
    )
    noted = claim(mine, state=state, trouble=trouble.replace("\0", "")[:2_000], **changes)
    return noted and state == State.HANDED_OVER
