"""Quoted history is folded away, never cut: `fresh` is what the customer wrote this time.

Where the thread is known, only what was said in it is history: whatever marks it wears, a line with
one new word stays in sight. Where it is not, marks of other people's words are looked for line by
line, in linear time. The libraries for this cut whatever stands below a quote, and that is where
many customers answer.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from amends.mailroom.history import Said
from amends.mailroom.introductions import (
    FORWARDED,
    IN_ONE_LINE,
    RULE,
    SEPARATOR,
    TITLED_RULE,
    attribution,
    height_of_block,
    is_certain,
)
from amends.mailroom.repeating import said_before
from amends.mailroom.signature import SENT_FROM, parted

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_TEXT = 500_000  # beyond that all is shown
SEE_BELOW = re.compile(
    r"\b(?:below|inline|in-line|in red|in blue|in green|in bold|between the lines|unten|siehe"
    r"|ci-dessous|en rouge|abajo|más abajo|hieronder|nedenfor|nedan|qui sotto|in rosso)\b",
    re.IGNORECASE,
)
FEW_WORDS = 40


class Reading(NamedTuple):
    """A letter as a person would read it: what is new, and the signature below it."""

    fresh: str
    signature: str = ""


def read(
    text: str,
    *,
    thread: Sequence[str] | None = None,
    theirs: Sequence[str] = (),
    name: str = "",
) -> Reading:
    """`thread`: the letters of ours it may quote, None when we do not know them and must guess;
    `theirs`: their own. `name`: what the sender is called."""
    return Reading(*parted(fold(text, thread=thread, theirs=theirs), name=name))


def fold(text: str, *, thread: Sequence[str] | None = None, theirs: Sequence[str] = ()) -> str:
    """The new words of a reply; the whole text when hardly any would be left."""
    is_first = thread is not None and not any([*thread, *theirs])
    if len(text) > LONGEST_TEXT or is_first:
        return text.strip()
    lines = text.split("\n")
    quoted = [line.lstrip().startswith(">") for line in lines]
    _mark_histories(lines, quoted, guess=thread is None)
    if thread is not None and (any(quoted) or len(lines) > 1):
        quoted = said_before(lines, quoted, Said(thread), theirs)
    kept = [line for line, is_quoted in zip(lines, quoted, strict=True) if not is_quoted]
    while any(quoted) and kept and (not kept[-1].strip() or RULE.fullmatch(kept[-1])):
        kept.pop()
    fresh = re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
    return text.strip() if _says_too_little(fresh) else fresh


def _mark_histories(lines: list[str], quoted: list[bool], *, guess: bool) -> None:
    """Introductions fold with the marked quote that follows, and with all that follows without a
    mark; where we `guess`, the latter only under what no customer writes."""
    number = 0
    while number < len(lines):
        if quoted[number]:
            number += 1
            continue
        if FORWARDED.fullmatch(lines[number]):
            return  # what is forwarded is what they want us to read
        end, is_sure = _introduced(lines, number)
        following = _next_words(lines, end)
        if end > number and following < len(lines) and quoted[following]:
            quoted[number:end] = [True] * (end - number)
        elif end > number and (is_sure or not guess):
            quoted[number:] = [True] * (len(lines) - number)
            return
        number = max(end, number + 1)


def _introduced(lines: list[str], number: int) -> tuple[int, bool]:
    """Where the introduction ends that begins here, and whether only a programme writes such a one."""
    line = lines[number]
    is_separator = bool(SEPARATOR.fullmatch(line) or IN_ONE_LINE.match(line))
    if is_separator or TITLED_RULE.fullmatch(line):
        below = _next_words(lines, number + 1)
        end = _end_of_frame(lines, below) if below < len(lines) else below
        if end > below:
            return end, is_separator or height_of_block(lines, below) > 0
        return (number + 1 if is_separator else number), is_separator
    if height := attribution(lines, number):
        return number + height, any("@" in line for line in lines[number : number + height])
    end = number + height_of_block(lines, number)
    return end, is_certain(lines[number:end])


def _end_of_frame(lines: list[str], number: int) -> int:
    return number + (attribution(lines, number) or height_of_block(lines, number))


def _next_words(lines: list[str], number: int) -> int:
    while number < len(lines) and not lines[number].strip():
        number += 1
    return number


def _says_too_little(fresh: str) -> bool:
    """Nothing but a signature, or a hint that the answers stand inside the quote."""
    said = []
    for line in fresh.split("\n"):
        if line.rstrip() in ("--", "—", "__"):
            break
        if not SENT_FROM.match(line.strip()):
            said.append(line)
    words = " ".join(said)
    if not re.search(r"\w|[^\x00-\xff]", words):
        return True
    return len(words.split()) <= FEW_WORDS and bool(SEE_BELOW.search(words))
