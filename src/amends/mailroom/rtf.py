"""Rich text as Outlook packs it: unpacked (LZFu), and its words read without its marks."""

from __future__ import annotations

import re
import struct

from amends.mailroom.charsets import clean, to_text

LONGEST = 1_000_000  # bytes unpacked
PACKED, BARE = 0x75465A4C, 0x414C454D
WINDOW = 4096
DICTIONARY = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript "
    rb"\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
MARK = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,9})? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|[\r\n]+|([^\\{}\r\n]+)",
    re.DOTALL,
)
BREAKS = {"par": "\n", "line": "\n", "row": "\n", "sect": "\n", "page": "\n", "tab": "\t"}
BREAKS |= {"cell": "\t", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘"}
BREAKS |= {"rquote": "’", "ldblquote": "“", "rdblquote": "”"}
SILENT = {"fonttbl", "colortbl", "stylesheet", "info", "pict", "header", "footer", "object"}
SIGNS = {b"~": "\xa0", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}", b"\n": "\n", b"\r": "\n"}


def unpacked(content: bytes) -> bytes:
    """RTF out of a compressed stream, as far as it goes; nothing when it is none."""
    if len(content) < 16:
        return b""
    size, kind = struct.unpack_from("<II", content, 4)
    if kind == BARE:
        return content[16 : 16 + min(size, LONGEST)]
    return _inflated(content, min(size, LONGEST)) if kind == PACKED else b""


def _inflated(content: bytes, longest: int) -> bytes:
    """Eight steps to a byte of flags: a letter as it is, or a stretch of what was written before."""
    written = bytearray(DICTIONARY)
    longest += len(DICTIONARY)
    position, flags = 16, 1
    while position < len(content) and len(written) < longest:
        if flags == 1:
            flags = content[position] | 0x100
            position += 1
            continue
        if flags & 1:
            pair = int.from_bytes(content[position : position + 2], "big")
            back = (len(written) - (pair >> 4)) % WINDOW
            if not back:
                break
            for _ in range((pair & 15) + 2):
                written.append(written[-back] if back <= len(written) else 0)
            position += 2
        else:
            written.append(content[position])
            position += 1
        flags >>= 1
    return bytes(written[len(DICTIONARY) : longest])


def words_of(source: bytes) -> str:
    """The text of an RTF document, also when it wraps HTML; marks of every kind are left out."""
    reader = _Reader()
    for found in MARK.finditer(source[:LONGEST]):
        reader.read(found)
    return clean("".join(reader.out)).strip("\n")


class _Reader:
    def __init__(self) -> None:
        self.out: list[str] = []
        self.codec = "cp1252"
        self.depth = 0
        self.silent_above = 0  # the depth of the group that is left out
        self.is_hidden = False  # what stands for HTML readers only
        self.skip = 0  # letters that repeat a Unicode letter for old readers
        self.after_unicode = 1
        self.pending = b""  # bytes of letters, decoded together

    def read(self, found: re.Match[bytes]) -> None:
        name, number, code, sign, brace, text = found.groups()
        if code is not None:
            self.letter(bytes.fromhex(code.decode()))
            return
        self.flush()
        if brace is not None:
            self.group(brace)
        elif text is not None:
            self.text(text)
        elif sign is not None:
            self.sign(sign)
        elif name is not None:
            self.mark(name.decode(), int(number) if number else None)

    @property
    def is_silent(self) -> bool:
        return bool(self.silent_above) or self.is_hidden

    def group(self, brace: bytes) -> None:
        self.depth += 1 if brace == b"{" else -1
        self.skip = 0
        if self.depth < self.silent_above:
            self.silent_above = 0

    def text(self, text: bytes) -> None:
        skipped, self.skip = self.skip, max(0, self.skip - len(text))
        if not self.is_silent:
            self.out.append(to_text(text[skipped:], self.codec))

    def letter(self, byte: bytes) -> None:
        if self.skip:
            self.skip -= 1
        elif not self.is_silent:
            self.pending += byte

    def flush(self) -> None:
        if self.pending:
            self.out.append(to_text(self.pending, self.codec))
            self.pending = b""

    def sign(self, sign: bytes) -> None:
        if sign == b"*":
            self.silent_above = self.silent_above or self.depth
        elif not self.is_silent:
            self.out.append(SIGNS.get(sign, ""))

    def mark(self, name: str, number: int | None) -> None:
        if name == "htmlrtf":
            self.is_hidden = number != 0
        elif name == "ansicpg":
            self.codec = f"cp{number}"
        elif name == "uc":
            self.after_unicode = min(max(number or 0, 0), 8)
        elif name in SILENT:
            self.silent_above = self.silent_above or self.depth
        elif self.is_silent:
            return
        elif name == "u" and number is not None:
            self.out.append(chr(number % 0x10000))
            self.skip = self.after_unicode
        else:
            self.out.append(BREAKS.get(name, ""))
