"""One look into a mailbox: what is new is taken, oldest first; what cannot be taken holds up nobody.

What is being taken is written down before, how far we have come after it is stored for good. Whatever
happens in between, the same messages come again and are known by their bytes.
"""

from __future__ import annotations

import queue
import threading
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Protocol

import structlog
from django.conf import settings
from django.db import close_old_connections, connections

from amends.kit.clock import now
from amends.mailroom.imap import SMALL, Conversation, Known
from amends.mailroom.mailbox import Afterwards, Mailbox
from amends.mailroom.post import came_in
from amends.mailroom.refusal import NotThis
from amends.mailroom.stand_in import spoken, stand_in
from amends.mailroom.stuck import DIED, Stuck

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

log = structlog.get_logger(__name__)
AT_ONCE, MOST_AT_ONCE, WEIGHT_AT_ONCE = 500, 50, 4 * 1024 * 1024
LONGEST = 60.0  # seconds one message may take to be stored and read
NOT_AWAY = "Mail comes in, but cannot be put away afterwards: "
EARLIER = timedelta(hours=1)  # clocks differ: what came shortly before we did is taken too
TOO_LARGE = "This message is larger than the {limit} that are taken, so only its heading came in."
NOT_TAKEN = "This message could not be fetched in {tries} tries, so only its heading came in."
WHERE = " It still lies in the folder “{folder}” of {address}."


class Deliver(Protocol):
    """Returns once the message is stored for good."""

    def __call__(
        self, raw: bytes, *, way: str, sender: str, recipients: Sequence[str], place: str
    ) -> object: ...


class NotStored(Exception):
    """The fault is here, not with the message: a full disk, a database that is away."""


class TooLong(Exception):
    """Storing and reading one message took longer than any may."""


class Taker:
    """Passes messages on in a thread of its own: one that takes for ever is left behind in it."""

    def __init__(self, deliver: Deliver, *, longest: float | None = None) -> None:
        self.deliver, self.longest = deliver, LONGEST if longest is None else longest
        self.handed: queue.SimpleQueue[tuple[Callable[[], object], queue.SimpleQueue[Any]] | None]
        self._begin()

    def _begin(self) -> None:
        self.handed = queue.SimpleQueue()
        threading.Thread(target=_pass_on, args=(self.handed,), daemon=True).start()

    def take(self, raw: bytes, mailbox: Mailbox) -> None:
        """What went wrong in the other thread is raised here."""
        done: queue.SimpleQueue[Exception | None] = queue.SimpleQueue()
        self.handed.put((lambda: self._deliver(raw, mailbox), done))
        try:
            trouble = done.get(timeout=self.longest)
        except queue.Empty:
            self.handed.put(None)
            self._begin()
            raise TooLong(f"It was not read within {self.longest:.0f} seconds.") from None
        if trouble is not None:
            raise trouble

    def _deliver(self, raw: bytes, mailbox: Mailbox) -> None:
        self.deliver(raw, way="imap", sender="", recipients=[mailbox.address], place=mailbox.place)

    def close(self) -> None:
        self.handed.put(None)


def _pass_on(handed: queue.SimpleQueue[Any]) -> None:
    while (given := handed.get()) is not None:
        step, done = given
        close_old_connections()
        try:
            step()
            done.put(None)
        except Exception as trouble:  # any at all: it belongs to whoever handed it over
            connections.close_all()
            done.put(trouble)
    connections.close_all()


@dataclass
class Round:
    """One look into the open folder of one mailbox."""

    mailbox: Mailbox
    talk: Conversation
    taker: Taker
    going: Callable[[], bool]
    taken: int = 0

    def look(self) -> int:
        """How many were taken."""
        self._find_our_place()
        self._take_what_we_died_of()
        self._try_the_stuck_again()
        new = self.talk.after(self.mailbox.last_uid)
        for start in range(0, len(new), AT_ONCE):
            self._take_stretch(new[start : start + AT_ONCE])
        return self.taken

    def _find_our_place(self) -> None:
        """A server that numbers its messages anew is read from the beginning again: what was taken
        before is known by its bytes, what lay there before us by its date."""
        mailbox, opened = self.mailbox, self.talk.open(self.mailbox.folder)
        if mailbox.uid_validity == opened.uid_validity:
            return
        behind = 0
        if mailbox.since is not None:
            recent = self.talk.since(mailbox.since.date() - timedelta(days=2))
            behind = min(recent, default=opened.next_uid) - 1
        mailbox.go_by(opened.uid_validity, from_uid=behind, numbered_to=opened.next_uid)

    def _take_what_we_died_of(self) -> None:
        suspects = list(self.mailbox.in_hand)
        if len(suspects) == 1:
            Stuck.note(self.mailbox, suspects[0], DIED)
            self.mailbox.reach(suspects[0], taken=0)
            return
        for known in self.talk.known(suspects) if suspects else []:
            if self._goes_on():
                self._take_batch([known])

    def _try_the_stuck_again(self) -> None:
        for stuck in Stuck.objects.waiting(self.mailbox).filter(next_at__lte=now()):
            found = self.talk.known([stuck.uid])
            if not found:
                stuck.give_up()  # somebody took it away
            elif stuck.is_hopeless:
                self._give_up(stuck, found[0])
            elif self._goes_on():
                self._take_batch(found)

    def _take_stretch(self, uids: list[int]) -> None:
        if not self._goes_on():
            return
        known = [each for each in self.talk.known(uids) if not self._is_old(each)]
        for batch in _batches(known):
            if not self._goes_on():
                return
            self._take_batch(batch)
        if self._goes_on():
            self.mailbox.reach(uids[-1], taken=0)  # past what was old or had gone meanwhile

    def _is_old(self, known: Known) -> bool:
        """It lay there before we came. Dates are asked of such messages only: they are anybody's."""
        since, lay_there = self.mailbox.since, known.uid < self.mailbox.numbered_to
        if since is None or known.came_at is None or not lay_there:
            return False
        return known.came_at < since - EARLIER

    def _take_batch(self, batch: list[Known]) -> None:
        """Written down, fetched, stored for good, put where it belongs; only then is it done."""
        self.mailbox.take_up([known.uid for known in batch])
        stored = [known.uid for known, raw in self._fetched(batch) if self._store(known, raw)]
        if stored:
            Stuck.came_loose(self.mailbox, stored)
            self._put_away(stored)
        self.taken += len(stored)
        self.mailbox.reach(batch[-1].uid, taken=len(stored))

    def _fetched(self, batch: list[Known]) -> Iterator[tuple[Known, bytes]]:
        limit = settings.AMENDS_SMTP_SIZE
        if len(batch) > 1:
            found = self._all_at_once(batch)
            yield from ((known, found[known.uid]) for known in batch if known.uid in found)
            return
        known = batch[0]
        try:
            if known.size > limit:
                yield known, self._without_body(known, TOO_LARGE.format(limit=spoken(limit)))
            elif raw := self.talk.large(known.uid, limit=limit):
                yield known, raw
        except NotThis as trouble:
            self._note(known, trouble)

    def _all_at_once(self, batch: list[Known]) -> dict[int, bytes]:
        try:
            return self.talk.small([known.uid for known in batch])
        except NotThis:  # one of them: which, is found by asking for each alone
            return {known.uid: raw for each in batch for known, raw in self._fetched([each])}

    def _store(self, known: Known, raw: bytes) -> bool:
        try:
            self.taker.take(raw, self.mailbox)
        except (TooLong, ValueError, LookupError, TypeError, AttributeError) as trouble:
            self._note(known, trouble)
            return False
        except Exception as trouble:
            self.mailbox.take_up([])
            raise NotStored(f"Mail cannot be stored here: {trouble}") from trouble
        return True

    def _note(self, known: Known, trouble: Exception) -> None:
        log.warning("a message could not be taken", mailbox=self.mailbox.ref, uid=known.uid)
        stuck = Stuck.note(self.mailbox, known.uid, str(trouble))
        if stuck.is_hopeless:
            self._give_up(stuck, known)

    def _give_up(self, stuck: Stuck, known: Known) -> None:
        """Seen by people as a complaint of its own, and left where it is; unless it had been stored
        before we died of something else."""
        if self._came_in(known):
            Stuck.came_loose(self.mailbox, [known.uid])
            self._put_away([known.uid])
            return
        words = NOT_TAKEN.format(tries=stuck.tries)
        self.taker.take(self._without_body(known, words), self.mailbox)
        stuck.give_up(size=known.size)

    def _came_in(self, known: Known) -> bool:
        mailbox = self.mailbox
        head = self._head(known)
        return came_in(head, size=known.size, recipients=[mailbox.address], mailbox=mailbox.place)

    def _head(self, known: Known) -> bytes:
        try:
            return self.talk.head(known.uid)
        except NotThis:
            return b""

    def _without_body(self, known: Known, why: str) -> bytes:
        head = self._head(known)
        where = WHERE.format(folder=self.mailbox.folder, address=self.mailbox.address)
        name = head or f"Subject: A message that could not be fetched ({known.uid})".encode()
        return stand_in(name, why=why + where, size=known.size)

    def _put_away(self, uids: list[int]) -> None:
        """What was taken is taken, wherever it lies: a folder that refuses is told, no more."""
        try:
            if self.mailbox.afterwards == Afterwards.MARK:
                self.talk.mark(uids)
            elif self.mailbox.afterwards == Afterwards.MOVE:
                self.talk.move(uids, self.mailbox.move_to)
        except NotThis as no:
            self.mailbox.warn(f"{NOT_AWAY}{no}")
            return
        if self.mailbox.warning.startswith(NOT_AWAY):
            self.mailbox.warn("")

    def _goes_on(self) -> bool:
        return self.going()


def _batches(known: Sequence[Known]) -> Iterator[list[Known]]:
    """Small ones together, as many as are no burden; each large one alone. In order."""
    batch: list[Known] = []
    weight = 0
    for each in known:
        is_large = each.size >= SMALL
        full = len(batch) >= MOST_AT_ONCE or weight + each.size > WEIGHT_AT_ONCE
        if batch and (is_large or full):
            yield batch
            batch, weight = [], 0
        if is_large:
            yield [each]
            continue
        batch.append(each)
        weight += each.size
    if batch:
        yield batch
