"""What a raw message says. Pure, and it never fails: what cannot be read is said to be so."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from amends.mailroom import headers
from amends.mailroom.automatic import Nature, nature_of
from amends.mailroom.body import Body
from amends.mailroom.charsets import clean
from amends.mailroom.enclosure import Enclosure as Enclosure
from amends.mailroom.folding import read
from amends.mailroom.headers import NOBODY, Mailbox
from amends.mailroom.mime import Part, tree
from amends.mailroom.subjects import PREFIX, is_forward

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

MOST_FIELDS = 300
LONGEST_HEAD = 256 * 1024
UNREADABLE = "This message could not be read."


@dataclass(frozen=True, kw_only=True)
class Parsed:
    """A message understood. `text` keeps all words, `fresh` those that were not said before, without
    the `signature`. `notes` say what a limit or a lock kept out; the raw message has it."""

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
    signature: str = ""
    html: str = ""
    attachments: list[Enclosure] = field(default_factory=list)
    in_reply_to: str = ""
    references: list[str] = field(default_factory=list)
    null_sender: bool = False  # the envelope named none, as machines do that want no answer
    headers: dict[str, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
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


def read_again(parsed: Parsed, *, thread: Sequence[str], theirs: Sequence[str] = ()) -> Parsed:
    """Compared with the letters of its thread: only what was said there counts as history, and
    what stands in quotation marks for the first time stays in sight. `theirs`: their own letters."""
    if parsed.trouble or is_forward(parsed.subject):
        return parsed
    reading = read(parsed.text, thread=thread, theirs=theirs, name=parsed.sender.name)
    if reading == (parsed.fresh, parsed.signature):
        return parsed
    return replace(parsed, fresh=reading.fresh, signature=reading.signature)


def _parse(raw: bytes, null_sender: bool) -> Parsed:
    top = tree(raw)
    body = Body()
    body.read(top)
    body.finish()
    said = _said(top, null_sender=null_sender)
    text = body.text()
    thread = None if _is_answer(said) else ()
    reading = read(text, thread=thread, name=said["sender"].name)
    return Parsed(
        **said,
        text=text,
        fresh=reading.fresh,
        signature=reading.signature,
        html=body.html(),
        attachments=body.files(),
        notes=list(body.room.notes),
    )


def _said(top: Part, *, null_sender: bool) -> dict[str, Any]:
    """What the headers say."""
    charset = _charset(top)
    people = partial(_people, top, charset=charset)
    senders = people("from") or people("sender") or people("return-path")
    forwarders = ("delivered-to", "x-original-to", "envelope-to")
    references = " ".join(map(str, top.headers.get_all("references") or []))
    return {
        "message_id": next(iter(headers.ids(top.header("message-id"))), ""),
        "sender": next(iter(senders), NOBODY),
        "reply_to": next(iter(people("reply-to")), None),
        "to": people("to"),
        "cc": people("cc"),
        "delivered_to": [each.address for name in forwarders for each in people(name)],
        "subject": headers.words(top.header("subject"), charset=charset),
        "date": headers.moment(top.header("date")),
        "in_reply_to": next(iter(headers.ids(top.header("in-reply-to"))), ""),
        "references": headers.ids(references),
        "null_sender": null_sender or _null_return_path(top),
        "headers": _fields(top),
    }


def _is_answer(said: dict[str, Any]) -> bool:
    """Only answers quote what is known here; a first letter or a forwarded one is shown whole."""
    if is_forward(said["subject"]):
        return False
    return bool(said["in_reply_to"] or said["references"] or PREFIX.match(said["subject"]))


def _people(part: Part, header: str, *, charset: str) -> list[Mailbox]:
    values = part.headers.get_all(header) or []
    return [
        mailbox for value in values[:10] for mailbox in headers.people(str(value), charset=charset)
    ]


def _charset(part: Part) -> str:
    """Of the body, or of the first words in it."""
    while part.parts:
        part = part.parts[0]
    said = part.parameter("charset")
    return said if isinstance(said, str) else ""


def _null_return_path(part: Part) -> bool:
    return part.header("return-path").strip() == "<>"


def _fields(part: Part) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in part.headers.items()[:MOST_FIELDS]:
        found.setdefault(clean(name).lower()[:100], []).append(headers.words(str(value)[:4_000]))
    return found
