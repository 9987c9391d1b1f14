"""One mail that reached us twice, through two of our addresses: the second is kept beside the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amends.recovery.written_to import place_of

if TYPE_CHECKING:
    from amends.recovery.opened import Opened


def same_again(opened: Opened) -> bool:
    """False also when it was written to another place: they must know too, and the two are linked."""
    first = opened.same_again
    recovery = opened.recovery_of(first) if first else None
    if first is None or recovery is None or place_of(opened.post) != recovery.place:
        return False
    opened.file(first.thread, kind="copy", copy_of=first)
    return True
