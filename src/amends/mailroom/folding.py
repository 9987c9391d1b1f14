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
    words_at = _where_words_are(lines)
    number = 0
    while number < len(lines):
        if quoted[number] or not lines[number].strip():
            number += 1
            continue
        if FORWARDED.fullmatch(lines[number]):
            return  # what is forwarded is what they want us to read
        end, is_sure = _introduced(lines, number, words_at)
        if end > number and words_at[end] < len(lines) and quoted[words_at[end]]:
            quoted[number:end] = [True] * (end - number)
        elif end > number and (is_sure or not guess):
            quoted[number:] = [True] * (len(lines) - number)
            return
        number = max(end, number + 1)


def _where_words_are(lines: list[str]) -> list[int]:
    """For each line the first one from there on that is not blank."""
    found = [len(lines)] * (len(lines) + 1)
    for number in range(len(lines) - 1, -1, -1):
        found[number] = number if lines[number].strip() else found[number + 1]
    return found


def _introduced(lines: list[str], number: int, words_at: list[int]) -> tuple[int, bool]:
    """Where the introduction ends that begins here, and whether only a programme writes such a one."""
    line = lines[number]
    is_separator = bool(SEPARATOR.fullmatch(line) or IN_ONE_LINE.match(line))
    if not is_separator and not TITLED_RULE.fullmatch(line):
        return _frame(lines, number)
    below = words_at[number + 1]
    height = height_of_block(lines, below) if below < len(lines) else 0
    if is_separator and not height:
        end, _ = _frame(lines, below) if below < len(lines) else (below, False)
        return (end if end > below else number + 1), True
    return (below + height if height else number), True


def _frame(lines: list[str], number: int) -> tuple[int, bool]:
    """An introduction names an address, or stands alone; whoever tells what somebody wrote goes on."""
    if height := attribution(lines, number):
        end = number + height
        around = "".join([*lines[max(number - 1, 0) : number], *lines[end : end + 1]])
        return end, "@" in "".join(lines[number:end]) or not around.strip()
    end = number + height_of_block(lines, number)
    return end, is_certain(lines[number:end])


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
