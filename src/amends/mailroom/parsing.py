"""What a raw message says. Pure, and it never fails: what cannot be read is said to be so."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from amends.mailroom import headers
from amends.mailroom.automatic import Nature, nature_of
from amends.mailroom.charsets import clean, to_text
from amends.mailroom.folding import fold
from amends.mailroom.headers import NOBODY, Mailbox
from amends.mailroom.mime import Part, tree
from amends.mailroom.plain import from_html, unflow

if TYPE_CHECKING:
    from datetime import datetime

MOST_FIELDS = 300
LONGEST_NAME = 120
LONGEST_HEAD = 256 * 1024
UNREADABLE = "This message could not be read."
REPLY = re.compile(
    r"\s*(?:re|aw|antw|sv|vs|odp|ynt|回复|答复|회신|返信)\s*(?:\[\d+\])?\s*[:：]", re.I
)
FORWARD = re.compile(r"\s*(?:fwd?|wg|tr|rv|enc|doorst|vl|pd|vb|i|转发|轉寄|전달)\s*[:：]", re.I)
UNFIT = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069/\\:*?\"<>|]+")
KINDS = {
    "message/rfc822": "message.eml",
    "message/global": "message.eml",
    "message/delivery-status": "delivery-report.txt",
    "message/disposition-notification": "read-receipt.txt",
    "text/rfc822-headers": "headers.txt",
    "text/calendar": "invitation.ics",
    "text/vcard": "card.vcf",
    "text/plain": "text.txt",
    "text/html": "page.html",
    "application/pdf": "document.pdf",
    "application/pgp-signature": "signature.asc",
    "application/pgp-encrypted": "encrypted.asc",
    "application/pkcs7-signature": "smime.p7s",
    "application/x-pkcs7-signature": "smime.p7s",
    "application/pkcs7-mime": "smime.p7m",
    "application/ms-tnef": "winmail.dat",
    "image/jpeg": "picture.jpg",
    "image/png": "picture.png",
    "image/gif": "picture.gif",
}


@dataclass(frozen=True)
class Enclosure:
    """A file that came with a message. Name and type are what the sender claims, made harmless."""

    name: str
    content_type: str
    content: bytes
    content_id: str = ""


@dataclass(frozen=True, kw_only=True)
class Parsed:
    """A message understood. `text` keeps all words, `fresh` those that were not said before."""

    message_id: str = ""
    sender: Mailbox = NOBODY
    reply_to: Mailbox | None = None
    to: list[Mailbox] = field(default_factory=list)
    cc: list[Mailbox] = field(default_factory=list)
    delivered_to: list[str] = field(default_factory=list)
    subject: str = ""
    date: datetime | None = None
    text: str = ""
    fresh: str = ""
    html: str = ""
    attachments: list[Enclosure] = field(default_factory=list)
    in_reply_to: str = ""
    references: list[str] = field(default_factory=list)
    null_sender: bool = False  # the envelope named none, as machines do that want no answer
    headers: dict[str, list[str]] = field(default_factory=dict)
    trouble: str = ""

    @cached_property
    def nature(self) -> Nature:
        return nature_of(self)

    @property
    def automatic(self) -> bool:
        return self.nature.is_automatic

    @classmethod
    def unreadable(cls, raw: bytes, trouble: object = "") -> Parsed:
        """The message as one attached file for a person to look at, and what its headers say."""
        words = f"{UNREADABLE} {clean(str(trouble))}"[:500].strip()
        enclosure = Enclosure("message.eml", "message/rfc822", raw)
        try:
            said = _said(tree(raw[:LONGEST_HEAD]), null_sender=False)
        except Exception:  # not even those
            said = {}
        return cls(**said, attachments=[enclosure], trouble=words)


def parse(raw: bytes, *, null_sender: bool = False) -> Parsed:
    """`null_sender`: the envelope named no sender, as machines do that want no answer."""
    try:
        return _parse(raw, null_sender)
    except Exception as trouble:  # whatever it is, the customer's message must be seen
        return Parsed.unreadable(raw, f"{type(trouble).__name__}: {trouble}")


def _parse(raw: bytes, null_sender: bool) -> Parsed:
    top = tree(raw)
    body = _Body()
    body.read(top)
    said = _said(top, null_sender=null_sender)
    text = body.text()
    return Parsed(
        **said,
        text=text,
        fresh=fold(text) if _is_answer(said) else text.strip(),
        html=body.html(),
        attachments=body.enclosures,
    )


def _said(top: Part, *, null_sender: bool) -> dict[str, Any]:
    """What the headers say."""
    senders = _people(top, "from") or _people(top, "sender") or _people(top, "return-path")
    forwarders = ("delivered-to", "x-original-to", "envelope-to")
    references = " ".join(map(str, top.headers.get_all("references") or []))
    return {
        "message_id": next(iter(headers.ids(top.header("message-id"))), ""),
        "sender": next(iter(senders), NOBODY),
        "reply_to": next(iter(_people(top, "reply-to")), None),
        "to": _people(top, "to"),
        "cc": _people(top, "cc"),
        "delivered_to": [each.address for name in forwarders for each in _people(top, name)],
        "subject": headers.words(top.header("subject")),
        "date": headers.moment(top.header("date")),
        "in_reply_to": next(iter(headers.ids(top.header("in-reply-to"))), ""),
        "references": headers.ids(references),
        "null_sender": null_sender or _null_return_path(top),
        "headers": _fields(top),
    }


def _is_answer(said: dict[str, Any]) -> bool:
    """Only answers quote what is known here; a first letter or a forwarded one is shown whole."""
    if FORWARD.match(said["subject"]):
        return False
    return bool(said["in_reply_to"] or said["references"] or REPLY.match(said["subject"]))


class _Body:
    """Walks the parts and sorts them into words, their HTML, and files."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.htmls: list[str] = []
        self.enclosures: list[Enclosure] = []
        self.has_html = False

    def read(self, part: Part) -> None:
        if part.parts and part.content_type == "multipart/alternative":
            self._read_alternative(part)
        elif part.parts:
            for each in part.parts:
                self.read(each)
        elif _is_words(part):
            self._add(*_words(part))
        elif part.body.strip() or _name(part):
            self._enclose(part)

    def _read_alternative(self, part: Part) -> None:
        """One message said in several ways: the plain way is read, the HTML way is shown."""
        ways = []
        for each in part.parts:
            way = _Body()
            way.read(each)
            ways.append(way)
            self.enclosures += way.enclosures
        html = "\n".join(way.html() for way in ways if way.has_html)
        plain = [way.text() for way in ways if not way.has_html and way.text().strip()]
        text = plain[0] if plain else "\n\n".join(way.text() for way in ways if way.has_html)
        self._add(text, html)

    def _add(self, text: str, html: str) -> None:
        if text.strip() or html.strip():
            self.texts.append(text)
            self.htmls.append(html or f"<pre>{_escaped(text)}</pre>")
            self.has_html = self.has_html or bool(html)

    def _enclose(self, part: Part) -> None:
        name = _name(part) or KINDS.get(part.content_type) or "file.bin"
        if part.content_type in ("message/rfc822", "message/global"):
            name = _name_of_message(part)
        content_id = clean(part.header("content-id")).strip(" \t\n<>")[:255]
        self.enclosures.append(Enclosure(name, part.content_type[:120], part.content, content_id))

    def text(self) -> str:
        return "\n\n".join(text.strip("\n") for text in self.texts)

    def html(self) -> str:
        return "\n".join(self.htmls) if self.has_html else ""


def _is_words(part: Part) -> bool:
    """Text without a file name. Anything else, shown inline or not, is an attachment."""
    is_text = part.content_type in ("text/plain", "text/html") or (
        part.content_type.startswith("multipart/") and not part.parts
    )
    return is_text and part.disposition != "attachment" and not _name(part)


def _words(part: Part) -> tuple[str, str]:
    charset = part.parameter("charset")
    text = to_text(
        part.content, charset if isinstance(charset, str) else charset[2].decode("latin-1")
    )
    if part.content_type == "text/html":
        html = clean(text)
        return clean(from_html(html)), html
    text = clean(text)
    if str(part.parameter("format")).lower() == "flowed":
        text = unflow(text, delete_space=str(part.parameter("delsp")).lower() == "yes")
    return text, ""


def _name(part: Part) -> str:
    """The file name for people to read; nothing is ever stored or opened under it."""
    value = part.parameter("filename", "content-disposition") or part.parameter("name")
    written = to_text(value[2], value[0]) if isinstance(value, tuple) else headers.words(value)
    name = UNFIT.sub("_", clean(written).replace("\n", " ")).strip(" ._")
    if len(name) > LONGEST_NAME:
        stem, dot, ending = name.rpartition(".")
        keep = f"{dot}{ending}" if dot and len(ending) <= 10 else ""
        name = (stem if keep else name)[: LONGEST_NAME - len(keep)] + keep
    return name


def _name_of_message(part: Part) -> str:
    subject = headers.words(tree(part.content[:65_536]).header("subject"))
    name = UNFIT.sub("_", subject).strip(" ._")[: LONGEST_NAME - 4]
    return f"{name}.eml" if name else "message.eml"


def _people(part: Part, header: str) -> list[Mailbox]:
    values = part.headers.get_all(header) or []
    return [mailbox for value in values[:10] for mailbox in headers.people(str(value))]


def _null_return_path(part: Part) -> bool:
    return part.header("return-path").strip() == "<>"


def _fields(part: Part) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in part.headers.items()[:MOST_FIELDS]:
        found.setdefault(clean(name).lower()[:100], []).append(headers.words(str(value)[:4_000]))
    return found


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
