"""What an answer may quote: the words of the latest letters of its conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from amends.kit.ready import ready
from amends.mailroom.letter import Direction, Letter
from amends.mailroom.plain import from_html

if TYPE_CHECKING:
    from collections.abc import Iterable

    from amends.mailroom.letter import LetterQuerySet

MOST = 20  # letters


class Quotable(NamedTuple):
    """Our words, also as they looked, and their own."""

    ours: list[str]
    theirs: list[str]


def said_in(threads: Iterable[str]) -> Quotable:
    """The words of the latest letters of these threads, the oldest first."""
    said = Quotable([], [])
    for one in reversed(_latest_in(tuple(set(threads)))):
        if one.direction == Direction.OUT:
            said.ours.extend([one.quoted, from_html(one.html), one.text])
        else:
            said.theirs.append(one.text)
    return said


@ready
def _latest_in(threads: tuple[str, ...]) -> LetterQuerySet:
    letters = Letter.objects.filter(thread__in=threads).order_by("-pk")
    return letters.only("direction", "text", "html", "quoted")[:MOST]
