"""The watches an installation starts with, all switched off, and the verbs of their settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from amends.kit.clock import now
from amends.kit.errors import Impossible
from amends.recovery.apology import SHORTEST
from amends.signals.pace import Pace
from amends.signals.watch import Sees, Watch

if TYPE_CHECKING:
    from amends.people.person import Person

FIRST: list[dict[str, Any]] = [
    {"sees": Sees.LATE, "name": "It came two days late or more", "days": 1},
    {"sees": Sees.MISSING, "name": "It never came", "days": 3, "within": 60},
    {"sees": Sees.CANCELLED, "name": "It was cancelled"},
    {"sees": Sees.SHORT, "name": "It came incomplete"},
    {"sees": Sees.RATING, "name": "Few stars, and no words", "mark": 0.4},
    {"sees": Sees.REFUND, "name": "Paid back without a word", "within": 60},
    {"sees": Sees.QUIET, "name": "Gone quiet", "mark": 0.05, "alive_below": 0.3},
    {"sees": Sees.FALLING, "name": "Coming less and less", "mark": 0.5},
]


class OwnersOnly(Impossible):
    code = "not-allowed"


class NotComplete(Impossible):
    code = "not-complete"


def start_with() -> None:
    """Fill what is empty; what somebody has edited is left alone. Nothing looks before an owner has
    seen whom it would name."""
    if not Watch.objects.exists():
        Watch.objects.bulk_create(Watch(**told) for told in FIRST)


def keep(watch: Watch | None, *, by: Person, **entered: Any) -> Watch:
    """A watch as the owner wants it. What it sees is settled when it is made."""
    _owner(by)
    watch = watch or Watch()
    entered |= {"changed_at": now(), "changed_by": by}
    for name, value in entered.items():
        setattr(watch, name, value)
    if watch.remedy is not None and watch.remedy.is_money and _sum_of(watch) is None:
        raise NotComplete("How much? A remedy of money names the sum.")
    if watch.sorry.strip() and len(watch.sorry.strip()) < SHORTEST:
        raise NotComplete("Say in a sentence of your own what you are sorry for.")
    watch.save(update_fields=None if watch._state.adding else entered)
    return watch


def switch(watch: Watch, *, on: bool, by: Person) -> None:
    _owner(by)
    watch.is_on, watch.changed_at, watch.changed_by = on, now(), by
    watch.save(update_fields=["is_on", "changed_at", "changed_by"])


def set_pace(*, per_day: int, by: Person) -> Pace:
    _owner(by)
    pace = Pace.set()
    pace.per_day = per_day
    pace.save()
    return pace


def _sum_of(watch: Watch) -> Any:
    known = watch.remedy.value if watch.remedy else None
    return known if watch.value is None else watch.value


def _owner(by: Person) -> None:
    if not by.is_owner:
        raise OwnersOnly("Only an owner can change this.")
