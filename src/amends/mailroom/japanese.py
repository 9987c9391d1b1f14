"""ISO-2022-JP as Windows writes it: with signs and letters that the standard does not have (①, ㈱, 髙)."""

from __future__ import annotations

import re

ESCAPE = re.compile(rb"\x1b(?:\$[@B]|\$\(([A-Z])|\(([A-Z]))")
PAIR = re.compile(rb"[\x21-\x7e]{2}")


def decoded(content: bytes) -> str:
    """Each stretch by what its escape says; what no table has is marked and the rest kept."""
    out, position, kind = [], 0, b"B"
    for escape in ESCAPE.finditer(content):
        out.append(_stretch(content[position : escape.start()], kind))
        kind = escape[2] or (b"$" + (escape[1] or b"B"))
        position = escape.end()
    out.append(_stretch(content[position:], kind))
    return "".join(out)


def _stretch(content: bytes, kind: bytes) -> str:
    if kind == b"$B":
        return PAIR.sub(_shifted, content).decode("cp932", "replace")
    if kind == b"I":  # half-wide
        return bytes(byte | 0x80 if byte > 0x20 else byte for byte in content).decode(
            "cp932", "replace"
        )
    if kind.startswith(b"$"):
        return (b"\x1b$(" + kind[1:] + content + b"\x1b(B").decode("iso2022_jp_ext", "replace")
    return content.decode("cp932", "replace")


def _shifted(pair: re.Match[bytes]) -> bytes:
    """The same place of the table, as Shift JIS counts it."""
    row, cell = pair[0]
    first = ((row - 0x21) >> 1) + 0x81
    first += 0x40 if first > 0x9F else 0
    if row & 1:
        second = cell + 0x1F
        second += second >= 0x7F
    else:
        second = cell + 0x7E
    return bytes([first, second])
