"""A winmail.dat as Outlook makes it, put together for tests."""

import struct
import uuid
from datetime import UTC, datetime

TEXT, BYTES, TIME, WIDE, NUMBER = 0x001E, 0x0102, 0x0040, 0x001F, 0x0003
APPOINTMENT = uuid.UUID("00062002-0000-0000-c000-000000000046").bytes_le
MESSAGE_INSIDE = uuid.UUID("00020307-0000-0000-c000-000000000046").bytes_le
SIGNATURE = struct.pack("<IH", 0x223E9F78, 1)


def attribute(level: int, name: int, content: bytes) -> bytes:
    return struct.pack("<BHHI", level, name, 6, len(content)) + content + b"\0\0"


def properties(*given: tuple[int, int | bytes, object]) -> bytes:
    """Each is (type, label, value); a label of bytes is one of the appointment's own."""
    return struct.pack("<I", len(given)) + b"".join(_property(*each) for each in given)


def _property(kind: int, label: int | bytes, value: object) -> bytes:
    if isinstance(label, bytes):
        number = int.from_bytes(label, "big")
        head = struct.pack("<HH", kind, 0x8000) + APPOINTMENT + struct.pack("<II", 0, number)
    else:
        head = struct.pack("<HH", kind, label)
    return head + _value(kind, value)


def _value(kind: int, value: object) -> bytes:
    if kind == TIME:
        assert isinstance(value, datetime)
        ticks = (value - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds() * 10_000_000
        return struct.pack("<Q", int(ticks))
    if kind == NUMBER:
        return struct.pack("<I", value)
    raw = {TEXT: "cp1252", WIDE: "utf-16-le"}.get(kind)
    content = f"{value}\0".encode(raw) if raw else value
    assert isinstance(content, bytes)
    return struct.pack("<II", 1, len(content)) + content + b"\0" * (-len(content) % 4)


def file(name: str, content: bytes, *, content_type: str = "", content_id: str = "") -> bytes:
    return (
        attribute(2, 0x9002, b"\0" * 14)
        + attribute(2, 0x8010, b"SHORT~1.TXT\0")
        + attribute(2, 0x800F, content)
        + attribute(
            2,
            0x9005,
            properties(
                (WIDE, 0x3707, name), (TEXT, 0x370E, content_type), (TEXT, 0x3712, content_id)
            ),
        )
    )


def message_inside(winmail: bytes) -> bytes:
    inside = properties((BYTES, 0x3701, MESSAGE_INSIDE + winmail))
    return attribute(2, 0x9002, b"\0" * 14) + attribute(2, 0x9005, inside)


def winmail(*pieces: bytes, codepage: int = 1252) -> bytes:
    return SIGNATURE + attribute(1, 0x9007, struct.pack("<II", codepage, 0)) + b"".join(pieces)


def packed(rtf: bytes) -> bytes:
    """LZFu without a single repetition."""
    flagged = b"".join(b"\0" + rtf[at : at + 8] for at in range(0, len(rtf), 8))
    return struct.pack("<IIII", len(flagged) + 12, len(rtf), 0x75465A4C, 0) + flagged
