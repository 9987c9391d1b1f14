"""The drop folder: who puts a file into it has said everything. What is still being written is waited
for, what is being taken in belongs to one worker, and nothing is lost on the way."""

from __future__ import annotations

import fcntl
import os
import re
import stat
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

WORKING, DONE, REJECTED = "working", "done", "rejected"
OURS = frozenset({WORKING, DONE, REJECTED})
SETTLED = timedelta(seconds=20)  # nothing was written to it for so long
KEPT = timedelta(days=30)
LARGEST = 4 * 1024**3
UNFINISHED = (".part", ".partial", ".tmp", ".filepart", ".crdownload", ".swp", "~")
KINDS = {
    "customers": "customers",
    "guests": "customers",
    "orders": "orders",
    "visits": "visits",
    "bookings": "visits",
    "reservations": "visits",
    "ratings": "ratings",
}
NAME = re.compile(rf"({'|'.join(KINDS)})(?![a-z])", re.IGNORECASE)


@dataclass(frozen=True)
class Lying:
    """A file in the folder, and the place in whose folder it lies, if in one's."""

    path: Path
    place: str
    size: int
    written: float


@dataclass
class Watch:
    """What was seen at the last look: a file that is as it was then is not being written to."""

    folder: Path
    seen: dict[Path, tuple[int, float]] = field(default_factory=dict)

    def finished(self, *, at: datetime) -> list[Lying]:
        lying = list(_lying(self.folder))
        before, self.seen = self.seen, {one.path: (one.size, one.written) for one in lying}
        rested = at.timestamp() - SETTLED.total_seconds()
        return [
            one
            for one in lying
            if before.get(one.path) == (one.size, one.written) and one.written <= rested
        ]


def kind_of(name: str) -> str:
    """«bookings-2026-06-05.csv» is about visits; empty when the name says nothing."""
    found = NAME.match(name)
    return KINDS[found[1].lower()] if found else ""


def prepare(folder: Path) -> None:
    """Readable by us alone: they are about customers."""
    for name in sorted(OURS):
        (folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)


def take(lying: Lying, *, folder: Path, at: datetime) -> Path | None:
    """Into our own hands, under a name of its own; None when somebody was quicker."""
    stamp = f"{at:%Y%m%d-%H%M%S-%f}"
    to = folder / WORKING / f"{stamp}@{lying.place}@{lying.path.name}"
    try:
        os.rename(lying.path, to)
    except OSError:
        return None
    return to


def left_working(folder: Path) -> list[Path]:
    """What somebody took and may have died over."""
    return sorted(path for path in (folder / WORKING).iterdir() if path.is_file())


@contextmanager
def held(path: Path) -> Iterator[bool]:
    """While the block lasts it is ours, and of nobody else; gone with us if we die."""
    try:
        file = path.open("rb")
    except OSError:
        yield False
        return
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield path.exists()


def written(path: Path) -> tuple[int, int]:
    told = path.stat()
    return told.st_size, told.st_mtime_ns


def told_by(path: Path) -> tuple[str, str]:
    """The place and the name it had, from its name in our hands."""
    _, place, name = path.name.split("@", 2)
    return place, name


def keep(path: Path, where: str, *, folder: Path) -> Path:
    to = folder / where / path.name.replace("@", "_")
    os.replace(path, to)
    return to


def forget_old(folder: Path, *, at: datetime) -> None:
    """What was taken in lies there for a month; what was refused until somebody has looked."""
    with suppress(FileNotFoundError):
        for path in (folder / DONE).iterdir():
            if path.is_file() and path.stat().st_mtime < (at - KEPT).timestamp():
                path.unlink(missing_ok=True)


def _lying(folder: Path) -> Iterator[Lying]:
    """In the folder itself, and in a folder of each place; links and pipes are passed over."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda one: one.name):
            if entry.name in OURS or _is_unfinished(entry.name):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _of_place(Path(entry.path))
            else:
                yield from _one(entry, place="")


def _of_place(folder: Path) -> Iterator[Lying]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda one: one.name):
            if not _is_unfinished(entry.name):
                yield from _one(entry, place=folder.name)


def _one(entry: os.DirEntry[str], *, place: str) -> Iterator[Lying]:
    with suppress(FileNotFoundError):
        told = entry.stat(follow_symlinks=False)
        if stat.S_ISREG(told.st_mode):
            yield Lying(Path(entry.path), place, told.st_size, told.st_mtime)


def _is_unfinished(name: str) -> bool:
    return name.startswith((".", "~")) or name.lower().endswith(UNFINISHED)
