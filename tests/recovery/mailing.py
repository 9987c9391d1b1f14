"""Mails of the tests: from the customer, from one of us, from anybody."""

from __future__ import annotations

from email.message import EmailMessage
from itertools import count

from amends.mailroom.letter import Letter
from amends.mailroom.post import Post
from amends.recovery import intake
from tests import cast
from tests.mailroom.sealing import rsa, seal

NUMBERS = count(1)
ROBERT = "Robert Finch <robert@finch.example>"
EVE = "Eve <eve@stranger.example>"


def mail(body: str = cast.STORY, *, to: str = "desk@amends.test", **headers: str) -> bytes:
    message = EmailMessage()
    message["From"] = headers.pop("sender", ROBERT)
    message["To"] = to
    message["Subject"] = headers.pop("subject", "My breakfast")
    message_id = headers.pop("message_id", f"<{next(NUMBERS)}@mail.example>")
    if message_id:
        message["Message-ID"] = message_id
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(body)
    return message.as_bytes()


def of(person) -> str:
    return f"{person.name} <{person.email}>"


def sealed(raw: bytes, domain: str = "larder.example") -> bytes:
    """Signed by the domain of the people who work here."""
    return seal(raw, rsa(), domain=domain)


def take_in(raw: bytes, *recipients: str, **more: str) -> Post:
    told = {"sender": "someone@mail.example", **more}
    return intake.take_in(raw, way="smtp", recipients=recipients or ("desk@amends.test",), **told)


def arrive(*recipients: str, **more: str) -> Letter:
    """A mail comes in; the letter it became."""
    return take_in(
        mail(**({"to": recipients[0]} if recipients else {}), **more), *recipients
    ).letter
