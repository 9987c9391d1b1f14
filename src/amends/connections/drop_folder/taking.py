"""The worker's round over the drop folder: a file is taken in whole, or kept aside with the reasons."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import structlog
from django.conf import settings

from amends.connections.drop_folder import folder as files
from amends.connections.drop_folder.dropped import Dropped
from amends.connections.drop_folder.folder import DONE, REJECTED, Watch
from amends.kit.clock import now
from amends.kit.errors import Impossible
from amends.people.place import Place
from amends.recovery import journey

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

log = structlog.get_logger(__name__)
STEPS: dict[str, Callable[..., object]] = {"orders": journey.order, "visits": journey.visit}
NAMELESS = (
    "Its name does not say what it is about. Begin it with customers, orders, bookings, visits "
    "or ratings, like bookings-2026-06-05.csv."
)
TRIES = 5
FAILED = "It failed five times for no reason that we know. The log of the worker says more."
_watch: Watch | None = None
_failed: Counter[str] = Counter()


class NotTaken(Exception):
    """The whole file is kept aside; the message is fit to be shown."""


class Taken(NamedTuple):
    new: int
    changed: int
    same: int
    refused: int


def look() -> int:
    """One round of the worker: how many files were dealt with."""
    if settings.AMENDS_DROP_FOLDER is None:
        return 0
    folder, at = settings.AMENDS_DROP_FOLDER, now()
    files.prepare(folder)
    for lying in _watching(folder).finished(at=at):
        files.take(lying, folder=folder, at=at)
    dealt = sum(_try(path, folder=folder) for path in files.left_working(folder))
    files.forget_old(folder, at=at)
    return dealt


def _watching(folder: Path) -> Watch:
    """Kept between rounds: one thread of the worker has it for itself."""
    global _watch
    if _watch is None or _watch.folder != folder:
        _watch = Watch(folder)
    return _watch


def _try(path: Path, *, folder: Path) -> bool:
    """A full disk or a busy database passes; what fails again and again is the file's own doing. One
    holds up no other."""
    try:
        return _deal_with(path, folder=folder)
    except Exception:
        log.exception("a dropped file could not be taken in", file=path.name)
        _failed[path.name] += 1
        if _failed[path.name] < TRIES:
            return False
    place, name = files.told_by(path)
    told = {"name": name[:255], "place": place, "kind": files.kind_of(name)}
    _put_aside(path, FAILED, folder=folder, told=told, at=now())
    return True


def _deal_with(path: Path, *, folder: Path) -> bool:
    """What somebody died over is taken in again: each row is known by what it says, and counts once."""
    with files.held(path) as mine:
        if not mine:
            return False
        place, name = files.told_by(path)
        before = files.written(path)
        told: dict[str, Any] = {"name": name[:255], "place": place, "kind": files.kind_of(name)}
        try:
            taken = _take_in(path, place=place, kind=told["kind"], folder=folder)
        except NotTaken as no:
            _put_aside(path, str(no), folder=folder, told=told, at=now())
        else:
            if files.written(path) != before:
                return False  # somebody wrote on: all of it again at the next look
            kept = files.keep(path, DONE, folder=folder)
            Dropped.note(**told, **taken._asdict(), at=now(), kept_as=f"{DONE}/{kept.name}")
    return True


def _put_aside(path: Path, why: str, *, folder: Path, told: dict[str, Any], at: datetime) -> None:
    log.warning("a dropped file was not taken in", file=told["name"], why=why)
    kept = files.keep(path, REJECTED, folder=folder)
    kept.with_name(f"{kept.name}.why.txt").write_text(f"{why}\n", encoding="utf-8")
    Dropped.note(**told, at=at, trouble=why[:400], kept_as=f"{REJECTED}/{kept.name}")


def _take_in(path: Path, *, place: str, kind: str, folder: Path) -> Taken:
    if not kind:
        raise NotTaken(NAMELESS)
    if path.stat().st_size > files.LARGEST:
        raise NotTaken("It is larger than 4 GB: bring it in with amends import.")
    # Imported here: wanted only where files are dropped.
    from amends.kit.tables import Unreadable

    try:
        at = Place.called(place) if place else None
        return _bring_in(path, place=at, kind=kind, folder=folder)
    except Impossible as no:
        raise NotTaken(no.message) from no
    except Unreadable as no:
        raise NotTaken(str(no)) from no


def _bring_in(path: Path, *, place: Place | None, kind: str, folder: Path) -> Taken:
    """As `amends import` does it; what happens now goes through the journey and wakes promises."""
    from amends.customers.importing.bringing_in import bring_in, plan, write_refused
    from amends.customers.importing.columns import Kind
    from amends.kit.tables import opened
    from amends.recovery.journey.awaiting import awaited

    step = STEPS.get(kind)
    with opened(path) as table:
        made = plan(table, Kind(kind), place=place)
        happened = bring_in(made, live=step, awaited=awaited() if step else None)
        if happened.left_out:
            aside = folder / REJECTED / f"{path.name.replace('@', '_')}.rejects.csv"
            write_refused(made, aside)
    return Taken(happened.new, happened.changed, happened.same, happened.left_out)
