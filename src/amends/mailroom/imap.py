"""A conversation with an IMAP server, in the words of `fetching.py`.

Nothing is believed of the server but what it sends: sizes are asked first, parts are bounded, every
command has its time.
"""

from __future__ import annotations

import socket
import ssl
import tempfile
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError

from amends.mailroom.mailbox import Auth, Security
from amends.mailroom.refusal import NotLetIn, NotThis, NoWay, in_words, said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date, datetime

    from amends.mailroom.mailbox import Mailbox

CONNECTING, READING = 20.0, 60.0  # seconds in which something must come
PIECE = 512 * 1024
SMALL = 256 * 1024  # fetched many at once
LONGEST_HEAD = 64 * 1024
SLICE = 1.0  # seconds between two looks at whether we are to stop
IDLE_FOR = 8 * 60.0  # servers hang up on longer silence


class Known(NamedTuple):
    """What is asked of a message before it is fetched."""

    uid: int
    size: int
    came_at: datetime | None


class Opened(NamedTuple):
    uid_validity: int
    next_uid: int


class Conversation:
    """One connection, signed in, with one folder open at a time."""

    def __init__(self, client: IMAPClient, *, of: Mailbox) -> None:
        self.client, self.of = client, of
        self.overrun, self.told = False, 0

    # Finding ----------------------------------------------------------------------------------

    def open(self, folder: str) -> Opened:
        with self.within(READING):
            try:
                found = self.client.select_folder(folder)
            except IMAPClientAbortError:
                raise
            except IMAPClientError as no:
                raise NoWay(f"There is no folder “{folder}” that can be opened: {said(no)}") from no
        self.told = len(self.client._imap.untagged_responses.get("EXISTS", ()))
        validity = int(found.get(b"UIDVALIDITY", 0))
        return Opened(validity, int(found.get(b"UIDNEXT", 0)) or self._last() + 1)

    def since(self, day: date) -> list[int]:
        """What came on this day or later, as the server counts days."""
        with self.within(READING * 5):
            return sorted(self.client.search(["SINCE", day]))

    def after(self, uid: int) -> list[int]:
        """The messages that came after this one, the oldest first. A server asked for «from here to
        the last» always names the last, even when it is older."""
        with self.within(READING * 5):
            found = self.client.search(["UID", f"{uid + 1}:*"])
        return sorted(each for each in found if each > uid)

    def known(self, uids: Sequence[int]) -> list[Known]:
        """What is still there, with its size."""
        with self.within(READING * 5):
            told = self.client.fetch(uids, ["RFC822.SIZE", "INTERNALDATE"])
        return [
            Known(uid, int(told[uid].get(b"RFC822.SIZE", 0)), told[uid].get(b"INTERNALDATE"))
            for uid in uids
            if uid in told
        ]

    # Fetching ---------------------------------------------------------------------------------

    def small(self, uids: Sequence[int]) -> dict[int, bytes]:
        """Several at once. One that turns out larger than it said is fetched to its end."""
        found = self._pieces(uids, start=0, length=SMALL, seconds=READING * 3)
        return {
            uid: raw if len(raw) < SMALL else self.large(uid, limit=None, begun=raw)
            for uid, raw in found.items()
        }

    def large(self, uid: int, *, limit: int | None, begun: bytes = b"") -> bytes:
        """Piece by piece, by way of the disk, and never more than `limit`."""
        until = time.monotonic() + READING * 10
        with tempfile.SpooledTemporaryFile(max_size=PIECE) as whole:
            whole.write(begun)
            while limit is None or whole.tell() <= limit:
                found = self._pieces([uid], start=whole.tell(), length=PIECE, seconds=READING * 2)
                piece = found.get(uid, b"")
                whole.write(piece)
                if len(piece) < PIECE:
                    whole.seek(0)
                    return whole.read()
                if time.monotonic() > until:
                    raise NotThis("It takes too long to come.")
        raise NotThis("It is larger than the server said.")

    def head(self, uid: int) -> bytes:
        """The beginning of its heading, enough to know whom it is from and what it answers."""
        with self.within(READING), self._about(uid):
            told = self.client.fetch([uid], [f"BODY.PEEK[HEADER]<0.{LONGEST_HEAD}>"])
        return next((part for part in told.get(uid, {}).values() if isinstance(part, bytes)), b"")

    def _pieces(
        self, uids: Sequence[int], *, start: int, length: int, seconds: float
    ) -> dict[int, bytes]:
        with self.within(seconds), self._about(*uids):
            told = self.client.fetch(uids, [f"BODY.PEEK[]<{start}.{length}>"])
        named = f"BODY[]<{start}>".encode()
        return {uid: told[uid].get(named) or b"" for uid in uids if uid in told}

    # Afterwards -------------------------------------------------------------------------------

    def mark(self, uids: Sequence[int]) -> None:
        with self.within(READING), self._about(*uids):
            self.client.add_flags(uids, [b"\\Seen"], silent=True)

    def move(self, uids: Sequence[int], folder: str) -> None:
        """Where the server cannot move, copied and then marked as deleted; others' deleted messages
        are never swept away with ours."""
        with self.within(READING * 3), self._about(*uids):
            if not self.client.folder_exists(folder):
                self.client.create_folder(folder)
            if self.client.has_capability("MOVE"):
                self.client.move(uids, folder)
                return
            self.client.copy(uids, folder)
            self.client.add_flags(uids, [b"\\Deleted"], silent=True)
            if self.client.has_capability("UIDPLUS"):
                self.client.uid_expunge(uids)

    # Waiting ----------------------------------------------------------------------------------

    def wait(self, seconds: float, *, going: Callable[[], bool]) -> None:
        """Until something came, `seconds` are over, or we are not to go on."""
        if not self.client.has_capability("IDLE"):
            until = time.monotonic() + seconds
            while going() and time.monotonic() < until:
                time.sleep(min(SLICE, seconds))
            return
        with self.within(IDLE_FOR + READING):
            if self._has_news:
                return
            self._begin_idle()
            if not (self._has_news or self._lies_unread()):
                self._idle(min(seconds, IDLE_FOR), going)
            self.client.idle_done()

    @property
    def _has_news(self) -> bool:
        """New mail is told once, also in the middle of an answer to something else."""
        return len(self.client._imap.untagged_responses.get("EXISTS", ())) > self.told

    def _begin_idle(self) -> None:
        """As the library does, but a server may tell of new mail before it says that it waits."""
        inner = self.client._imap
        self.client._idle_tag = tag = inner._command("IDLE")
        while inner._get_response() is not None:
            if inner.tagged_commands[tag] is not None:
                raise NoWay("The server does not wait for new mail with us.")

    def _lies_unread(self) -> bool:
        """What came in one piece with the answer before: whoever watches the socket does not see it."""
        line = self.client.socket()
        patience = line.gettimeout()
        line.setblocking(False)
        try:
            return bool(self.client._imap.file.peek(1))
        except OSError:
            return False
        finally:
            line.settimeout(patience)

    def _idle(self, seconds: float, going: Callable[[], bool]) -> None:
        until = time.monotonic() + seconds
        while going() and time.monotonic() < until:
            asked = time.monotonic()
            told = self.client.idle_check(SLICE)
            if any(len(line) > 1 and line[1] in (b"EXISTS", b"RECENT") for line in told):
                return
            if not told and time.monotonic() - asked < SLICE / 2:
                return  # hung up: the next command says so

    # Ending -----------------------------------------------------------------------------------

    def close(self) -> None:
        with suppress(Exception):
            self.client.socket().settimeout(2)
            self.client.logout()
        with suppress(Exception):
            self.client.shutdown()

    def hang_up(self) -> None:
        """From another thread: whatever waits for the server waits no longer."""
        self.overrun = True
        with suppress(OSError):
            self.client.socket().shutdown(socket.SHUT_RDWR)

    def _last(self) -> int:
        return max(self.client.search(["UID", "*"]), default=0)

    @contextmanager
    def _about(self, *uids: int) -> Iterator[None]:
        """A refusal is about these messages, while the conversation goes on."""
        try:
            yield
        except IMAPClientAbortError:
            raise
        except IMAPClientError as no:
            raise NotThis(f"The server says no: {said(no)}") from no
        except (ValueError, AttributeError, IndexError, TypeError) as odd:
            raise NotThis("The server's answer cannot be understood.") from odd

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """A server that sends one byte a minute is as silent as one that sends none."""
        watch = threading.Timer(seconds, self.hang_up)
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()


@contextmanager
def conversation(mailbox: Mailbox, *, secret: str) -> Iterator[Conversation]:
    """Connected and signed in; every failure inside is a NoWay that never repeats the secret."""
    talk: Conversation | None = None
    try:
        talk = Conversation(_connect(mailbox), of=mailbox)
        with talk.within(READING):
            _sign_in(talk.client, mailbox, secret)
        yield talk
    except (OSError, IMAPClientError) as trouble:
        words = in_words(trouble, mailbox, overrun=bool(talk and talk.overrun))
        kind = NotLetIn if isinstance(trouble, LoginError) else NoWay
        raise kind(words.replace(secret, "…") if secret else words) from None
    finally:
        if talk is not None:
            talk.close()


def _connect(mailbox: Mailbox) -> IMAPClient:
    client = IMAPClient(
        mailbox.host,
        port=mailbox.port,
        ssl=mailbox.security == Security.TLS,
        ssl_context=ssl.create_default_context(),
        timeout=SocketTimeout(CONNECTING, READING),
    )
    client._imap.debug = 0  # it would write every line, and passwords, for a log that nobody reads
    client.normalise_times = False
    if mailbox.security == Security.STARTTLS:
        client.starttls(ssl.create_default_context())
    return client


def _sign_in(client: IMAPClient, mailbox: Mailbox, secret: str) -> None:
    if mailbox.auth == Auth.PASSWORD and secret.isascii() and mailbox.login.isascii():
        client.login(mailbox.login, secret)
    elif mailbox.auth == Auth.PASSWORD:  # LOGIN knows no letters beyond ASCII
        client.plain_login(mailbox.login, secret)
    else:
        client.oauth2_login(mailbox.login, secret)
