"""The way letters leave. What a mail server said, or left unsaid, becomes one of three errors."""

from __future__ import annotations

import re
import smtplib
import ssl
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from amends.mailroom.composing import Envelope

PATIENCE = 60  # seconds for each answer of the server


class NotNow(Exception):
    """Refused for the moment, or nobody there; nothing was taken. Try again later."""


class ServerAway(NotNow):
    """The server as a whole cannot be used now; other letters need not be tried."""


class Refused(Exception):
    """Refused for good; trying again would not help."""


class Silence(Exception):
    """The letter was handed over and no answer came: it may have arrived."""


class MailServer(Protocol):
    """Where AMENDS_MAIL_URL points."""

    @property
    def scheme(self) -> str: ...
    @property
    def host(self) -> str: ...
    @property
    def port(self) -> int: ...
    @property
    def user(self) -> str: ...
    @property
    def password(self) -> str: ...


class Route(Protocol):
    def hand_over(self, envelope: Envelope) -> None: ...

    def close(self) -> None: ...


def route_to(server: MailServer) -> Route:
    return {"keep": Kept, "console": Printed}.get(server.scheme, lambda: SmtpRoute(server))()


class Kept:
    """The demo: letters are read on a page here and go nowhere."""

    def hand_over(self, envelope: Envelope) -> None:
        pass

    def close(self) -> None:
        pass


class Printed(Kept):
    """For trying things at a terminal."""

    def hand_over(self, envelope: Envelope) -> None:
        sys.stdout.write(envelope.content.decode("utf-8", "replace"))


class SmtpRoute:
    """One connection, opened with the first letter and used for all that follow."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._open: smtplib.SMTP | None = None

    def hand_over(self, envelope: Envelope) -> None:
        smtp = self._connected()
        try:
            self._announce(smtp, envelope)
            code, answer = smtp.docmd("DATA")
            if code != 354:
                raise _no(code, answer)
        except (OSError, smtplib.SMTPException) as trouble:
            self.close()
            raise NotNow(str(trouble)) from trouble
        self._give(smtp, envelope.content)

    def close(self) -> None:
        smtp, self._open = self._open, None
        if smtp is not None:
            with suppress(OSError, smtplib.SMTPException):
                smtp.quit()
            smtp.close()

    def _connected(self) -> smtplib.SMTP:
        if self._open is None:
            try:
                self._open = self._connect()
            except (OSError, smtplib.SMTPException) as trouble:
                raise ServerAway(str(trouble)) from trouble
        return self._open

    def _connect(self) -> smtplib.SMTP:
        server = self._server
        safe = ssl.create_default_context()
        smtp: smtplib.SMTP
        if server.scheme == "smtps":
            smtp = smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE, context=safe)
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
        try:
            if server.scheme == "smtp+starttls":
                smtp.starttls(context=safe)
            smtp.ehlo_or_helo_if_needed()
            if server.user:
                smtp.login(server.user, server.password)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _announce(self, smtp: smtplib.SMTP, envelope: Envelope) -> None:
        options = _options(smtp, envelope)
        code, answer = smtp.mail(envelope.sender, options)
        if code >= 500 and not envelope.sender:  # some providers take no empty sender
            code, answer = smtp.mail(envelope.author, options)
        if code == 250:
            code, answer = smtp.rcpt(envelope.recipient)
        if code not in (250, 251):
            self._start_again(smtp)
            raise _no(code, answer)

    def _start_again(self, smtp: smtplib.SMTP) -> None:
        """Clear the refused envelope, or drop a connection that no longer answers."""
        try:
            smtp.rset()
        except (OSError, smtplib.SMTPException):
            self.close()

    def _give(self, smtp: smtplib.SMTP, content: bytes) -> None:
        """From the first byte on the server may have the letter, whatever happens next."""
        dotted = re.sub(rb"(?m)^\.", b"..", content)
        try:
            smtp.send(dotted.removesuffix(b"\r\n") + b"\r\n.\r\n")
            code, answer = smtp.getreply()
        except (OSError, smtplib.SMTPException) as trouble:
            self.close()
            raise Silence(str(trouble)) from trouble
        if 400 <= code < 600:
            self._start_again(smtp)
            raise _no(code, answer)
        if not 200 <= code < 300:
            self.close()
            raise Silence(f"An answer that means nothing: {code} {answer[:200]!r}")


def _options(smtp: smtplib.SMTP, envelope: Envelope) -> list[str]:
    if envelope.recipient.isascii():
        return []
    if not smtp.has_extn("smtputf8"):
        raise Refused("The mail server cannot send to addresses beyond plain letters.")
    return ["SMTPUTF8", "BODY=8BITMIME"]


def _no(code: int, answer: bytes) -> Exception:
    words = f"{code} {answer.decode('utf-8', 'replace')}"[:500]
    if code == 421:
        return ServerAway(words)
    return Refused(words) if 500 <= code < 600 else NotNow(words)
