"""The thread that a message belongs to, asked as the intake asks it."""

from collections.abc import Iterable

from amends.mailroom.matching import Match, Matching
from amends.mailroom.parsing import Parsed


def find_thread(parsed: Parsed, recipients: Iterable[str]) -> Match | None:
    return next(Matching(parsed, recipients).threads(), None)
