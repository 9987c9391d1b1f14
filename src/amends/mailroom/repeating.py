"""Of the lines that wear marks of history, those that were said before in the thread.

A line with one new word stays in sight whatever marks it wears; and so does one that repeats what was
said before, where it stands between other lines than in the letter it is from.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from amends.mailroom.history import ROW, Said, words
from amends.mailroom.introductions import (
    IN_ONE_LINE,
    SEPARATOR,
    TITLED_RULE,
    attribution,
    height_of_block,
    is_certain,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

MARKS = re.compile(r"^[>\s|]+")
ENOUGH_UNMARKED = 12  # words said before, at the end and without any mark
SHORTEST_WRAPPED = 50  # characters of a line that a programme breaks


class Frame(NamedTuple):
    """Lines that introduce a quotation: «On … she wrote:», a header block, a rule."""

    first: int
    last: int
    is_rule: bool
    is_certain: bool  # it says when or to whom, as programmes do
    depth: int


def said_before(
    lines: list[str], quoted: list[bool], ours: Said, theirs: Sequence[str]
) -> list[bool]:
    """Those of the `quoted` lines that are history; and an end that is, without any mark."""
    bare = [MARKS.sub("", line) for line in lines]
    frames = _frames(lines, bare, quoted)
    framed = {number for frame in frames for number in range(frame.first, frame.last)}
    spoken = [[] if number in framed else words(line) for number, line in enumerate(bare)]
    _mark_wrapped(lines, quoted, spoken, ours)
    all_said = Said(theirs, also=ours) if any(quoted) else ours
    found = [False] * len(lines)
    for first, last in _runs(bare, quoted):
        repeated = all_said.repeats(spoken[first:last])
        is_history = any(
            line and known for line, known in zip(spoken[first:last], repeated, strict=True)
        )
        if is_history or not any(bare[first:last]):
            found[first:last] = repeated
    _add_short(found, spoken, quoted, all_said)
    _spare_repetitions(found, spoken, ours, all_said)
    _spare_frames(found, bare, spoken, frames, all_said)
    _mark_end(found, spoken, ours.repeats(spoken))
    return found


def _frames(lines: list[str], bare: list[str], quoted: list[bool]) -> list[Frame]:
    frames = []
    number = 0
    while number < len(bare):
        height = _height_of_frame(bare, number) if quoted[number] else 0
        if height:
            depth = lines[number].count(">", 0, len(lines[number]) - len(bare[number]))
            is_sure = is_certain(bare[number : number + height])
            frames.append(Frame(number, number + height, _is_rule(bare[number]), is_sure, depth))
        number += height or 1
    return frames


def _is_rule(line: str) -> bool:
    return bool(SEPARATOR.fullmatch(line) or TITLED_RULE.fullmatch(line) or IN_ONE_LINE.match(line))


def _height_of_frame(bare: list[str], number: int) -> int:
    if _is_rule(bare[number]):
        return 1
    return attribution(bare, number) or height_of_block(bare, number)


def _runs(lines: list[str], quoted: list[bool]) -> list[tuple[int, int]]:
    """Where marked lines stand together, with nothing but blank lines between them."""
    runs: list[tuple[int, int]] = []
    first, last = None, 0
    for number, (line, is_quoted) in enumerate(zip(lines, quoted, strict=True)):
        if is_quoted:
            first, last = number if first is None else first, number + 1
        elif line and first is not None:
            runs.append((first, last))
            first = None
    return runs if first is None else [*runs, (first, last)]


def _mark_wrapped(
    lines: list[str], quoted: list[bool], spoken: list[list[str]], ours: Said
) -> None:
    """Some programmes break long quoted lines and mark only the first half."""
    is_ours = ours.repeats(spoken)
    for number in range(1, len(quoted)):
        above, here = spoken[number - 1], spoken[number]
        is_broken = quoted[number - 1] and len(lines[number - 1]) >= SHORTEST_WRAPPED
        if is_broken and is_ours[number] and here and _goes_on(above, here, ours):
            quoted[number] = True


def _goes_on(above: list[str], below: list[str], said: Said) -> bool:
    """Whether one line follows the other in a letter."""
    over = (tuple([*above[-back:], *below[: ROW - back]]) for back in range(1, ROW))
    rows = [row for row in over if len(row) == ROW]
    return bool(rows) and all(map(said.has_row, rows))


def _add_short(
    found: list[bool], spoken: list[list[str]], quoted: list[bool], all_said: Said
) -> None:
    """A line of too few words for a row is known by the lines around it that are."""
    known = [number for number, line in enumerate(spoken) if line and found[number]]
    for number, line in enumerate(spoken):
        if quoted[number] and line and not found[number] and len(line) < ROW:
            at = bisect_left(known, number)
            above = [_goes_on(spoken[each], line, all_said) for each in known[at - 1 : at] if at]
            below = [_goes_on(line, spoken[each], all_said) for each in known[at : at + 1]]
            found[number] = bool(above or below) and all(above + below)


def _spare_repetitions(
    found: list[bool], spoken: list[list[str]], ours: Said, all_said: Said
) -> None:
    """Whoever answers between our lines may say again what was said before. A line between others
    than in its letter is history only when it is ours and there once."""
    known = [number for number, line in enumerate(spoken) if line and found[number]]
    often = Counter(tuple(spoken[number]) for number in known)
    for at, number in enumerate(known):
        line = spoken[number]
        above = spoken[known[at - 1]] if at else []
        below = spoken[known[at + 1]] if at + 1 < len(known) else []
        if len(line) < ROW or _goes_on(above, line, all_said) or _goes_on(line, below, all_said):
            continue
        found[number] = often[tuple(line)] == 1 and all(ours.repeats([line]))


def _neighbour(spoken: list[list[str]], number: int, step: int) -> list[str]:
    number += step
    while 0 <= number < len(spoken):
        if spoken[number]:
            return spoken[number]
        number += step
    return []


def _spare_frames(
    found: list[bool],
    bare: list[str],
    spoken: list[list[str]],
    frames: list[Frame],
    all_said: Said,
) -> None:
    """An introduction is history when history follows it at once. Of two in a row the upper one is
    the customer's own, unless it only introduces the lower one; so is one in the midst of a letter."""
    below: Frame | None = None
    for frame in reversed(frames):
        following = next((n for n in range(frame.last, len(bare)) if bare[n]), len(bare))
        leads = following < len(bare) and found[following]
        if leads and below is not None and following == below.first:
            leads = frame.is_rule or (frame.is_certain and frame.depth < below.depth)
        elif leads:
            above = _neighbour(spoken, frame.first, -1)
            leads = not _goes_on(above, spoken[following], all_said)
        found[frame.first : frame.last] = [leads] * (frame.last - frame.first)
        below = frame


def _mark_end(found: list[bool], spoken: list[list[str]], is_ours: list[bool]) -> None:
    """Some programmes quote without any mark: a long end of nothing but our words is history. Their
    own words are not, for people repeat what was not heard."""
    first = len(spoken)
    while first > 0 and (found[first - 1] or is_ours[first - 1]):
        first -= 1
    unmarked = sum(
        len(line) for line, known in zip(spoken[first:], found[first:], strict=True) if not known
    )
    if first > 0 and unmarked >= ENOUGH_UNMARKED:
        found[first:] = [True] * (len(found) - first)
