"""Pictures that came with a letter, shown where the letter shows them: out of that very letter, as
part of its page, so that nothing is loaded from anywhere."""

from __future__ import annotations

import re
from base64 import b64encode
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from amends.mailroom.attachment import Attachment

CID = re.compile(r' src="cid:([^"]{1,400})"', re.IGNORECASE)
MOST = 6_000_000  # bytes of all pictures of one page; what is more is there as a file
# By how the bytes begin, never by what the sender claims. No SVG: it may run scripts.
KINDS = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
    b"RIFF": "image/webp",
}


def in_place(cleaned: str, enclosed: Iterable[Attachment]) -> str:
    """The cleaned HTML with its `cid:` pictures filled in from the files of the same letter."""
    files = {_id(file.content_id): file for file in enclosed if file.content_id}
    left = MOST

    def fill(source: re.Match[str]) -> str:
        nonlocal left
        file = files.get(_id(unquote(unescape(source[1]))))
        if file is None or file.size > left:
            return ""
        with file.open() as opened:
            content = opened.read()
        kind = next((KINDS[start] for start in KINDS if content.startswith(start)), "")
        if not kind:
            return ""
        left -= len(content)
        return f' src="data:{kind};base64,{b64encode(content).decode()}"'

    return CID.sub(fill, cleaned)


def _id(written: str) -> str:
    return written.strip(" <>").lower()
