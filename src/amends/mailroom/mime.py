"""The tree of a message's parts, within limits of size, depth and number.

Split by hand and not by `email.parser`: that one descends into attached messages, needs memory many
times the message, and recurses as deep as a hostile sender likes. Its headers are still its own.
"""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass, field
from email.message import Message
from email.parser import HeaderParser
from email.policy import Compat32
from functools import cached_property
from typing import TYPE_CHECKING, Any

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
TYPE = re.compile(r"\s*([\w.+-]{1,60})\s*/\s*([\w.+-]{1,80})")


class _AsWritten(Compat32):
    """Header values as they came; they are decoded in headers.py."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        return value


AS_WRITTEN = _AsWritten()
HEADERS = HeaderParser(policy=AS_WRITTEN)


@dataclass
class Part:
    """One part: its headers, its bytes as sent, and the parts inside it."""

    headers: Message
    body: bytes
    default_type: str = "text/plain"
    parts: list[Part] = field(default_factory=list)

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
        if name not in value.lower():
            return ""
        small = Message(policy=self.headers.policy)
        small[header] = value[:LONGEST_PARAMETERS].replace("\n", " ").replace("\r", " ")
        try:
            found = small.get_param(name, "", header)
        except Exception:  # the standard library stumbles over broken RFC 2231
            return ""
        if isinstance(found, tuple):
            charset, language, text = (str(each or "") for each in found)
            return charset, language, text.encode("latin-1", "replace")
        return str(found)

    @cached_property
    def content(self) -> bytes:
        """The body without its transfer encoding; when that is broken, as much as can be read."""
        encoding = self.header("content-transfer-encoding").split(";")[0].strip().lower()
        if encoding == "base64":
            return _from_base64(self.body)
        if encoding == "quoted-printable":
            return binascii.a2b_qp(self.body)
        if encoding in ("x-uuencode", "uuencode", "x-uue", "uue"):
            return _from_uuencode(self.body)
        return self.body


def tree(raw: bytes) -> Part:
    """The whole message. Parts beyond the limits stay together as one unopened part."""
    room = iter(range(MOST_PARTS))
    return _part(raw.lstrip(b"\r\n \t\xef\xbb\xbf") or raw, depth=0, room=room)


def _part(raw: bytes, *, depth: int, room: Iterator[int], default: str = "text/plain") -> Part:
    headers, body = _split(raw, whole_message=depth == 0)
    part = Part(headers, body, default)
    boundary = part.parameter("boundary") if part.content_type.startswith("multipart/") else ""
    if isinstance(boundary, tuple):
        boundary = boundary[2].decode("latin-1")
    if boundary and depth < DEEPEST:
        inner = "message/rfc822" if part.content_type == "multipart/digest" else "text/plain"
        for piece in _pieces(body, boundary, room):
            part.parts.append(_part(piece, depth=depth + 1, room=room, default=inner))
    return part


def _split(raw: bytes, *, whole_message: bool) -> tuple[Message, bytes]:
    """Headers and body. What does not look like a header is body already: no word is lost."""
    if raw.startswith((b"\n", b"\r\n")):
        return Message(policy=AS_WRITTEN), raw[raw.index(b"\n") + 1 :]
    blank = BLANK.search(raw, 0, LONGEST_HEADERS)
    cut, rest = (blank.start(), blank.end()) if blank else (min(len(raw), LONGEST_HEADERS),) * 2
    end = _end_of_fields(raw, cut)
    body = raw[rest:] if end == cut else raw[end:]
    if whole_message and not KNOWN.search(raw, 0, end):
        return Message(policy=AS_WRITTEN), raw
    text = SPACED_NAME.sub(r"\1:", raw[:end].decode("ascii", "surrogateescape"))
    return HEADERS.parsestr(text, headersonly=True), body


def _end_of_fields(raw: bytes, cut: int) -> int:
    """Where the first line begins that is no header field, at most at `cut`."""
    start = 0
    while start < cut:
        line = raw[start : start + 120]
        is_field = line[:1] in (b" ", b"\t") or FIELD.match(line)
        if not is_field and not (start == 0 and line.startswith((b"From ", b">From "))):
            return start
        newline = raw.find(b"\n", start, cut)
        start = cut if newline < 0 else newline + 1
    return cut


def _pieces(body: bytes, boundary: str, room: Iterator[int]) -> Iterator[bytes]:
    """The parts between the boundary lines; a missing last boundary ends with the body."""
    start: int | None = None
    for line, after, is_last in _boundary_lines(body, boundary):
        if start is not None:
            if next(room, None) is None:
                break  # too many: the rest in one
            yield body[start:line]
        if is_last:
            return
        start = after
    if start is not None:
        yield body[start:]


def _boundary_lines(body: bytes, boundary: str) -> Iterator[tuple[int, int, bool]]:
    """Where the text before each boundary line ends, where the text after it begins, if it is last."""
    mark = b"--" + boundary.encode("ascii", "surrogateescape").rstrip()
    found = body.find(mark)
    while found >= 0:
        newline = body.find(b"\n", found)
        after = len(body) if newline < 0 else newline + 1
        rest = body[found + len(mark) : min(after, found + len(mark) + 80)].strip()
        if rest in (b"", b"--") and (found == 0 or body[found - 1 : found] == b"\n"):
            end = found - 2 if body[found - 2 : found] == b"\r\n" else found - 1
            yield max(end, 0), after, rest == b"--"
        found = body.find(mark, max(after, found + len(mark)) - 1)


def _from_base64(body: bytes) -> bytes:
    try:
        return binascii.a2b_base64(body) or body.strip()
    except binascii.Error:
        letters = re.sub(rb"[^A-Za-z0-9+/]", b"", body)
        return binascii.a2b_base64(letters[: len(letters) // 4 * 4]) if len(letters) > 3 else body


def _from_uuencode(body: bytes) -> bytes:
    lines = iter(body.splitlines())
    for line in lines:
        if line.startswith(b"begin "):
            break
    out = []
    for line in lines:
        if line.strip() in (b"", b"`", b"end"):
            break
        length = (((line[0] - 32) & 63) * 4 + 5) // 3 + 1
        try:
            out.append(binascii.a2b_uu(line[:length]))
        except binascii.Error:
            return body
    return b"".join(out) or body
