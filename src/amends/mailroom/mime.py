"""The tree of a message's parts, within limits of size, depth and number.

Split by hand and not by `email.parser`: that one descends into attached messages, needs memory many
times the message, and recurses as deep as a hostile sender likes. Its headers are still its own.
A part is a stretch of the raw bytes and copies nothing until it is read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from email.message import Message
from email.parser import HeaderParser
from email.policy import Compat32
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from amends.mailroom.transfer import undone

if TYPE_CHECKING:
    from collections.abc import Iterator

DEEPEST = 24
MOST_PARTS = 1_000
LONGEST_HEADERS = 256 * 1024
LONGEST_VALUE = 64 * 1024
LONGEST_PARAMETERS = 4 * 1024
BLANK = re.compile(rb"\r?\n[ \t]*\r?\n|\r\r")
FIELD = re.compile(rb"[!-9;-~]{1,100}[ \t]*:")
SPACED_NAME = re.compile(r"^([!-9;-~]{1,100})[ \t]+:", re.MULTILINE)
KNOWN = re.compile(
    rb"(?im)^(?:from|to|cc|subject|date|message-id|received|mime-version|return-path|reply-to"
    rb"|delivered-to|sender|content-[a-z-]+|x-[a-z-]+)[ \t]*:"
)
BOUNDARY = re.compile(rb"(?m)^--([0-9A-Za-z'()+_,./:=?-]{1,70})[ \t]*\r?$")
SOMETHING = re.compile(rb"\S")
BLANKS_ABOVE = re.compile(rb"[\r\n \t\xef\xbb\xbf]*")
TYPE = re.compile(r"\s*([\w.+-]{1,60})\s*/\s*([\w.+-]{1,80})")


class _AsWritten(Compat32):
    """Header values as they came; they are decoded in headers.py."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        return value


AS_WRITTEN = _AsWritten()
HEADERS = HeaderParser(policy=AS_WRITTEN)


@dataclass
class Part:
    """One part: its headers, where its bytes stand as sent, and the parts inside it."""

    headers: Message
    raw: bytes
    start: int
    end: int
    default_type: str = "text/plain"
    parts: list[Part] = field(default_factory=list)
    unopened: str = ""  # why its own parts were left together

    @property
    def body(self) -> bytes:
        return self.raw[self.start : self.end]

    @property
    def size(self) -> int:
        return self.end - self.start

    @property
    def is_empty(self) -> bool:
        return not SOMETHING.search(self.raw, self.start, self.end)

    @cached_property
    def content_type(self) -> str:
        found = TYPE.match(self.header("content-type"))
        if not found:
            return self.default_type
        return f"{found[1]}/{found[2]}".lower()

    @cached_property
    def disposition(self) -> str:
        return self.header("content-disposition").split(";")[0].strip().lower()

    def header(self, name: str) -> str:
        value = self.headers.get(name)
        return "" if value is None else str(value)[:LONGEST_VALUE]

    def parameter(self, name: str, header: str = "content-type") -> str | tuple[str, str, bytes]:
        """A parameter as text, or as (charset, language, bytes) when written the RFC 2231 way."""
        value = self.header(header)
        return _parameter(value[:LONGEST_PARAMETERS], name) if name in value.lower() else ""

    @property
    def content(self) -> bytes:
        """The body without its transfer encoding; when that is broken, as much as can be read."""
        return self._undone(self.end)

    def beginning(self, most: int) -> bytes:
        """The first bytes of the content, without decoding all the rest."""
        return self._undone(min(self.end, self.start + 4 * most))[:most]

    def _undone(self, end: int) -> bytes:
        encoding = self.header("content-transfer-encoding")
        return undone(encoding, self.raw, start=self.start, end=end)


def tree(raw: bytes) -> Part:
    """The whole message. Parts beyond the limits stay together as one unopened part."""
    room = iter(range(MOST_PARTS))
    start = BLANKS_ABOVE.match(raw).end()  # type: ignore[union-attr]
    return _part(raw, start if start < len(raw) else 0, len(raw), depth=0, room=room)


def _part(
    raw: bytes,
    start: int,
    end: int,
    *,
    depth: int,
    room: Iterator[int],
    default: str = "text/plain",
) -> Part:
    headers, start = _split(raw, start, end, whole_message=depth == 0)
    part = Part(headers, raw, start, end, default)
    boundary = _boundary(part) if part.content_type.startswith("multipart/") else ""
    if boundary and depth >= DEEPEST:
        part.unopened = f"Parts lie more than {DEEPEST} deep in one another."
    elif boundary:
        inner = "message/rfc822" if part.content_type == "multipart/digest" else "text/plain"
        for first, last, is_rest in _pieces(raw, start, end, boundary, room):
            one = _part(raw, first, last, depth=depth + 1, room=room, default=inner)
            if is_rest:
                one.unopened = f"There are more than {MOST_PARTS:,} parts."
            part.parts.append(one)
    return part


def _boundary(part: Part) -> str:
    """What stands between the parts; where the headers name nothing, or something that is not
    there, the first mark that is and is closed."""
    said = part.parameter("boundary")
    boundary = said[2].decode("latin-1") if isinstance(said, tuple) else said
    if boundary and part.raw.find(b"--" + _bytes(boundary), part.start, part.end) >= 0:
        return boundary
    seen = BOUNDARY.search(part.raw, part.start, min(part.end, part.start + 16_384))
    if seen and part.raw.find(b"\n--" + seen[1] + b"--", seen.end(), part.end) >= 0:
        return seen[1].decode("ascii")
    return boundary


@lru_cache(maxsize=256)
def _parameter(value: str, name: str) -> str | tuple[str, str, bytes]:
    """Read once for all mails that say the same."""
    small = Message(policy=AS_WRITTEN)
    small["content-type"] = value.replace("\n", " ").replace("\r", " ")
    try:
        found = small.get_param(name, "")
    except Exception:  # the standard library stumbles over broken RFC 2231
        return ""
    if isinstance(found, tuple):
        charset, language, text = (str(each or "") for each in found)
        return charset, language, text.encode("latin-1", "replace")
    return str(found)


def _bytes(boundary: str) -> bytes:
    return boundary.encode("utf-8", "surrogateescape").rstrip()


def _split(raw: bytes, start: int, end: int, *, whole_message: bool) -> tuple[Message, int]:
    """The headers, and where the body begins. What does not look like a header is body already: no
    word is lost."""
    if raw.startswith((b"\n", b"\r\n"), start, end):
        return Message(policy=AS_WRITTEN), raw.index(b"\n", start) + 1
    longest = min(end, start + LONGEST_HEADERS)
    blank = BLANK.search(raw, start, longest)
    cut, rest = (blank.start(), blank.end()) if blank else (longest, longest)
    last = _end_of_fields(raw, start, cut)
    body = rest if last == cut else last
    if whole_message and not KNOWN.search(raw, start, last):
        return Message(policy=AS_WRITTEN), start
    text = SPACED_NAME.sub(r"\1:", raw[start:last].decode("ascii", "surrogateescape"))
    return HEADERS.parsestr(text, headersonly=True), body


def _end_of_fields(raw: bytes, first: int, cut: int) -> int:
    """Where the first line begins that is no header field, at most at `cut`."""
    start = first
    while start < cut:
        line = raw[start : start + 120]
        is_field = line[:1] in (b" ", b"\t") or FIELD.match(line)
        if not is_field and not (start == first and line.startswith((b"From ", b">From "))):
            return start
        newline = raw.find(b"\n", start, cut)
        start = cut if newline < 0 else newline + 1
    return cut


def _pieces(
    raw: bytes, start: int, end: int, boundary: str, room: Iterator[int]
) -> Iterator[tuple[int, int, bool]]:
    """Where the parts between the boundary lines stand, and whether one is all the rest; a missing
    last boundary ends with the body."""
    first: int | None = None
    for line, after, is_last in _boundary_lines(raw, start, end, boundary):
        if first is not None:
            if next(room, None) is None:
                yield first, end, True  # too many: the rest in one
                return
            yield first, max(line, first), False
        if is_last:
            return
        first = after
    if first is not None:
        yield first, end, False


def _boundary_lines(
    raw: bytes, start: int, end: int, boundary: str
) -> Iterator[tuple[int, int, bool]]:
    """Where the text before each boundary line ends, where the text after it begins, if it is last."""
    mark = b"--" + _bytes(boundary)
    found = raw.find(mark, start, end)
    while found >= 0:
        newline = raw.find(b"\n", found, end)
        after = end if newline < 0 else newline + 1
        rest = raw[found + len(mark) : min(after, found + len(mark) + 80)].strip()
        if rest in (b"", b"--") and (found == start or raw[found - 1 : found] == b"\n"):
            before = found - 2 if raw[max(start, found - 2) : found] == b"\r\n" else found - 1
            yield max(before, start), after, rest == b"--"
        found = raw.find(mark, max(after, found + len(mark)) - 1, end)
