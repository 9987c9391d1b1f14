"""Post that came in, raw: stored for good before anybody tries to understand it."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from django.db import models

from amends.kit.claims import claim
from amends.kit.clock import now
from amends.kit.durability import made_again_if_lost
from amends.kit.files import SMALL, digest_of, keep, read_kept
from amends.kit.ready import add_once, ready_change
from amends.mailroom.parsing import Parsed, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

# Whoever brings a post in opens it at once; the worker looks only after what was left lying.
LEFT_LYING = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=15)


class PostQuerySet(models.QuerySet["Post"]):
    def waiting(self, at: datetime) -> Self:
        """Unread, and due for another look, the oldest first."""
        return self.filter(read_at=None, look_at__lte=at).order_by("look_at", "pk")


class Post(models.Model):
    """One delivery. The same bytes for the same recipients are the same post, however often sent."""

    digest = models.CharField(max_length=64)
    content = models.BinaryField(null=True)  # of a small one; a large one is a file
    recipient = models.CharField(max_length=64)  # stands for the whole set, see _key
    recipients = models.JSONField(default=list)
    way = models.CharField(max_length=20)
    mailbox = models.CharField(max_length=40, blank=True)
    sender = models.CharField(max_length=320, blank=True)
    peer = models.CharField(max_length=45, blank=True)  # the address of the server that brought it
    size = models.PositiveBigIntegerField()
    received_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    look_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=1)  # the first is made as soon as it is stored
    trouble = models.TextField(blank=True)

    at_hand: bytes | None = (
        None  # the bytes, where they have just come in: a large one is not read twice
    )

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["digest", "recipient"], name="post_stored_once")
        ]
        indexes = [
            models.Index(fields=["look_at"], name="post_waiting", condition=models.Q(read_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.way} {self.digest[:12]}"

    @property
    def has_null_sender(self) -> bool:
        """Sent by a machine that wants no answer; an envelope we were not told is another matter."""
        return self.sender == "<>"

    def raw(self) -> bytes:
        if self.at_hand is not None:
            return self.at_hand
        return read_kept(self.digest) if self.content is None else bytes(self.content)

    @cached_property
    def parsed(self) -> Parsed:
        return parse(self.raw(), null_sender=self.has_null_sender)

    def let_go(self) -> None:
        """Of what is large: the post may live on for a while in what was made of it."""
        self.at_hand = None
        vars(self).pop("parsed", None)

    def take_up(self, at: datetime) -> bool:
        """Count one more try before it is made, so that post which kills us is not tried for ever.
        False when somebody else took it up first."""
        won = claim(
            Post.objects.filter(pk=self.pk, read_at=None, tries=self.tries),
            tries=self.tries + 1,
            look_at=at + _patience(self.tries),
        )
        self.tries += won
        return won

    @contextmanager
    def opening(self, foresee: Callable[[], None] | None = None) -> Iterator[bool]:
        """The one transaction in which a post is opened; False when it has been opened already.
        Should the power fail, the post is there and is opened again. `foresee` asks for what is to
        be known next, along with the same question."""
        at = now()
        with made_again_if_lost():
            _opened.ahead(self.pk, at)
            if foresee is not None:
                foresee()
            yield _opened(self.pk, at) == 1

    def stumble(self, trouble: object) -> None:
        """Opening failed: say why; the post stays unread."""
        Post.objects.filter(pk=self.pk).update(trouble=str(trouble)[:2_000])


def store(
    raw: bytes,
    *,
    way: str,
    sender: str = "",
    recipients: Sequence[str] = (),
    mailbox: str = "",
    peer: str = "",
) -> Post:
    """Keep the bytes for good and return their post; the same delivery again returns the same post.

    `mailbox` is whatever name the way in has for the box it came by; the mailroom does not read it.
    """
    at = now()
    small = len(raw) <= SMALL
    names = sorted({_clean(recipient) for recipient in recipients})
    post = Post(
        digest=digest_of(raw) if small else keep(raw),
        content=raw if small else None,
        recipient=_key(names, mailbox),
        recipients=names,
        way=way,
        mailbox=mailbox,
        sender=_clean(sender),
        peer=peer[:45],
        size=len(raw),
        received_at=at,
        look_at=at + LEFT_LYING,
    )
    post.at_hand = raw
    if not add_once(post, meanwhile=lambda: post.parsed):  # read while the disk writes
        return Post.objects.get(digest=post.digest, recipient=post.recipient)
    return post


def came_in(head: bytes, *, size: int, recipients: Sequence[str], mailbox: str) -> bool:
    """Whether a message of this very heading and size is here, as it would be after dying between
    storing it and writing that down."""
    names = sorted({_clean(recipient) for recipient in recipients})
    same = Post.objects.filter(recipient=_key(names, mailbox), size=size)
    begins = head.rstrip()
    return bool(begins) and any(post.raw().startswith(begins) for post in same.iterator())


@ready_change
def _opened(key: int, at: datetime) -> tuple[PostQuerySet, dict[str, Any]]:
    return Post.objects.filter(pk=key, read_at=None), {"read_at": at}


def _key(recipients: list[str], mailbox: str) -> str:
    return hashlib.sha256("\n".join([mailbox, *recipients]).encode()).hexdigest()


def _clean(address: str) -> str:
    return address.encode("utf-8", "replace").decode().replace("\0", "").strip().lower()[:320]


def _patience(tries: int) -> timedelta:
    return min(timedelta(minutes=5 ** min(tries - 1, 3)), LONGEST_WAIT)
