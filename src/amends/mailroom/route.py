"""The way letters leave. What a mail server said, or left unsaid, becomes one of a few errors."""

from __future__ import annotations

import re
import smtplib
import ssl
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple, Protocol

from amends.mailroom.composing import as_sent

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from amends.mailroom.composing import Envelope

PATIENCE = 60  # seconds for each answer of the server
TOO_FAST = re.compile(
    r"4\.7\.28|\brate\b|too (many|fast|much)(?! recipients)|throttl|slow(er)? down"
    r"|(sending|daily|hourly|message) (quota|limit)",
    re.IGNORECASE,
)
# They want a login or encryption, or take us for a stranger: that is no fault of the letter.
NO_ENTRY = {530, 534, 535, 538}
STRANGERS = re.compile(
    r"relay(ing)? (access )?(is )?(denied|not|prohibited)|unable to relay", re.IGNORECASE
)
NOT_US = re.compile(r"gr[ae]y.?list|\b4\.2\.\d", re.IGNORECASE)  # their waiting list, or a full box
SES = re.compile(r"email-smtp\.([a-z0-9-]+)\.amazonaws\.com", re.IGNORECASE)
AN_ID = re.compile(r"<[^<>\s\"]{3,250}@[^<>\s\"]{1,250}>")
SES_ID = re.compile(r"\b[Oo]k ([0-9a-f]{8,}[0-9a-f-]{10,60})\b")


class NotNow(Exception):
    """Refused for the moment, or nobody there; nothing was taken. Try again later."""


class ServerAway(NotNow):
    """The server as a whole cannot be used now; other letters need not be tried."""


class Dropped(ServerAway):
    """The line broke before anything was given away."""


class WrongLogin(ServerAway):
    """The server does not let us in; somebody must look, and knocking on would make it worse."""


class Slower(ServerAway):
    """The server is there and asks us to wait: nothing more goes out for a while."""


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


class Receipt(NamedTuple):
    """What became of an envelope that was taken. Whoever is named in neither has the letter."""

    taken_as: str = ""
    provider_id: str = ""
    refused: dict[str, str] = {}
    later: dict[str, str] = {}


class Route(Protocol):
    def ready(self) -> None:
        """Raises ServerAway when no letter need be tried."""

    def hand_over(self, envelope: Envelope, begins: Callable[[], None]) -> Receipt:
        """`begins` is called when the next word would give the letter away; it may refuse."""

    def close(self) -> None: ...


def route_to(server: MailServer) -> Route:
    return {"keep": Kept, "console": Printed}.get(server.scheme, lambda: SmtpRoute(server))()


class Kept:
    """The demo: letters are read on a page here and go nowhere."""

    def ready(self) -> None:
        pass

    def hand_over(self, envelope: Envelope, begins: Callable[[], None]) -> Receipt:
        return Receipt()

    def close(self) -> None:
        pass


class Printed(Kept):
    """For trying things at a terminal."""

    def hand_over(self, envelope: Envelope, begins: Callable[[], None]) -> Receipt:
        sys.stdout.write(envelope.content.decode("utf-8", "replace"))
        return Receipt()


class SmtpRoute:
    """One connection, opened with the first letter and used for all that follow."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._open: smtplib.SMTP | None = None

    def ready(self) -> None:
        self._connected()

    def hand_over(self, envelope: Envelope, begins: Callable[[], None]) -> Receipt:
        smtp = self._connected()
        try:
            refused, later = self._announce(smtp, envelope)
            self._begin(smtp, begins)
            code, answer = smtp.docmd("DATA")
            if code != 354:
                raise _no(code, answer)
        except (OSError, smtplib.SMTPException) as trouble:
            self.close()
            raise Dropped(f"The line broke: {trouble}") from trouble
        said = self._give(smtp, envelope.content)
        return Receipt(said, provider_id_in(said, self._server.host), refused, later)

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
            except smtplib.SMTPAuthenticationError as no:
                raise _no_entry(no) from no
            except smtplib.SMTPConnectError as no:
                raise _not_now(_said(no)) from no
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

    def _announce(
        self, smtp: smtplib.SMTP, envelope: Envelope
    ) -> tuple[dict[str, str], dict[str, str]]:
        """Whom the server will not take it for, for good and for now; one taken is enough."""
        options = _options(smtp, envelope)
        code, answer = smtp.mail(envelope.sender, options)
        if code >= 500 and not envelope.sender:  # some providers take no empty sender
            code, answer = smtp.mail(envelope.author, options)
        if code != 250:
            self._start_again(smtp)
            raise _no(code, answer)
        return self._name(smtp, envelope.recipients)

    def _name(
        self, smtp: smtplib.SMTP, recipients: Sequence[str]
    ) -> tuple[dict[str, str], dict[str, str]]:
        said = {each: smtp.rcpt(as_sent(each)) for each in recipients}
        nos = {each: _no(*told) for each, told in said.items() if told[0] not in (250, 251)}
        server_wide = next((no for no in nos.values() if isinstance(no, ServerAway)), None)
        if server_wide or len(nos) == len(said):
            self._start_again(smtp)
            for_now = (no for no in nos.values() if isinstance(no, NotNow))
            raise server_wide or next(for_now, None) or next(iter(nos.values()))
        refused = {each: str(no) for each, no in nos.items() if isinstance(no, Refused)}
        return refused, {each: str(no) for each, no in nos.items() if each not in refused}

    def _begin(self, smtp: smtplib.SMTP, begins: Callable[[], None]) -> None:
        try:
            begins()
        except BaseException:
            self._start_again(smtp)
            raise

    def _start_again(self, smtp: smtplib.SMTP) -> None:
        """Clear the refused envelope, or drop a connection that no longer answers."""
        try:
            smtp.rset()
        except (OSError, smtplib.SMTPException):
            self.close()

    def _give(self, smtp: smtplib.SMTP, content: bytes) -> str:
        """What the server said when it took it. From the first byte on the server may have the letter, whatever happens next."""
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
        return _words(code, answer)


def provider_id_in(said: str, host: str) -> str:
    """The Message-ID that the provider put in place of ours, if its answer tells: some write it
    out; Amazon names only the part before the @, and the rest follows from the region."""
    if written_out := AN_ID.search(said):
        return written_out[0][:255]
    region, left = SES.fullmatch(host), SES_ID.search(said)
    if not region or not left:
        return ""
    domain = "email" if region[1] == "us-east-1" else region[1]
    return f"<{left[1]}@{domain}.amazonses.com>"


def _options(smtp: smtplib.SMTP, envelope: Envelope) -> list[str]:
    if all(as_sent(each).isascii() for each in envelope.recipients):
        return []
    if not smtp.has_extn("smtputf8"):
        raise Refused("The mail server cannot send to addresses beyond plain letters.")
    return ["SMTPUTF8", "BODY=8BITMIME"]


def _no(code: int, answer: bytes) -> Exception:
    words = _words(code, answer)
    if code in NO_ENTRY or (code >= 500 and STRANGERS.search(words)):
        return WrongLogin(words)
    if 500 <= code < 600:
        return Refused(words)
    return _not_now(words) if code == 421 or _is_too_fast(words) else NotNow(words)


def _not_now(words: str) -> ServerAway:
    return Slower(words) if _is_too_fast(words) else ServerAway(words)


def _is_too_fast(words: str) -> bool:
    return TOO_FAST.search(words) is not None and NOT_US.search(words) is None


def _no_entry(no: smtplib.SMTPAuthenticationError) -> ServerAway:
    return WrongLogin(_said(no)) if no.smtp_code >= 500 else _not_now(_said(no))


def _said(no: smtplib.SMTPResponseException) -> str:
    answer = no.smtp_error
    return _words(no.smtp_code, answer if isinstance(answer, bytes) else str(answer).encode())


def _words(code: int, answer: bytes) -> str:
    return f"{code} {answer.decode('utf-8', 'replace')}"[:500]
