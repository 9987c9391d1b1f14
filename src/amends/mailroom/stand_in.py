"""A message that stands in for one that could not be taken whole: its heading, and why. So nothing a
customer sent goes unseen, and their answer to ours still finds its recovery."""

from __future__ import annotations

import re

ABOUT_ITS_BODY = re.compile(
    rb"(content-[a-z-]+|mime-version|dkim-signature|x-google-dkim\S*)$", re.I
)
A_HEADER = re.compile(rb"([!-9;-~]{1,76})[ \t]*:")
MOST = 400
UNITS = ("bytes", "kB", "MB", "GB", "TB")


def stand_in(head: bytes, *, why: str, size: int | None = None) -> bytes:
    """The same heading and reason make the same bytes, so that it is stored once."""
    how_large = f" It has {spoken(size)}." if size else ""
    words = f"{why}{how_large}"
    kept = b"".join(line for name, line in _headers(head) if not ABOUT_ITS_BODY.match(name))
    ours = b'MIME-Version: 1.0\r\nContent-Type: text/plain; charset="utf-8"\r\n'
    return kept + ours + b"Content-Transfer-Encoding: 8bit\r\n\r\n" + words.encode() + b"\r\n"


def spoken(size: int) -> str:
    """1 536 000 is 1.5 MB."""
    amount, unit = float(size), 0
    while amount >= 1000 and unit < len(UNITS) - 1:
        amount, unit = amount / 1000, unit + 1
    return f"{amount:.1f} {UNITS[unit]}" if unit > 1 else f"{amount:.0f} {UNITS[unit]}"


def _headers(head: bytes) -> list[tuple[bytes, bytes]]:
    """Each header with its lines, up to the first empty line or the first that is none."""
    found: list[tuple[bytes, bytes]] = []
    for line in re.split(rb"\r\n|\n|\r", head)[: MOST * 10]:
        if found and line[:1] in (b" ", b"\t") and line.strip():
            name, before = found[-1]
            found[-1] = (name, before + line + b"\r\n")
        elif (named := A_HEADER.match(line)) and len(found) < MOST:
            found.append((named[1].lower(), line + b"\r\n"))
        elif found:
            break
    return found
