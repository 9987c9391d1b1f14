"""What was said before in a thread, and whether lines of a new letter say only that again.

Words are compared in rows of four, without regard to line breaks, quotation marks, signs and capital
letters, since every mail programme wraps and marks a quotation in its own way. One pass each.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROW = 4
LONGEST = 300_000  # characters of a thread that are looked at, the last ones
ADDRESS = re.compile(r"(?:https?|mailto|cid|tel):[^\s<>\[\]()\"']{1,2000}|\[[^\[\]\s]{1,300}\]")
WORD = re.compile(
    r"[\u0e00-\u0e7f\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"  # written without blanks
    r"|[\u2190-\u21ff\u2600-\u27bf\U0001f000-\U0001faff]|[!?]{2,}"  # a sign may be the whole answer
    r"|[^\W_\u0e00-\u0e7f\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+"
)


def words(line: str) -> list[str]:
    """What is compared: no marks of quotes, no addresses of links, no signs."""
    if not line.isascii():
        line = unicodedata.normalize("NFKC", line)
    found = WORD.findall(ADDRESS.sub(" ", line).casefold())
    return found or line.strip("> \t|").split()


class Said:
    """The words of some letters, and of those that `also` holds."""

    def __init__(self, letters: Sequence[str], *, also: Said | None = None) -> None:
        self.rows: set[tuple[str, ...]] = set()
        self.also = also
        left = LONGEST
        for letter in reversed(letters):
            self._hear(letter[: max(left, 0)])
            left -= len(letter)

    def _hear(self, letter: str) -> None:
        row: list[str] = []
        for line in letter.split("\n"):
            row += words(line)
        self.rows.update(_rows(row))

    def repeats(self, lines: Sequence[list[str]]) -> list[bool]:
        """For each line whether every word of it was said before, in this order."""
        together = [word for line in lines for word in line]
        known = [False] * len(together)
        for at, row in enumerate(_rows(together)):
            if self.has_row(row):
                known[at : at + ROW] = [True] * ROW
        found, at = [], 0
        for line in lines:
            found.append(all(known[at : at + len(line)]))
            at += len(line)
        return found

    def has_row(self, row: tuple[str, ...]) -> bool:
        return row in self.rows or (self.also is not None and self.also.has_row(row))


def _rows(said: list[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(said[start:] for start in range(ROW)), strict=False)
