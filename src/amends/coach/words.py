"""Splits a text into words and sentences, keeping where each stood."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from amends.coach.phrases import Sought

# Words, signs and ends of lines. The first line is the third one for most words, found faster.
WORD = re.compile(
    r"[a-z]+(?![.+-]{0,64}[\w@]|['’`´]\w|://)"
    r"|https?://\S{1,300}|[\w.+-]{1,64}@[\w-]{1,64}\.\w{2,12}"  # addresses are one word
    r"|\d[\d.,:]*\d(?:st|nd|rd|th|am|pm|h|k|gb|mb|kg|%)?|\d+(?:st|nd|rd|th|am|pm|h|k|gb|mb|kg)?"
    r"|[^\W\d_]+(?:['’`´][^\W\d_]+)*"
    r"|[^\w\s]|_|\n",
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
    lead: str
    first: bool
    sentence: int
    keys: frozenset[str]
    lemma: str
    phrases: tuple["Sought", ...]  # those looked up by this word


class Part(NamedTuple):
    """One word of a piece of text: where in it, as written, as it is looked up."""

    begin: int
    end: int
    text: str
    low: str


class Known(NamedTuple):
    """What a language knows of a part: `keys` and `phrases` where it begins a sentence, `inner` and
    `inside` within one, where a capital is a name."""

    part: Part
    lemma: str
    keys: frozenset[str]
    phrases: tuple["Sought", ...]
    inner: frozenset[str]
    inside: tuple["Sought", ...]


def plain(text: str) -> str:
    """Lower case, without accents, with straight apostrophes: `¿Señor?` becomes `¿senor?`."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKD", text.translate(ALIKE))
    return ACCENTS.sub("", folded).lower()


def tokens(text: str, *, known: Callable[[str], tuple[Known, ...]]) -> list[Token]:
    """Words of `text` with their sentences; `known` takes a piece of text apart, a sign to nothing."""
    walk = Walk(text)
    for match in WORD.finditer(text):
        piece = match.group()
        words = known(piece)
        if words:
            walk.say(words, match.start())
        else:
            walk.mark(piece, match.start())
    return walk.found


def apart(piece: str, *, split: dict[str, tuple[str, ...]], tails: bool) -> tuple[Part, ...]:
    """`didn't` is two words, `did` and `not`, both pointing at the one in the text; a sign is none.

    `split` takes contractions apart, `tails` also those with an apostrophe."""
    if not (piece[0].isalnum() or "@" in piece):
        return ()
    low = plain(piece)
    end = len(piece)
    if not low.isalnum():
        low = low.replace("`", "'").replace("´", "'")
    if low in split:
        return tuple(Part(0, end, piece, part) for part in split[low])
    if not tails or "'" not in low:
        return (Part(0, end, piece, low),)
    if low.endswith("n't"):
        return (Part(0, end, piece, low[:-3]), Part(0, end, piece, "not"))
    head, tail = low.rsplit("'", 1)
    middle = len(head)
    return (
        Part(0, middle, piece[:middle], head),
        Part(middle, end, piece[middle:], "'" + tail),
    )


class Walk:
    """Walks along the text and knows where one sentence ends and the next begins."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Token] = []
        self.sentence = -1
        self.fresh = True
        self.lead = ""
        self.end = 0
        self.last = ""
        self.count = 0

    def say(self, words: tuple[Known, ...], at: int) -> None:
        for part, lemma, keys, phrases, inner, inside in words:
            begin, end, text, low = part
            first = self.fresh or self.count >= LONGEST_SENTENCE
            if first:
                self.sentence += 1
                self.count = 0
                self.fresh = False
            else:
                keys, phrases = inner, inside
            one = Token(
                at + begin,
                at + end,
                text,
                low,
                self.lead,
                first,
                self.sentence,
                keys,
                lemma,
                phrases,
            )
            self.found.append(one)
            self.lead = ""
            self.count += 1
        self.last = low
        self.end = at + end

    def mark(self, sign: str, at: int) -> None:
        if sign == "\n":
            self.fresh = True
            return
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
