"""A letter as the bytes of a message: plain text and HTML, honest headers, nobody hidden."""

from __future__ import annotations

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime
from typing import TYPE_CHECKING, NamedTuple

from amends.mailroom.addresses import address_for
from amends.mailroom.quoting import below, below_html

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amends.mailroom.letter import Copy, Letter

CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
LONGEST_LINE = 900


class Envelope(NamedTuple):
    """What a mail server is told. An empty sender means that no bounce is wanted."""

    sender: str
    author: str
    recipients: tuple[str, ...]
    content: bytes


def compose(
    letter: Letter,
    *,
    copies: Sequence[Copy] = (),
    to: Sequence[str] | None = None,
    renames: bool = False,
) -> Envelope:
    """Raises ValueError when no message can be made of the letter.

    `to` are those of the recipients who have it not yet; everybody it is meant for stands in the
    headers all the same. `renames` says that the provider puts a Message-ID of its own in place of
    ours, so that ours goes into References too.
    """
    recipients = (letter.recipient, *(copy.address for copy in copies))
    message = _message(letter, copies)
    is_plain = all(as_sent(each).isascii() for each in recipients)
    return Envelope(
        sender=_return_path(letter),
        author=letter.sender,
        recipients=recipients if to is None else tuple(to),
        content=_ids(letter, renames) + message.as_bytes(policy=SMTP if is_plain else SMTPUTF8),
    )


def _message(letter: Letter, copies: Sequence[Copy]) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = _mailbox(letter.sender_name, letter.sender)
    message["To"] = _mailbox(letter.recipient_name, letter.recipient)
    if copies:
        message["Cc"] = [_mailbox(copy.name, copy.address) for copy in copies]
    if letter.reply_to and letter.reply_to != letter.sender:
        message["Reply-To"] = _mailbox(letter.sender_name, letter.reply_to)
    message["Subject"] = _line(letter.subject)
    message["Date"] = format_datetime(letter.made_at)
    if letter.automatic:
        message["Auto-Submitted"] = "auto-replied" if letter.in_reply_to else "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
    message.set_content(below(letter.text, letter.quoted), cte="quoted-printable")
    if letter.html:
        html = below_html(letter.html, letter.quoted)
        message.add_alternative(html, subtype="html", cte="quoted-printable")
        message.set_boundary(f"=_{letter.ref}")  # what is quoted-printable never holds "=_"
        for part in message.iter_parts():
            del part["MIME-Version"]
    return message


def _return_path(letter: Letter) -> str:
    """An answer by machine asks for no bounce, so that two machines cannot talk for ever."""
    if letter.automatic and letter.thread:
        return ""
    return address_for(letter.thread or letter.ref)


def _ids(letter: Letter, renames: bool) -> bytes:
    """Written by hand: the standard library would break or encode ids that are longer than a line."""
    lines = [f"Message-ID: {letter.message_id}"]
    if letter.in_reply_to:
        lines.append(f"In-Reply-To: {letter.in_reply_to}")
    references = [*letter.references, *([letter.message_id] if renames else [])]
    if references:
        lines.append("References: " + "\r\n ".join(references))
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")


def as_sent(address: str) -> str:
    """A domain in other letters has a plain spelling, which every mail server takes; what stands
    before the @ has none."""
    local, _, domain = address.rpartition("@")
    try:
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        return address


def _mailbox(name: str, address: str) -> Address:
    local, _, domain = as_sent(address).rpartition("@")
    return Address(display_name=_line(name), username=local, domain=domain)


def _line(text: str) -> str:
    return CONTROL.sub(" ", text).strip()[:LONGEST_LINE]
