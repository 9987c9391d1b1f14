"""Post by SMTP or LMTP: taken only once it is stored for good, refused only for its address or size."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Protocol

import structlog
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, syntax
from django.db import close_old_connections, connections

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Sequence

    from aiosmtpd.smtp import Envelope, Session

log = structlog.get_logger(__name__)
MEGABYTE = 1024 * 1024
MOST_RECIPIENTS = 100
MOST_CONNECTIONS = 200
ROOM_FOR = 5  # of the largest messages we take: so many bytes of all messages are held at once
QUIET = 300  # seconds after which a silent connection is closed
TAKEN = "250 2.0.0 Stored"
LATER = "451 4.3.0 Not now, please try again"
TOO_LARGE = "552 5.3.4 The message is too large"
NO_ROOM = "452 4.3.1 Too much at once, please try again"
TOO_MANY = "452 4.5.3 Too many recipients"
NOT_HERE = "550 5.1.1 Nobody here has this address"


class Deliver(Protocol):
    """Returns once the message is stored for good; whatever it raises, the sender tries again."""

    def __call__(
        self, raw: bytes, *, way: str, sender: str, recipients: Sequence[str], peer: str
    ) -> object: ...


@dataclass(frozen=True, kw_only=True)
class Reception:
    """Who is let in, and to whom the post is passed on."""

    deliver: Deliver
    accepts: Callable[[str], bool]
    way: str
    pool: ThreadPoolExecutor

    async def handle_RCPT(  # noqa: N802 - the name aiosmtpd asks for
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return TOO_MANY
        try:
            known = await self._in_thread(self.accepts, address)
        except Exception:
            log.exception("recipient could not be checked")
            return LATER
        if not known:
            return NOT_HERE
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        try:
            await self._in_thread(self._pass_on, session, envelope)
            answer = TAKEN
        except Exception:
            log.exception("post could not be stored", way=self.way)
            answer = LATER
        return self.to_each(answer, envelope)

    def to_each(self, answer: str, envelope: Envelope) -> str:
        """LMTP answers for each recipient."""
        return "\r\n".join([answer] * (len(envelope.rcpt_tos) if self.way == "lmtp" else 1))

    def _pass_on(self, session: Session, envelope: Envelope) -> None:
        self.deliver(
            bytes(envelope.original_content or b""),
            way=self.way,
            sender=envelope.mail_from or "",
            recipients=envelope.rcpt_tos,
            peer=str(session.peer[0]) if isinstance(session.peer, tuple) else "",
        )

    async def _in_thread(self, function: Callable[..., Any], *given: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(
            self.pool, _with_fresh_connections, function, *given
        )


class _Limits(SMTP):
    """What a customer's programme may get wrong, and how many may talk to us at once."""

    open_now = 0
    held_by_all = 0  # bytes
    is_counted = False

    def __init__(self, reception: Reception, *, data_size_limit: int, **settings: Any) -> None:
        self.largest, self.held = data_size_limit, 0
        self.line_length_limit = data_size_limit  # one line may be the whole message
        super().__init__(reception, data_size_limit=data_size_limit, **settings)

    def connection_made(self, transport: Any) -> None:
        if not self.is_counted:  # STARTTLS makes the same connection once more
            type(self).open_now += 1
        self.is_counted = True
        super().connection_made(transport)
        if self.open_now > MOST_CONNECTIONS:
            transport.write(b"421 4.3.2 Too many connections, please try again\r\n")
            transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        if self.is_counted:
            type(self).open_now -= 1
        self.is_counted = False
        super().connection_lost(error)

    @syntax("DATA")
    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - the name aiosmtpd asks for
        """As the library does it, but in one stretch of bytes: its list of lines needs five times
        the memory of the message."""
        if await self.check_helo_needed() or await self.check_auth_needed("DATA"):
            return
        assert self.envelope is not None  # who said EHLO has one
        if arg or not self.envelope.rcpt_tos:
            await self.push("501 Syntax: DATA" if arg else "503 Error: need RCPT command")
            return
        await self.push("354 End data with <CR><LF>.<CR><LF>")
        try:
            told = await self._told()
            if isinstance(told, str):
                answer = self.event_handler.to_each(told, self.envelope)
            else:
                self.envelope.content = self.envelope.original_content = told
                answer = await self._call_handler_hook("DATA")
            self._set_post_data_state()  # type: ignore[no-untyped-call]
        finally:
            self._hold(0)
        await self.push(answer)

    async def _told(self) -> bytes | str:
        """The message without the dots that SMTP adds; or why it is not taken, said only when all of
        it was sent."""
        told, refusal, begins = BytesIO(), "", True  # which gives its bytes without a copy
        while True:
            try:
                line = await self._reader.readuntil(b"\r\n")
            except asyncio.LimitOverrunError as overrun:
                line, refusal = await self._reader.read(overrun.consumed), TOO_LARGE
            if begins and line == b".\r\n":
                return refusal or told.getvalue()
            told.write(line[1:] if begins and line.startswith(b".") else line)
            refusal = refusal or self._hold(told.tell())
            if refusal:
                told = BytesIO()
                self._hold(0)
            begins = line.endswith(b"\r\n")

    def _hold(self, size: int) -> str:
        """So many bytes of this message are in memory; the refusal, if that is too much."""
        _Limits.held_by_all += size - self.held
        self.held = size
        if size > self.largest:
            return TOO_LARGE
        return NO_ROOM if size and self.held_by_all > ROOM_FOR * self.largest else ""


class _Smtp(_Limits):
    open_now = 0


class _Lmtp(_Limits, LMTP):
    open_now = 0


def serve(
    deliver: Deliver,
    *,
    accepts: Callable[[str], bool],
    host: str,
    port: int,
    stop: threading.Event,
    lmtp: bool = False,
    size_limit: int = 25 * MEGABYTE,
    hostname: str = "localhost",
    threads: int = 4,
    tls: ssl.SSLContext | None = None,
    ready: Callable[[], None] | None = None,
    alive: Callable[[], None] | None = None,
) -> None:
    """Take post until `stop` is set; what is being delivered then is finished first. `alive` is
    called every second by a thread that passes post on: when all of them hang, it is not."""
    with ThreadPoolExecutor(threads, "post") as pool:
        reception = Reception(
            deliver=deliver, accepts=accepts, way="lmtp" if lmtp else "smtp", pool=pool
        )
        settings = {
            "data_size_limit": size_limit,
            "enable_SMTPUTF8": True,
            "hostname": hostname,
            "ident": "Amends",
            "timeout": QUIET,
            "tls_context": tls,
        }
        asyncio.run(_listen(reception, settings, (host, port), stop, ready, alive))
        _hang_up(pool, threads)


async def _listen(
    reception: Reception,
    settings: dict[str, Any],
    address: tuple[str, int],
    stop: threading.Event,
    ready: Callable[[], None] | None,
    alive: Callable[[], None] | None,
) -> None:
    loop = asyncio.get_running_loop()
    protocol = _Lmtp if reception.way == "lmtp" else _Smtp
    server = await loop.create_server(
        lambda: protocol(reception, loop=loop, **settings), *address, backlog=200
    )
    try:
        if ready:
            ready()
        last = loop.time()
        while not stop.is_set():
            await asyncio.sleep(0.1)
            if alive and loop.time() - last >= 1:
                last = loop.time()
                reception.pool.submit(_say_alive, alive)
    finally:
        server.close()


def _say_alive(alive: Callable[[], None]) -> None:
    try:
        _with_fresh_connections(alive)
    except Exception:
        log.exception("no sign of life could be given")


def _with_fresh_connections(function: Callable[..., Any], *given: Any) -> Any:
    """Threads live long; a connection to the database that broke or aged must not."""
    close_old_connections()
    try:
        return function(*given)
    except Exception:
        connections.close_all()
        raise


def _hang_up(pool: ThreadPoolExecutor, threads: int) -> None:
    """Each thread closes its own connection to the database, for nobody else can."""
    together = threading.Barrier(threads)

    def close() -> None:
        together.wait()
        connections.close_all()

    for _ in range(threads):
        pool.submit(close)
