"""Readers of mailboxes: a thread for each, started and ended as the settings say, one holder in all."""

from __future__ import annotations

import os
import random
import secrets
import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
from django.db import DatabaseError, close_old_connections, connections

from amends.kit.clock import now
from amends.kit.sealing import Broken
from amends.mailroom import oauth
from amends.mailroom.mailbox import Auth, LostHold, Mailbox
from amends.mailroom.stuck import Stuck

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from amends.mailroom.fetching import Deliver
    from amends.mailroom.imap import Conversation

log = structlog.get_logger(__name__)
LOOK = 2.0  # seconds between two looks at the settings
POLL = 30.0  # where the server does not tell of new mail
AT_LEAST = 300.0  # and where it says that it does
SIGN_OF_LIFE = 15.0
RENEWAL = 120.0  # between two tries to renew a token, and long before the old one ends
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 300.0
NOT_LET_IN_PAUSE = 120.0  # servers lock out whoever knocks too often
UNREADABLE = "The secret key has changed, so the password cannot be read. Please enter it again."


class Ended(Exception):
    """This reader is not to go on."""


@dataclass
class Reader:
    """Reads one mailbox until it is told to end."""

    pk: int
    changed_at: datetime
    deliver: Deliver
    thread: threading.Thread | None = None
    ended: threading.Event = field(default_factory=threading.Event)
    name: str = field(default_factory=lambda: _who())

    def start(self) -> None:
        self.thread = threading.Thread(target=self._run, name=f"mailbox {self.pk}", daemon=True)
        self.thread.start()

    def _run(self) -> None:
        pause = FIRST_PAUSE
        while not self.ended.is_set():
            began = time.monotonic()
            least = self._read_once()
            lived = time.monotonic() - began > 60
            calm = lived or least is None
            pause = FIRST_PAUSE if calm else min(LONGEST_PAUSE, pause * 2)
            self.ended.wait(max(least or 0.0, pause) * random.uniform(0.8, 1.2))  # noqa: S311
        connections.close_all()

    def _read_once(self) -> float | None:
        """Until something goes wrong; how long to wait at least before the next time. None while
        somebody else reads it: then we are there soon after they end."""
        close_old_connections()
        try:
            mailbox = Mailbox.objects.on().filter(pk=self.pk).first()
            if mailbox is None:
                return None
            before = mailbox.held_by
            if not mailbox.hold(self.name, died=before if has_died(before) else ""):
                return None
            try:
                return self._read(mailbox)
            finally:
                mailbox.let_go(self.name)
        except DatabaseError:
            log.exception("a mailbox could not be looked after", mailbox=self.pk)
            connections.close_all()
        return FIRST_PAUSE

    def _read(self, mailbox: Mailbox) -> float:
        from amends.mailroom.fetching import NotStored
        from amends.mailroom.imap import conversation
        from amends.mailroom.refusal import NotLetIn, NotThis, NoWay

        try:
            with conversation(mailbox, secret=_secret(mailbox)) as talk:
                self._stay(mailbox, talk)
        except (Ended, LostHold):
            return 0.0
        except (NotLetIn, oauth.SignedOut) as trouble:
            mailbox.stumble(str(trouble))
            return NOT_LET_IN_PAUSE
        except (NoWay, NotThis, NotStored, oauth.NotNow) as trouble:
            mailbox.stumble(str(trouble))
        except DatabaseError:
            raise
        except Exception as trouble:  # a server may answer anything at all
            log.exception("reading a mailbox failed", mailbox=mailbox.ref)
            mailbox.stumble(f"Reading it failed: {type(trouble).__name__}.")
        return FIRST_PAUSE

    def _stay(self, mailbox: Mailbox, talk: Conversation) -> None:
        from amends.mailroom.fetching import Round, Taker

        taker = Taker(self.deliver)
        try:
            while not self.ended.is_set():
                Round(mailbox, talk, taker, self._goes_on).look()
                mailbox.went_well()
                self._wait(mailbox, talk)
        finally:
            taker.close()

    def _wait(self, mailbox: Mailbox, talk: Conversation) -> None:
        """For new mail; with a sign of life now and then, and tokens renewed in time."""
        told = renewed = time.monotonic()

        def going() -> bool:
            nonlocal told, renewed
            at = time.monotonic()
            if at - told >= SIGN_OF_LIFE:
                told = at
                mailbox.keep_hold()
            if at - renewed >= RENEWAL and oauth.is_due(mailbox):
                renewed = at
                with suppress(oauth.NotNow, oauth.SignedOut):
                    oauth.fresh_token(mailbox)
            return not self.ended.is_set()

        longest = AT_LEAST if talk.client.has_capability("IDLE") else POLL
        talk.wait(min(longest, until_stuck(mailbox)), going=going)

    def _goes_on(self) -> bool:
        return not self.ended.is_set()


def until_stuck(mailbox: Mailbox) -> float:
    """Seconds until a message that could not be taken is due to be tried again: no server tells of it."""
    first = Stuck.objects.waiting(mailbox).order_by("next_at").first()
    return max((first.next_at - now()).total_seconds(), 1.0) if first else inf


@dataclass
class Readers:
    """All readers of this process, as the settings want them."""

    deliver: Deliver
    running: dict[int, Reader] = field(default_factory=dict)

    def look(self) -> None:
        """Start what is new, end what was stopped, begin afresh what was changed or has died."""
        wanted = dict(Mailbox.objects.to_read().values_list("pk", "changed_at"))
        for pk, reader in list(self.running.items()):
            is_alive = reader.thread is not None and reader.thread.is_alive()
            if wanted.get(pk) != reader.changed_at or not is_alive:
                reader.ended.set()
                del self.running[pk]
        for pk, changed_at in wanted.items():
            if pk not in self.running:
                self.running[pk] = Reader(pk, changed_at, self.deliver)
                self.running[pk].start()

    def end(self, *, patience: float = 8.0) -> None:
        until = time.monotonic() + patience
        for reader in self.running.values():
            reader.ended.set()
        for reader in self.running.values():
            if reader.thread is not None:
                reader.thread.join(max(0.0, until - time.monotonic()))
        self.running.clear()


def tend(
    deliver: Deliver, *, stop: threading.Event, alive: Callable[[], None] = lambda: None
) -> None:
    """Until `stop` is set. A mailbox added in the settings is read without a new start."""
    readers = Readers(deliver)
    while not stop.is_set():
        close_old_connections()
        try:
            readers.look()
            alive()
        except DatabaseError:
            log.exception("the settings of mailboxes could not be read")
            connections.close_all()
        stop.wait(LOOK)
    readers.end()
    connections.close_all()


def _secret(mailbox: Mailbox) -> str:
    if mailbox.auth != Auth.PASSWORD:
        return oauth.fresh_token(mailbox)
    try:
        return mailbox.password
    except Broken:
        raise oauth.SignedOut(UNREADABLE) from None


def _who() -> str:
    return f"{_here()} {os.getpid()} {secrets.token_hex(6)}"


def has_died(holder: str) -> bool:
    """Whether that was a process of this machine which runs no longer; of other machines, and of
    other containers of this one, we cannot know."""
    where, _, rest = holder.partition(" ")
    number = rest.partition(" ")[0]
    if where != _here() or "/" not in where or not number.isdecimal():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _here() -> str:
    """This machine since it was started, and the set of processes that see each other in it."""
    name = socket.gethostname()[:20].replace(" ", "-")
    try:
        booted = Path("/proc/sys/kernel/random/boot_id").read_text()[:8]
        return f"{name}/{booted}/{Path('/proc/self/ns/pid').readlink().name[5:-1]}"
    except OSError:  # no Linux: the hold runs out by itself
        return name
