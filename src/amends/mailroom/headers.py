"""What the headers of a message say, read with patience: words, people, ids, times."""

from __future__ import annotations

import binascii
import hashlib
import re
from datetime import UTC, datetime
from email.utils import getaddresses, parsedate_to_datetime
from inspect import signature
from typing import NamedTuple

from amends.mailroom.charsets import clean, to_text

LONGEST = 20_000
LONGEST_LIST = 400_000  # of people
MOST_PEOPLE = 5_000
ENCODED = re.compile(r"=\?([^?\s=]{1,60})\?([bBqQ])\?((?:[^?]|\?(?!=)){0,4000})\?=")
BETWEEN = re.compile(r"(\?=)\s+(=\?[^?\s=]{1,60}\?[bBqQ]\?)")
BREAKS = re.compile(r"\r?\n[ \t]*|[\r\n\t]+")
ONE_PERSON = re.compile(r"([^<>]*)<([^<>]{1,1000})>[^<>@]*")
ADDRESS = re.compile(r"[^\s<>,;:\"()\[\]\\]{1,256}@[^\s<>,;:\"()\[\]\\]{1,255}")
IDS = re.compile(r"<([^<>]{1,2000})>")
LENIENT = {"strict": False} if "strict" in signature(getaddresses).parameters else {}


class Mailbox(NamedTuple):
    name: str
    address: str


NOBODY = Mailbox("", "")


def words(value: str, *, charset: str = "") -> str:
    """A header for people: unfolded, its encoded words decoded, raw bytes guessed; `charset` is the
    body's, asked only for raw bytes that are no UTF-8."""
    value = BREAKS.sub(" ", _plain(value[:LONGEST], charset))
    if "=?" in value:
        value = _decoded(value)
    return " ".join(clean(value).split("\n")).strip()


def people(value: str, *, charset: str = "") -> list[Mailbox]:
    """The mailboxes of an address header. Names are decoded after the commas have been read."""
    value = BREAKS.sub(" ", _plain(value[:LONGEST_LIST], charset))
    alone = ONE_PERSON.fullmatch(value)
    if alone and (address := _address(alone[2])):
        return [Mailbox(_name(alone[1]), address)]
    try:
        pairs = getaddresses([value], **LENIENT)[:MOST_PEOPLE]
    except Exception:  # comments within comments within comments
        pairs = []
    found = _with_addresses(pairs)
    return found or [
        Mailbox("", address)
        for written in ADDRESS.findall(value)[:MOST_PEOPLE]
        if (address := _address(written))
    ]


def ids(value: str) -> list[str]:
    """Message-IDs, each once, in order; blanks inside and missing brackets forgiven."""
    value = clean(BREAKS.sub(" ", _plain(value[-LONGEST:])))
    inside = IDS.findall(value) or [each for each in value.split() if "@" in each]
    found = ("".join(each.split()).strip("<>") for each in inside)
    return [_id(each) for each in dict.fromkeys(found) if each][-100:]


def moment(value: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(words(value))
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except Exception:  # a date can be anything
        return None


def _plain(value: str, charset: str = "") -> str:
    """Raw bytes that came as lone surrogates become text; Japanese mail hides them in seven bits."""
    if value.isascii() and "\x1b" not in value:
        return value
    content = value.encode("utf-8", "surrogateescape")
    try:
        return to_text(content) if "\x1b" in value else content.decode()
    except UnicodeDecodeError:
        return to_text(content, charset)


def _decoded(value: str) -> str:
    """Pieces of one charset are joined as bytes first: senders split in the middle of a letter."""
    value = BETWEEN.sub(r"\1\2", BETWEEN.sub(r"\1\2", value))
    out, position = [], 0
    pending, charset = b"", ""
    for found in ENCODED.finditer(value):
        adjacent = found.start() == position and position > 0
        if not adjacent or found[1].lower() != charset:
            out.append(to_text(pending, charset) if pending else "")
            out.append(value[position : found.start()])
            pending, charset = b"", found[1].lower()
        pending += _word(found[2].lower(), found[3])
        position = found.end()
    out.append(to_text(pending, charset) if pending else "")
    return "".join([*out, value[position:]])


def _word(way: str, text: str) -> bytes:
    content = text.encode("utf-8", "replace")
    if way == "q":
        return binascii.a2b_qp(content, header=True)
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", content)
    letters = letters[:-1] if len(letters) % 4 == 1 else letters
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def _with_addresses(pairs: list[tuple[str, str]]) -> list[Mailbox]:
    """A name with a bare comma arrives in two pieces; the first has no address of its own."""
    found, carried = [], ""
    for name, written in pairs:
        address = _address(written)
        if not address:
            carried = f"{carried}{name or written}, "
            continue
        found.append(Mailbox(_name(carried + name), address))
        carried = ""
    return found


def _name(written: str) -> str:
    return words(written.strip().strip('"').replace('\\"', '"').replace("\\\\", "\\"))[:200].strip(
        " '\""
    )


def _address(written: str) -> str:
    written = clean(written.strip().strip("<>").removeprefix("mailto:"))
    found = ADDRESS.search("".join(written.split()))
    return found[0][:320] if found else ""


def _id(inside: str) -> str:
    if len(inside) <= 253 and inside.isascii():
        return f"<{inside}>"
    digest = hashlib.sha256(inside.encode("utf-8", "replace")).hexdigest()
    return f"<{digest}@too-long.invalid>"
