"""A message inside an S/MIME seal: what was signed is taken out, so that it can be read.

Whether the seal is good is not asked here; nobody is believed because of it.
"""

from __future__ import annotations

from typing import NamedTuple

SIGNED = bytes.fromhex("2a864886f70d010702")
SEQUENCE, OID, OCTETS, PACKED_OCTETS, FIRST = 0x30, 0x06, 0x04, 0x24, 0xA0
END_OF_CONTENTS = b"\0\0"
DEEPEST = 12
MOST_PIECES = 100_000


class Unfit(Exception):
    """The bytes are not what they would have to be."""


class _Value(NamedTuple):
    kind: int
    start: int
    end: int | None  # none: until a mark


def content_of(sealed: bytes) -> bytes | None:
    """The signed message; None when the bytes are encrypted, or no seal at all."""
    try:
        return _content(sealed)
    except (Unfit, IndexError):
        return None


def _content(sealed: bytes) -> bytes:
    position = _into(sealed, 0, SEQUENCE)
    kind = _value(sealed, position)
    if kind.kind != OID or sealed[kind.start : kind.end] != SIGNED:
        raise Unfit
    position = _into(sealed, _past(sealed, position), FIRST)
    position = _into(sealed, position, SEQUENCE)
    position = _past(sealed, _past(sealed, position))  # version, digests
    position = _into(sealed, position, SEQUENCE)
    position = _into(sealed, _past(sealed, position), FIRST)
    return _octets(sealed, position)


def _value(sealed: bytes, position: int) -> _Value:
    """The label and length that stand here."""
    kind, length = sealed[position], sealed[position + 1]
    start = position + 2
    if length == 0x80:
        return _Value(kind, start, None)
    if length & 0x80:
        count = length & 0x7F
        if count > 8:
            raise Unfit
        length = int.from_bytes(sealed[start : start + count], "big")
        start += count
    if start + length > len(sealed):
        raise Unfit
    return _Value(kind, start, start + length)


def _into(sealed: bytes, position: int, kind: int) -> int:
    found = _value(sealed, position)
    if found.kind != kind:
        raise Unfit
    return found.start


def _past(sealed: bytes, position: int, depth: int = 0) -> int:
    found = _value(sealed, position)
    if found.end is not None:
        return found.end
    if depth > DEEPEST:
        raise Unfit
    position = found.start
    while sealed[position : position + 2] != END_OF_CONTENTS:
        position = _past(sealed, position, depth + 1)
    return position + 2


def _octets(sealed: bytes, position: int) -> bytes:
    found = _value(sealed, position)
    if found.kind == OCTETS and found.end is not None:
        return sealed[found.start : found.end]
    if found.kind != PACKED_OCTETS:
        raise Unfit
    pieces: list[bytes] = []
    position = found.start
    while position != found.end and sealed[position : position + 2] != END_OF_CONTENTS:
        piece = _value(sealed, position)
        if piece.kind != OCTETS or piece.end is None or len(pieces) > MOST_PIECES:
            raise Unfit
        pieces.append(sealed[piece.start : piece.end])
        position = piece.end
    return b"".join(pieces)
