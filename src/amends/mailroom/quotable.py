"""What an answer may quote: the words of the latest letters of its conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from amends.kit.ready import ready
from amends.mailroom.letter import Direction, Letter
from amends.mailroom.plain import from_html

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

MOST = 20  # letters


class Quotable(NamedTuple):
    """Our words, also as they looked, and their own; and what all of them were about."""

    ours: list[str]
    theirs: list[str]
    subjects: list[str]


def said_in(threads: Iterable[str]) -> Quotable:
    """The words of the latest letters of these threads, the oldest first."""
    said = Quotable([], [], [])
    for direction, subject, text, html, quoted in reversed(_latest_in(tuple(set(threads)))):
        said.subjects.append(subject)
        if direction == Direction.OUT:
            said.ours.extend([quoted, from_html(html), text])
        else:
            said.theirs.append(text)
    return said


def will_be_read(threads: Iterable[str]) -> None:
    """Asked for along with the next question."""
    _latest_in.ahead(tuple(set(threads)))


@ready
def _latest_in(threads: tuple[str, ...]) -> QuerySet[Letter, Any]:
    letters = Letter.objects.filter(thread__in=threads).order_by("-pk")
    return letters.values_list("direction", "subject", "text", "html", "quoted")[:MOST]
