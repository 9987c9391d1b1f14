"""A letter inside a letter: who wrote the forwarded one, when, and what it said.

Only a suggestion: who may have it believed is decided by whoever asks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from amends.mailroom import headers
from amends.mailroom.addresses import is_ours
from amends.mailroom.introductions import ABOUT, SENDER, WHEN
from amends.mailroom.parsing import parse
from amends.mailroom.subjects import is_forward

if TYPE_CHECKING:
    from datetime import datetime

    from amends.mailroom.enclosure import Enclosure
    from amends.mailroom.headers import Mailbox
    from amends.mailroom.parsing import Parsed

FROM_LINE = re.compile(rf"[\s>*_]*(?:{SENDER})\s*[*_]*\s*[:：]\s*[*_]*\s*(.{{1,400}})", re.I)
OTHER_LINE = re.compile(
    rf"[\s>*_]*(?:({WHEN})|({ABOUT})|[^\W\d][^:：]{{0,30}})\s*[*_]*\s*[:：]\s*[*_]*\s*(.*)", re.I
)
MAILTO = re.compile(r"[\[(<]*mailto:([^\s\])>]+)[\])>]*", re.I)
LONGEST_BLOCK = 12  # lines
LONGEST_LINE = 600  # that may be a header
MOST_LINES = 400  # of a forwarder's own words before it


@dataclass(frozen=True, kw_only=True)
class Inner:
    """What was forwarded, and what the forwarder wrote above it."""

    sender: Mailbox
    subject: str = ""
    date: datetime | None = None
    text: str = ""
    html: str = ""
    above: str = ""
    attachments: list[Enclosure] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)


def inner_of(parsed: Parsed) -> Inner | None:
    """None unless there is one letter inside, of somebody with an address who is not us."""
    found = _attached(parsed) or _below(parsed)
    if found is None or not found.sender.address or is_ours(found.sender.address):
        return None
    return None if found.sender.address.lower() == parsed.sender.address.lower() else found


def as_from(parsed: Parsed, inner: Inner) -> Parsed:
    """The letter as if it had come from whoever wrote it. Its ids are what later letters name."""
    return replace(
        parsed,
        sender=inner.sender,
        reply_to=None,
        subject=inner.subject or parsed.subject,
        date=inner.date or parsed.date,
        text=inner.text,
        fresh=inner.text,
        html=inner.html,
        attachments=inner.attachments,
        in_reply_to="",
        references=inner.ids,
    )


def _attached(parsed: Parsed) -> Inner | None:
    enclosed = [each for each in parsed.attachments if each.content_type == "message/rfc822"]
    if len(enclosed) != 1:
        return None
    inside = parse(enclosed[0].content)
    if inside.trouble or not inside.sender.address:
        return None
    return Inner(
        sender=inside.sender,
        subject=inside.subject,
        date=inside.date,
        text=inside.text,
        html=inside.html,
        above=_apart_from(inside.text.strip(), parsed.text.strip()),
        attachments=inside.attachments,
        ids=[each for each in [*inside.references, inside.message_id] if each],
    )


def _apart_from(inside: str, text: str) -> str:
    """The forwarder's own words; a message without any was read out of what it encloses."""
    return "" if inside and text.endswith(inside) else text


def _below(parsed: Parsed) -> Inner | None:
    """Written into the text, under a block of header lines in whatever language."""
    lines = parsed.text.splitlines()
    for number, line in enumerate(lines[:MOST_LINES]):
        found = FROM_LINE.fullmatch(line[:LONGEST_LINE])
        if found and (block := _block(lines[number + 1 :])):
            when, subject, rest = block
            if not (is_forward(parsed.subject) or _is_marked(lines[:number])):
                return None
            return Inner(
                sender=_person(found[1]),
                subject=subject,
                date=headers.moment(when),
                text="\n".join(rest).strip(),
                above=_above(lines[:number]),
                attachments=parsed.attachments,
            )
    return None


def _block(lines: list[str]) -> tuple[str, str, list[str]] | None:
    """When, what about, and the lines that follow; None when it is no block of header lines."""
    when = subject = ""
    seen = 0
    for number, line in enumerate(lines[:LONGEST_BLOCK]):
        found = OTHER_LINE.fullmatch(line[:LONGEST_LINE])
        if not found:
            return (when, subject, lines[number:]) if seen else None
        seen += bool(found[1] or found[2])
        when = when or (found[3] if found[1] else "")
        subject = subject or (found[3] if found[2] else "")
    return (when, subject, lines[LONGEST_BLOCK:]) if seen else None


def _person(written: str) -> Mailbox:
    people = headers.people(MAILTO.sub(r"<\1>", written.strip(" *_")))
    return people[0] if people else headers.NOBODY


def _is_marked(above: list[str]) -> bool:
    """A line of dashes or stars stands right above: «---------- Forwarded message ---------»."""
    last = next((line.strip(" >") for line in reversed(above) if line.strip(" >")), "")
    return last.startswith(("--", "__", "==", "**"))


def _above(lines: list[str]) -> str:
    while lines and (not lines[-1].strip() or _is_marked(lines[-1:])):
        lines = lines[:-1]
    return "\n".join(lines).strip()
