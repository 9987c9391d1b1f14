"""Bytes to text, whatever the sender's programme claims about them; nothing here ever fails."""

from __future__ import annotations

import codecs
import contextlib
import re

from amends.mailroom.japanese import decoded

# What a label says, and what it means in the mails of real programmes.
MEANT = {
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "hz-gb-2312": "hz",
    "big5": "big5hkscs",
    "x-big5": "big5hkscs",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "ksc5601": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-8-i": "iso8859_8",
    "iso-8859-8-e": "iso8859_8",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "unicode-1-1-utf-7": "utf-7",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "utf8mb4": "utf-8",
    "ansi": "cp1252",
    "chinese": "gb18030",
    "korean": "cp949",
    "sjis": "cp932",
    "ms932": "cp932",
    "unicode": "utf-16",
    "unicodefffe": "utf-16-be",
    "iso-10646-ucs-2": "utf-16-be",
    "koi8": "koi8-r",
    "koi8-ru": "koi8-u",
    "latin-9": "iso8859-15",
    "mac-cyrillic": "mac_cyrillic",
    "mac-ce": "mac_latin2",
    "unicode-2-0-utf-7": "utf-7",
}
# Names that say the number of a Windows or DOS table in one of many ways.
NUMBERED = re.compile(r"(?:x-)?(?:ms-)?(?:windows|win|cp|dos|ibm)[-_]?(\d{3,5})")
JAPANESE = re.compile(
    r"(?:cs)?iso-?2022-?jp(?:-ms|-ext|-[123])?|(?:x-windows-)?(?:iso2022jp|cp)?5022[012]l?"
)
SECOND = {"big5hkscs": "cp950", "euc_jp": "euc_jis_2004", "cp932": "shift_jis_2004"}
UNSAID = {"", "us-ascii", "ascii", "ansi_x3.4-1968", "unknown-8bit", "x-unknown", "unknown", "8bit"}
UNSAID |= {"default", "binary", "none", "null", "charset", "utf-8"}
# Codecs of Python that are no charsets of mail: they would change text, or take for ever.
NO_CHARSETS = {"unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined"}
ESCAPES_OF_JAPAN = re.compile(rb"\x1b(?:\$[@B]|\([BJI])")
FEW = 4  # less than one byte in so many may be stray in a text that is UTF-8 all the same


def _rescue(error: UnicodeError) -> tuple[str, int]:
    """A stray byte in UTF-8 is most often Windows' Latin."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.end]
    return _western(stray), error.end


codecs.register_error("mailroom", _rescue)


def to_text(content: bytes, label: str = "") -> str:
    """The text as it was meant, decoded by its label, by what it looks like, or somehow."""
    label = label.strip(" \t\r\n'\";").split("*")[0].lower()[:40]
    if label in UNSAID:
        return _guess(content)
    if JAPANESE.fullmatch(label):
        return decoded(content) if content.isascii() else _second_best(content, "cp932")
    if content.isascii() and ESCAPES_OF_JAPAN.search(content):
        return decoded(content)
    codec = _codec(_meant(label))
    if codec is None:
        return _guess(content)
    if codec == "cp1252":
        return _western(content)
    try:
        return content.decode(codec)
    except (UnicodeError, ValueError):
        return _second_best(content, codec)


def _meant(label: str) -> str:
    label = label.split(";")[0].split(",")[0].strip()
    bare = label.removeprefix("x-")
    if numbered := NUMBERED.fullmatch(label):
        bare = f"cp{numbered[1]}"
    return MEANT.get(label) or MEANT.get(bare) or bare


def clean(text: str) -> str:
    """What a database can hold and a page can show: no NULs, no lone surrogates, plain newlines."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if CONTROL.search(text):
        text = CONTROL.sub("", text)
    if SURROGATE.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
SURROGATE = re.compile(r"[\ud800-\udfff]")


def _guess(content: bytes) -> str:
    if content.isascii() and not ESCAPES_OF_JAPAN.search(content):
        return content.decode("ascii")
    if content.isascii():
        return decoded(content)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        is_stray = content.decode("utf-8", "replace").count("\ufffd") * FEW < len(content)
        return content.decode("utf-8", "mailroom") if is_stray else _western(content)


def _second_best(content: bytes, codec: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    with contextlib.suppress(UnicodeError, ValueError, LookupError):
        return content.decode(SECOND.get(codec, codec))
    try:
        return content.decode(codec, "replace")
    except (UnicodeError, ValueError):
        return _western(content)


def _western(content: bytes) -> str:
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(_western_byte(byte) for byte in content)


def _western_byte(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def _codec(label: str) -> str | None:
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError, UnicodeError):
        return None
    if name.replace("-", "_") in NO_CHARSETS:
        return None
    try:
        b"x".decode(name)
    except LookupError:  # rot13, zip and the like are no charsets
        return None
    except (UnicodeError, ValueError):
        pass
    return name
