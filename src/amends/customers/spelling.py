"""How names, addresses and numbers are spelt for looking them up, and how near two spellings are."""

from __future__ import annotations

import re
import unicodedata
from string import ascii_lowercase, digits
from typing import TYPE_CHECKING

from amends.customers.telephone import ways_to_type

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 40  # characters of a word
WORD = re.compile(r"[^\W_]+")
NUMBER = re.compile(r"\+?[\d\s()./-]*\d[\d\s()./-]*")
ALPHABETS = ("абвгдежзиклмнопрстуфхцчшщъыьэюя", "αβγδεζηθικλμνξοπρστυφχψω")
# Letters that are no letter with an accent, and what people type for them.
LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def folded(text: str) -> str:
    """In small letters and without accents: «Zoë Łukasz» is «zoe lukasz»."""
    if text.isascii():
        return text.lower()
    small = unicodedata.normalize("NFKC", text).casefold().translate(LETTERS)
    apart = unicodedata.normalize("NFKD", small)
    return "".join(c for c in apart if not unicodedata.combining(c)).replace("ı", "i")


def words_of(text: str) -> list[str]:
    return [word[:LONGEST] for word in WORD.findall(folded(text))]


def name_words(name: str) -> set[str]:
    """Also as one word what an apostrophe or hyphen parts, and umlauts the way they are typed."""
    found = set(words_of(name))
    for part in name.split():
        found.add("".join(words_of(part))[:LONGEST])
    if not name.isascii():
        typed = unicodedata.normalize("NFC", name.lower()).translate(UMLAUTS)
        found.update(words_of(typed))
    return found - {""}


def address_words(kind: str, key: str, value: str) -> set[str]:
    """An e-mail address by its parts, a number by the ways to type it, an id whole and in parts."""
    if kind == "phone":
        return ways_to_type(key) or set(words_of(value))
    if kind == "email":
        return set(words_of(value))
    return {*words_of(value), "".join(words_of(value))[:LONGEST]} - {""}


def findable(names: Iterable[str], addresses: Iterable[tuple[str, str, str]]) -> str:
    """The words by which a customer is found, from their names and their (kind, key, value)."""
    return spelt(names, addresses)[0]


def learnable(names: Iterable[str], addresses: Iterable[tuple[str, str, str]]) -> set[str]:
    """Of those words the ones that a slip may lead back to: a number in one way of typing only, so
    that a million customers do not make ten million words."""
    return spelt(names, addresses)[1]


def spelt(names: Iterable[str], addresses: Iterable[tuple[str, str, str]]) -> tuple[str, set[str]]:
    """Both at once: what is findable and what is learnable."""
    found: set[str] = set()
    for name in names:
        found |= name_words(name)
    learnt = set(found)
    for kind, key, value in addresses:
        words = address_words(kind, key, value)
        found |= words
        learnt |= words if kind == "email" else {_as_typed(sorted(words))}
    return " ".join(sorted({word[:LONGEST] for word in found})), learnt - {""}


def _as_typed(words: list[str]) -> str:
    """The number as it is dialled at home, or the whole of an id."""
    return next((w for w in words if w.startswith("0")), max(words, key=len, default=""))


def asked_words(typed: str) -> list[str]:
    """What somebody looks for. A number is one word, however it is spaced."""
    typed = typed.strip()
    if NUMBER.fullmatch(typed):
        digits = "".join(c for c in typed.replace("(0)", "") if c.isdigit())
        return [digits.removeprefix("00")] if digits.removeprefix("00") else []
    found = words_of(_told_apart(typed))
    longer = [word for word in found if len(word) > 1 or not word.isascii()]
    return list(dict.fromkeys(longer or found))


def _told_apart(typed: str) -> str:
    """Of an e-mail address what tells it from others: half the world is at «.com»."""
    local, at, domain = typed.rpartition("@")
    return f"{local} {domain.partition('.')[0]}" if at and words_of(local) else typed


def slips_of(word: str) -> set[str]:
    """Every spelling one slip of the finger away from this one: a letter too many, too few,
    another, or two the wrong way round."""
    cut = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    letters = _letters_like(word)
    fewer = {a + b[1:] for a, b in cut if b}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in cut if len(b) > 1}
    other = {a + c + b[1:] for a, b in cut if b for c in letters}
    more = {a + c + b for a, b in cut for c in letters}
    return (fewer | swapped | other | more) - {word, ""}


def _letters_like(word: str) -> str:
    """What else its writer's finger may have met."""
    if word.isascii():
        letters = "" if word.isdigit() else ascii_lowercase
        return letters + (digits if any(c.isdigit() for c in word) else "")
    return next((alphabet for alphabet in ALPHABETS if word[0] in alphabet), "")


def apart(one: str, other: str, *, most: int) -> int:
    """How many slips of the finger lie between two words: a letter too many, too few, another, or
    two the wrong way round. Anything above `most` is told as one more than that."""
    if abs(len(one) - len(other)) > most or len(set(one) ^ set(other)) > 2 * most:
        return most + 1
    start = _alike(one, other)
    one, other = one[start:], other[start:]
    end = _alike(one[::-1], other[::-1])
    one, other = one[: len(one) - end], other[: len(other) - end]
    if not one or not other:
        return min(len(one) + len(other), most + 1)
    return min(_slips(one, other), most + 1)


def _alike(one: str, other: str) -> int:
    shorter = min(len(one), len(other))
    return next((i for i in range(shorter) if one[i] != other[i]), shorter)


def _slips(one: str, other: str) -> int:
    """The restricted Damerau-Levenshtein distance, row by row."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, start=1):
            least = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2]:
                least = min(least, older[j - 2] + 1)
            row.append(least)
    return row[-1]
