"""Why a mail server does not let us go on, in words for people."""

from __future__ import annotations

import socket
import ssl
from typing import TYPE_CHECKING, Any

from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError

if TYPE_CHECKING:
    from amends.mailroom.mailbox import Mailbox


class NoWay(Exception):
    """The mailbox cannot be read now; the message says why, to whoever set it up."""


class NotLetIn(NoWay):
    """The server does not accept who we say we are. Asking again would lock us out."""


class NotThis(Exception):
    """The server answers, and does not hand over this one message."""


REASONS: tuple[tuple[type[Exception], str], ...] = (
    (socket.gaierror, "There is no server named {host}."),
    (ssl.SSLCertVerificationError, "The certificate of {host} cannot be trusted: {why}."),
    (ssl.SSLError, "{host} does not speak TLS at port {port} as expected: {why}."),
    (ConnectionRefusedError, "{host} does not answer at port {port}."),
    (TimeoutError, "{host} did not answer in time."),
    (LoginError, "{host} does not let {login} in: {why}"),
    (IMAPClientAbortError, "{host} broke off: {why}"),
    (IMAPClientError, "{host} says no: {why}"),
)


def in_words(trouble: Exception, mailbox: Mailbox, *, overrun: bool) -> str:
    if overrun:
        trouble = TimeoutError()
    words = next((each for kind, each in REASONS if isinstance(trouble, kind)), "{host}: {why}")
    why = getattr(trouble, "verify_message", "") or said(trouble)
    named: dict[str, Any] = {"host": mailbox.host, "port": mailbox.port, "login": mailbox.login}
    return words.format(why=why, **named)


def said(trouble: Exception) -> str:
    """What the server said, without Python's marks around it."""
    words = str(trouble).strip()
    if words.startswith(("b'", 'b"')):
        words = words[2:-1]
    return words[:300] or type(trouble).__name__
