"""Transfer encodings undone, read straight from the raw message; what is broken is read as far as it
goes, and plain words below an encoded text are kept."""

from __future__ import annotations

import binascii
import re

PADDING = re.compile(rb"=[=\s]*")
ENCODED = re.compile(rb"[A-Za-z0-9+/\r\n]+(?:=[=\s]*|\Z)")
LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
NO_LETTER = re.compile(rb"[^A-Za-z0-9+/=\s]")
LONG_LINE = re.compile(rb"(?m)^[A-Za-z0-9+/]{60,76}\s*$")
LONGEST_WITH_WORDS = 1_000_000
NO_LETTERS = bytes(set(range(256)) - set(LETTERS))


def undone(encoding: str, raw: bytes, *, start: int = 0, end: int | None = None) -> bytes:
    """The bytes that were meant by `raw[start:end]`, sent in this encoding."""
    end = len(raw) if end is None else end
    name = encoding.split(";")[0].strip(" \t\r\n\"'").lower()
    if name in ("base64", "b64"):
        return _from_base64(raw, start, end)
    if name in ("quoted-printable", "quotedprintable"):
        with memoryview(raw) as view:
            return binascii.a2b_qp(view[start:end])
    if name in ("x-uuencode", "uuencode", "x-uue", "uue"):
        return _from_uuencode(raw[start:end])
    return raw[start:end]


def _from_base64(raw: bytes, start: int, end: int) -> bytes:
    """Everything that was encoded, also when several pieces were set one behind the other, and what
    a mailing list wrote below in plain words."""
    stop = _end_of_letters(raw, start, end)
    content = _letters(raw, start, stop)
    if not content and start < stop:
        return raw[start:end].strip()
    rest = raw[stop:end].strip()
    return content + _below(rest) if rest else content


def _end_of_letters(raw: bytes, start: int, end: int) -> int:
    """Where the encoded text ends: at its padding, or at a line of plain words."""
    pad = raw.find(b"=", start, end)
    stop = end if pad < 0 else PADDING.match(raw, pad, end).end()  # type: ignore[union-attr]
    words = NO_LETTER.search(raw, start, stop) if stop - start < LONGEST_WITH_WORDS else None
    if words is None:
        return stop
    line = raw.rfind(b"\n", start, words.start()) + 1
    is_whole = line > start and len(raw[start:line].translate(None, NO_LETTERS)) % 4 == 0
    is_torn = LONG_LINE.search(raw, words.end(), end)
    return line if is_whole and not is_torn else stop


def _letters(raw: bytes, start: int, end: int) -> bytes:
    with memoryview(raw) as view:
        try:
            return binascii.a2b_base64(view[start:end])
        except binascii.Error:
            pass
    letters = raw[start:end].translate(None, NO_LETTERS)
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def _below(rest: bytes) -> bytes:
    """What stands below the end of the encoded text: more of it, or plain words."""
    out, position = [], 0
    while position < len(rest) and (piece := ENCODED.match(rest, position)):
        if len(piece[0].translate(None, NO_LETTERS + b"=")) < 12 and b"=" not in piece[0]:
            break
        out.append(_letters(rest, *piece.span()))
        position = piece.end()
    words = rest[position:].strip()
    return b"".join([*out, b"\n" + words] if words else out)


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
