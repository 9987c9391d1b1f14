"""How a story is told: when it happened, and the steps that nearly every one of them has."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from amends.kit.clock import lived_at, now
from amends.recovery import journey
from amends.recovery.offer import LineGiven
from amends.remedies.remedy import Remedy

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from amends.recovery.recovery import Recovery


def ago(*, days: int = 0, hours: int = 0, minutes: int = 0) -> AbstractContextManager[None]:
    return lived_at(now() - timedelta(days=days, hours=hours, minutes=minutes))


def line(name: str, words: str = "", value: int | None = None) -> LineGiven:
    remedy = Remedy.objects.get(name=name)
    return LineGiven(remedy, words=words, value=None if value is None else Decimal(value))


def understood(recovery: Recovery, words: str, *, hurt_most: str = "") -> None:
    assert recovery.owner is not None
    journey.listen(recovery, by=recovery.owner)
    said = journey.restate(recovery, words=words, by=recovery.owner, hurt_most=hurt_most)
    journey.confirm(said)


def sorry(recovery: Recovery, words: str, **how: Any) -> None:
    assert recovery.owner is not None
    journey.apologise(recovery, words=words, by=recovery.owner, **how)


def keep_all(recovery: Recovery) -> None:
    for promise in recovery.promises.open():
        journey.keep(promise, by=promise.owner)
