"""Splits a text into words and sentences, keeping where each stood."""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from amends.coach.phrases import Phrase

WORD = re.compile(
    r"https?://\S{1,300}|[\w.+-]{1,64}@[\w-]{1,64}\.\w{2,12}"  # addresses are one word
    r"|\d[\d.,:]*\d(?:st|nd|rd|th|am|pm|h|k|gb|mb|kg|%)?|\d+(?:st|nd|rd|th|am|pm|h|k|gb|mb|kg)?"
    r"|[^\W\d_]+(?:['’`´][^\W\d_]+)*"
    r"|[^\w\s]|_",
    re.IGNORECASE,
)
# Letters that no decomposition takes apart.
ALIKE = str.maketrans(
    {
        "’": "'",
        "ß": "ss",
        "ø": "o",
        "Ø": "O",
        "æ": "ae",
        "Æ": "Ae",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "ð": "d",
        "ı": "i",
        "œ": "oe",
    }
)
ACCENTS = re.compile(r"[\u0300-\u036f]")
STOPS = set(".!?…。！？")
BREAKS = {
    ",": ",",
    ";": ";",
    ":": ":",
    "-": "-",
    "–": "-",
    "—": "-",
    "(": "(",
    ")": ")",
    "…": ",",
    "/": "/",
}
NO_STOP_AFTER = set(
    "mr mrs ms mx dr prof st no nr sr sra srta mme mlle approx vs e.g i.e eg ie etc jr inc ltd dept"
    " ext tel str bzw ca z.b fr hr m d.h".split()
)
LONGEST_SENTENCE = 70  # words; a longer run is cut, so that time stays linear


@dataclass(slots=True, eq=False)
class Token:
    """One word: where it stood, how it is looked up, and which mark came just before it."""

    start: int
    end: int
    text: str
    low: str
    lead: str = ""
    first: bool = False
    sentence: int = 0
    keys: frozenset[str] = field(default_factory=frozenset)
    lemma: str = ""
    phrases: tuple["Phrase", ...] = ()  # those looked up by this word


def plain(text: str) -> str:
    """Lower case, without accents, with straight apostrophes: `¿Señor?` becomes `¿senor?`."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKD", text.translate(ALIKE))
    return ACCENTS.sub("", folded).lower()


def tokens(text: str, *, split: dict[str, tuple[str, ...]], tails: bool) -> list[Token]:
    """Words of `text` with their sentences; `split` takes contractions apart, `tails` also those
    with an apostrophe."""
    found: list[Token] = []
    state = Boundary(text)
    for match in WORD.finditer(text):
        start, end = match.span()
        piece = match.group()
        if not (piece[0].isalnum() or "@" in piece):
            state.mark(piece, at=start)
            continue
        state.gap(start)
        parts = apart(piece, start, split=split, tails=tails)
        for token in parts:
            state.place(token)
            found.append(token)
        state.after(parts[-1], end)
    return found


def apart(piece: str, start: int, *, split: dict[str, tuple[str, ...]], tails: bool) -> list[Token]:
    """`didn't` is two words, `did` and `not`, both pointing at the one in the text."""
    low = plain(piece)
    end = start + len(piece)
    if not low.isalnum():
        low = low.replace("`", "'").replace("´", "'")
    if low in split:
        return [Token(start, end, piece, part) for part in split[low]]
    if not tails or "'" not in low:
        return [Token(start, end, piece, low)]
    if low.endswith("n't"):
        return [Token(start, end, piece, low[:-3]), Token(start, end, piece, "not")]
    head, tail = low.rsplit("'", 1)
    middle = start + len(head)
    return [
        Token(start, middle, piece[: len(head)], head),
        Token(middle, end, piece[len(head) :], "'" + tail),
    ]


class Boundary:
    """Walks along the text and knows where one sentence ends and the next begins."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.sentence = -1
        self.fresh = True
        self.lead = ""
        self.end = 0
        self.last = ""
        self.count = 0

    def mark(self, sign: str, *, at: int) -> None:
        self.gap(at)
        if sign in STOPS and not self.within(sign, at):
            self.fresh = True
        elif sign in BREAKS and not (sign == "-" and self.joined(at)):
            self.lead += BREAKS[sign]
        elif ord(sign[0]) > 0x2190 and sign not in STOPS:
            self.fresh = True  # an emoji ends what was said
        self.end = at + 1

    def within(self, sign: str, at: int) -> bool:
        """A full stop inside `Mr. Bell` or `e.g.` ends nothing."""
        if sign != ".":
            return False
        after = self.text[at + 1 : at + 2]
        return self.last in NO_STOP_AFTER or (after.isalnum() and self.end == at)

    def joined(self, at: int) -> bool:
        around = self.text[max(at - 1, 0) : at + 2]
        return len(around) == 3 and around[0].isalnum() and around[2].isalnum()

    def gap(self, at: int) -> None:
        if "\n" in self.text[self.end : at]:
            self.fresh = True

    def place(self, token: Token) -> None:
        if self.fresh or self.count >= LONGEST_SENTENCE:
            self.sentence += 1
            self.count = 0
            token.first = True
            self.fresh = False
        token.sentence = self.sentence
        token.lead, self.lead = self.lead, ""
        self.count += 1

    def after(self, token: Token, end: int) -> None:
        self.last = token.low
        self.end = end
