"""winmail.dat: what Outlook wraps its messages in, opened: words, files, appointments, messages.

Read by hand: the format is a row of labelled lengths, and the library for it is kept no more.
"""

from __future__ import annotations

import struct
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from amends.mailroom.charsets import clean, to_text
from amends.mailroom.rtf import unpacked, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

SIGNATURE = 0x223E9F78
DEEPEST = 3
MOST_ATTRIBUTES = 20_000
SUBJECT, BODY, CLASS, CODEPAGE = 0x8004, 0x800C, 0x8008, 0x9007
ATTACHED, ATTACH_DATA, ATTACH_TITLE, ATTACH_PROPERTIES = 0x9002, 0x800F, 0x8010, 0x9005
PROPERTIES, BEGINS, ENDS = 0x9003, 0x0006, 0x0007
P_SUBJECT, P_BODY, P_RTF, P_HTML, P_HTML_CODEPAGE = 0x0037, 0x1000, 0x1009, 0x1013, 0x3FDE
P_BEGINS, P_ENDS, P_CLASS = 0x0060, 0x0061, 0x001A
MEETINGS = ("ipm.microsoft schedule", "ipm.schedule", "ipm.appointment")
P_LONG_NAME, P_SHORT_NAME, P_SHOWN_NAME, P_FILE = 0x3707, 0x3704, 0x3001, 0x3701
P_TYPE, P_CONTENT_ID = 0x370E, 0x3712
APPOINTMENT = uuid.UUID("00062002-0000-0000-c000-000000000046").bytes_le
NAMED = {0x8208: "place", 0x820D: "begins", 0x820E: "ends"}
MESSAGE_INSIDE = uuid.UUID("00020307-0000-0000-c000-000000000046").bytes_le
STEP = {0x0002: 2, 0x000B: 2, 0x0003: 4, 0x0004: 4, 0x000A: 4, 0x0048: 16}
STEP |= dict.fromkeys([0x0005, 0x0006, 0x0007, 0x0014, 0x0040], 8)
COUNTED = {0x001E, 0x001F, 0x000D, 0x0102, 0x0000}
MANY = 0x1000
FIRST_NAMED = 0x8000
BEGINNING_OF_TIME = datetime(1601, 1, 1, tzinfo=UTC)


@dataclass
class Wrapped:
    """A file inside."""

    name: str = ""
    content_type: str = ""
    content: bytes = b""
    content_id: str = ""


@dataclass
class Winmail:
    """What was inside. `whole` is false when it broke off before its end."""

    subject: str = ""
    text: str = ""
    html: str = ""
    kind: str = ""
    place: str = ""
    begins: datetime | None = None
    ends: datetime | None = None
    files: list[Wrapped] = field(default_factory=list)
    messages: list[Winmail] = field(default_factory=list)
    is_whole: bool = True
    codec: str = "cp1252"


class Broken(Exception):
    """The bytes end before what they announce."""


def opened(content: bytes, *, depth: int = 0) -> Winmail | None:
    """None when it is no winmail.dat, or holds nothing that can be read."""
    if len(content) < 6 or struct.unpack_from("<I", content)[0] != SIGNATURE:
        return None
    found = Winmail()
    try:
        for number, (name, value) in enumerate(_attributes(content)):
            if number > MOST_ATTRIBUTES:
                raise Broken
            _take(found, name, value, depth)
    except Broken:
        found.is_whole = False
    has_words = found.text.strip() or found.html.strip() or found.begins
    return found if has_words or found.files or found.messages else None


def _attributes(content: bytes) -> Iterator[tuple[int, bytes]]:
    position = 6
    while position + 9 <= len(content):
        level, name, _, length = struct.unpack_from("<BHHI", content, position)
        position += 9
        if level not in (1, 2):
            return  # what stands behind the end
        if position + length > len(content):
            raise Broken
        yield name, content[position : position + length]
        position += length + 2


def _take(found: Winmail, name: int, value: bytes, depth: int) -> None:
    match name:
        case x if x == CODEPAGE:
            found.codec = f"cp{int.from_bytes(value[:4], 'little')}"
        case x if x == SUBJECT:
            found.subject = _text(value, found.codec)
        case x if x == BODY:
            found.text = found.text or _text(value, found.codec)
        case x if x == CLASS:
            found.kind = _text(value, "ascii")
        case x if x == PROPERTIES:
            _take_properties(found, value)
        case _:
            _take_file(found, name, value, depth)


def _take_properties(found: Winmail, value: bytes) -> None:
    said = dict(_properties(value, found.codec))
    found.subject = str(said.get(P_SUBJECT) or found.subject)
    found.text = str(said.get(P_BODY) or found.text)
    html = said.get(P_HTML, b"")
    if isinstance(html, bytes):
        codepage = int(said.get(P_HTML_CODEPAGE) or 0)  # type: ignore[call-overload]
        html = to_text(html, "utf-8" if codepage == 65001 else f"cp{codepage}" if codepage else "")
    found.html = clean(str(html)).strip("\0")
    packed = said.get(P_RTF)
    if isinstance(packed, bytes) and not found.text.strip() and not found.html.strip():
        found.text = words_of(unpacked(packed))
    found.place = str(said.get("place") or "")
    found.kind = str(said.get(P_CLASS) or found.kind)
    is_meeting = found.kind.lower().startswith(MEETINGS)
    found.begins = _moment(said.get("begins")) or (
        _moment(said.get(P_BEGINS)) if is_meeting else None
    )
    found.ends = _moment(said.get("ends")) or _moment(said.get(P_ENDS))


def _take_file(found: Winmail, name: int, value: bytes, depth: int) -> None:
    if name == ATTACHED:
        found.files.append(Wrapped())
    elif name in (ATTACH_TITLE, ATTACH_DATA, ATTACH_PROPERTIES):
        if not found.files:
            found.files.append(Wrapped())
        file = found.files[-1]
        if name == ATTACH_TITLE:
            file.name = file.name or _text(value, found.codec)
        elif name == ATTACH_DATA:
            file.content = value
        else:
            _take_file_properties(found, file, value, depth)


def _take_file_properties(found: Winmail, file: Wrapped, value: bytes, depth: int) -> None:
    said = dict(_properties(value, found.codec))
    file.name = str(
        said.get(P_LONG_NAME) or file.name or said.get(P_SHORT_NAME) or said.get(P_SHOWN_NAME) or ""
    )
    file.content_type = str(said.get(P_TYPE) or "")
    file.content_id = str(said.get(P_CONTENT_ID) or "")
    inside = said.get(P_FILE)
    if not isinstance(inside, bytes) or file.content:
        return
    if inside.startswith(MESSAGE_INSIDE):
        inside = inside[len(MESSAGE_INSIDE) :]
        message = opened(inside, depth=depth + 1) if depth < DEEPEST else None
        if message is not None:
            found.files.remove(file)
            found.messages.append(message)
            return
    file.content = inside


def _properties(value: bytes, codec: str) -> Iterator[tuple[int | str, object]]:
    """The labelled values of one block. What is cut short ends the block."""
    try:
        (count,) = struct.unpack_from("<I", value)
        position = 4
        for _ in range(min(count, MOST_ATTRIBUTES)):
            kind, name = struct.unpack_from("<HH", value, position)
            label, position = _label(value, position + 4, name)
            many = bool(kind & MANY)
            found, position = _value(value, position, kind & ~MANY, many, codec)
            yield label, found
    except (struct.error, Broken):
        return


def _label(value: bytes, position: int, name: int) -> tuple[int | str, int]:
    """A property may have a number of its own, or a name within a family of properties."""
    if name < FIRST_NAMED:
        return name, position
    family = value[position : position + 16]
    kind, number = struct.unpack_from("<II", value, position + 16)
    position += 24
    if kind == 0:
        return (NAMED.get(number, "") if family == APPOINTMENT else ""), position
    return "", position + number + -number % 4


def _value(value: bytes, position: int, kind: int, many: bool, codec: str) -> tuple[object, int]:
    if kind in COUNTED:
        (count,) = struct.unpack_from("<I", value, position)
        return _counted(value, position + 4, count, kind, codec)
    if kind not in STEP:
        raise Broken
    size = STEP[kind]
    count = struct.unpack_from("<I", value, position)[0] if many else 1
    position += 4 if many else 0
    first = value[position : position + size]
    length = size * count
    return int.from_bytes(first, "little"), position + length + -length % 4


def _counted(value: bytes, position: int, count: int, kind: int, codec: str) -> tuple[object, int]:
    """Strings and bytes, each with its length before it; the first is the one we want."""
    first: object = None
    for number in range(min(count, MOST_ATTRIBUTES)):
        (length,) = struct.unpack_from("<I", value, position)
        position += 4
        if position + length > len(value):
            raise Broken
        if number == 0:
            first = value[position : position + length]
        position += length + -length % 4
    if isinstance(first, bytes) and kind in (0x001E, 0x001F):
        return _text(first, "utf-16-le" if kind == 0x001F else codec), position
    return first, position


def _text(value: bytes, codec: str) -> str:
    return clean(to_text(value, codec)).strip("\0").strip()


def _moment(ticks: object) -> datetime | None:
    """Tenths of microseconds since 1601."""
    if not isinstance(ticks, int) or not 0 < ticks < 3 * 10**18:
        return None
    try:
        return BEGINNING_OF_TIME + timedelta(microseconds=ticks // 10)
    except OverflowError:
        return None


def appointment(found: Winmail) -> str:
    """What, when and where, in words; nothing when it is an ordinary message."""
    if not found.begins:
        return ""
    until = f" – {found.ends:%A} {found.ends.day} {found.ends:%B %Y, %H:%M}" if found.ends else ""
    begins = f"{found.begins:%A} {found.begins.day} {found.begins:%B %Y, %H:%M}"
    told = {
        "Appointment": found.subject or "(no title)",
        "When": f"{begins}{until} (UTC)",
        "Where": found.place,
    }
    return "\n".join(f"{label}: {words}" for label, words in told.items() if words)
