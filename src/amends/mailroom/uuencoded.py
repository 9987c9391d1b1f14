"""Files that stand among the words, uuencoded, as programmes before MIME sent them and some still do."""

from __future__ import annotations

import binascii
import re
from typing import NamedTuple

BEGIN = re.compile(r"^begin [0-7]{3,4} (\S[^\n]{0,200})$", re.MULTILINE)
LAST = frozenset(["", "`", " "])  # the line of no bytes, before «end»


class File(NamedTuple):
    name: str
    content: bytes


def taken_out(text: str) -> tuple[str, list[File]]:
    """The words with each file's name in its place, and the files. What does not read as one to its
    very end stays as it is: nobody's words are taken for a file."""
    words: list[str] = []
    files: list[File] = []
    position = 0
    while found := BEGIN.search(text, position):
        content, end = _read(text, found.end() + 1)
        if content is None:
            words.append(text[position : found.end()])
            position = found.end()
            continue
        name = found[1].strip()
        words += [text[position : found.start()], f"[{name}]"]
        files.append(File(name, content))
        position = end
    return ("".join([*words, text[position:]]), files) if files else (text, [])


def _read(text: str, start: int) -> tuple[bytes | None, int]:
    """What the lines from here hold, and where the line «end» ends."""
    content: list[bytes] = []
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line, start = text[start:end], end + 1
        if line == "end" and content:
            return b"".join(content), end
        if line in LAST:
            continue
        some = _line(line)
        if some is None:
            break
        content.append(some)
    return None, start


def _line(line: str) -> bytes | None:
    """Blanks at its end may have been lost on the way; a mark too many is common."""
    many = (ord(line[0]) - 32) & 63
    longest = 1 + -(-many // 3) * 4
    if len(line) > longest + 1 or not line.isascii() or not many:
        return None
    try:
        return binascii.a2b_uu(line[:longest])
    except binascii.Error:
        return None
