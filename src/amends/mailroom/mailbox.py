"""A mailbox that is read by IMAP: where it is, how far we have come in it, and how it goes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from amends.kit.claims import claim
from amends.kit.clock import now
from amends.kit.refs import RefField
from amends.kit.sealing import Broken, seal, unseal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

HELD_FOR = timedelta(minutes=2)  # whoever died in the middle gives it up after this
QUIET = timedelta(minutes=3)
AT_LAST = timedelta(minutes=15)  # after this a failure is somebody's business
PASSWORD, TOKENS = "mailbox password", "mailbox tokens"


class Security(models.TextChoices):
    TLS = "tls", "TLS from the start (usual, port 993)"
    STARTTLS = "starttls", "STARTTLS (port 143)"
    NONE = "none", "not protected: only for a server beside this one"


class Auth(models.TextChoices):
    PASSWORD = "password", "with a password"
    MICROSOFT = "microsoft", "with Microsoft 365"
    GOOGLE = "google", "with Google"


class Afterwards(models.TextChoices):
    LEAVE = "leave", "leave it as it is"
    MARK = "mark", "mark it as read"
    MOVE = "move", "move it to a folder"


class LostHold(Exception):
    """Somebody else reads this mailbox now, or it was stopped."""


class MailboxQuerySet(models.QuerySet["Mailbox"]):
    def on(self) -> Self:
        return self.filter(stopped_at=None)

    def to_read(self) -> Self:
        """On, and somebody has signed in where that is needed."""
        return self.on().exclude(~Q(auth=Auth.PASSWORD), sealed_refresh="")


class Mailbox(models.Model):
    """Its secrets are sealed; `place` is the reference of the place its mail is for."""

    ref = RefField()
    place = models.CharField(max_length=40)
    address = models.EmailField()
    host = models.CharField(max_length=253)
    port = models.PositiveIntegerField(default=993)
    security = models.CharField(max_length=8, choices=Security.choices, default=Security.TLS)
    auth = models.CharField(max_length=10, choices=Auth.choices, default=Auth.PASSWORD)
    login = models.CharField(max_length=320)  # often, and not always, the address
    folder = models.CharField(max_length=250, default="INBOX")
    afterwards = models.CharField(max_length=5, choices=Afterwards.choices, default="mark")
    move_to = models.CharField(max_length=250, blank=True)
    since = models.DateTimeField(null=True)  # what lay there before is left; nothing: take it all
    stopped_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    by_name = models.CharField(max_length=200, blank=True)

    sealed_password = models.TextField(blank=True)
    sealed_refresh = models.TextField(blank=True)
    sealed_access = models.TextField(blank=True)
    access_from = models.DateTimeField(null=True)
    access_until = models.DateTimeField(null=True)
    refresh_until = models.DateTimeField(null=True)  # where the provider says so

    uid_validity = models.BigIntegerField(null=True)
    last_uid = models.BigIntegerField(default=0)
    numbered_to = models.BigIntegerField(default=0)  # what is below lay there when we came
    in_hand = models.JSONField(default=list)  # what was being taken when we were last heard of
    held_by = models.CharField(max_length=80, blank=True)
    held_until = models.DateTimeField(null=True)

    seen_at = models.DateTimeField(null=True)  # the last sign of life of its reader
    fetched_at = models.DateTimeField(null=True)  # the last look that went well
    last_message_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    trouble = models.TextField(blank=True)
    warning = models.TextField(blank=True)  # it goes well still, and will not for long

    tested_at = models.DateTimeField(null=True)
    test = models.CharField(max_length=16, blank=True)
    test_home_at = models.DateTimeField(null=True)
    test_answer_at = models.DateTimeField(null=True)

    objects = MailboxQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "mailboxes"
        ordering = ["address", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["host", "login", "folder"],
                condition=Q(stopped_at=None),
                name="mailbox_read_once",
            ),
            models.CheckConstraint(
                condition=~Q(afterwards="move") | ~Q(move_to=""), name="mailbox_moves_somewhere"
            ),
        ]

    def __str__(self) -> str:
        return self.address

    # What an owner sets ---------------------------------------------------------------------------

    def set_up(self, *, password: str = "", takes_old: bool | None = None, **entered: Any) -> None:
        """Without a new password the old one stays; another folder or server is begun afresh. What
        its reader notes meanwhile is left alone."""
        is_new, before = self._state.adding, self._lies_where()
        changes = entered | {
            "changed_at": now(),
            "failing_since": None,
            "trouble": "",
            "warning": "",
        }
        if password:
            changes["sealed_password"] = seal(password, purpose=PASSWORD)
        self._now_is(changes)
        if is_new or before != self._lies_where():
            changes |= {"uid_validity": None, "last_uid": 0, "in_hand": []}
            changes |= {"since": None if takes_old else now()}
            self._now_is(changes)
        self.save(update_fields=None if is_new else changes)

    def _lies_where(self) -> tuple[str, str, str]:
        return self.host, self.login, self.folder

    def stop(self) -> None:
        at = now()
        claim(Mailbox.objects.on().filter(pk=self.pk), stopped_at=at, changed_at=at)
        self.refresh_from_db()

    def go_on(self) -> None:
        claim(
            Mailbox.objects.filter(pk=self.pk, stopped_at__isnull=False),
            stopped_at=None,
            changed_at=now(),
            failing_since=None,
            trouble="",
        )
        self.refresh_from_db()

    def begin_test(self, test: str) -> None:
        self._note(tested_at=now(), test=test, test_home_at=None, test_answer_at=None)

    # Secrets --------------------------------------------------------------------------------------

    @property
    def password(self) -> str:
        return unseal(self.sealed_password, purpose=PASSWORD)

    @property
    def refresh_token(self) -> str:
        return unseal(self.sealed_refresh, purpose=TOKENS)

    @property
    def access_token(self) -> str:
        try:
            return unseal(self.sealed_access, purpose=TOKENS)
        except Broken:
            return ""

    @property
    def is_signed_in(self) -> bool:
        return self.auth == Auth.PASSWORD or bool(self.sealed_refresh)

    def keep_tokens(
        self,
        *,
        access: str,
        until: datetime,
        refresh: str = "",
        refresh_until: datetime | None = None,
    ) -> None:
        """A provider may hand out a new refresh token each time: then the old one is dead."""
        changes: dict[str, Any] = {
            "sealed_access": seal(access, purpose=TOKENS),
            "access_from": now(),
            "access_until": until,
            "refresh_until": refresh_until,
            "warning": "",
        }
        if refresh:
            changes["sealed_refresh"] = seal(refresh, purpose=TOKENS)
        self._note(**changes)

    # Reading it: one at a time --------------------------------------------------------------------

    def hold(self, holder: str, *, died: str = "") -> bool:
        """Of all processes one reads a mailbox, until it lets go or is not heard of any more; `died`
        is a holder known to live no longer."""
        at = now()
        free = (
            Q(held_until=None) | Q(held_until__lte=at) | Q(held_by__in=filter(None, [holder, died]))
        )
        mine = Mailbox.objects.on().filter(free, pk=self.pk)
        won = claim(mine, held_by=holder, held_until=at + HELD_FOR, seen_at=at)
        if won:
            self.refresh_from_db()
        return won

    def let_go(self, holder: str) -> None:
        claim(Mailbox.objects.filter(pk=self.pk, held_by=holder), held_by="", held_until=None)

    def go_by(self, uid_validity: int, *, from_uid: int, numbered_to: int) -> None:
        """The server numbers its messages anew, or we are new here: `from_uid` is the last one
        that needs no look. What was taken before is known by its bytes."""
        self._mine(
            uid_validity=uid_validity, last_uid=from_uid, numbered_to=numbered_to, in_hand=[]
        )

    def take_up(self, uids: Sequence[int]) -> None:
        """Written down before they are taken, so that one that kills us is found out."""
        self._mine(in_hand=list(uids))

    def reach(self, uid: int, *, taken: int) -> None:
        """Everything up to here is stored for good."""
        at = now()
        more = {"last_message_at": at} if taken else {}
        self._mine(last_uid=max(self.last_uid, uid), in_hand=[], fetched_at=at, **more)

    def keep_hold(self) -> None:
        self._mine()

    def went_well(self) -> None:
        self._mine(fetched_at=now(), failing_since=None, trouble="")

    def stumble(self, trouble: str) -> None:
        """It does not go; since when, and why, in words for an owner."""
        at = now()
        self._note(trouble=trouble[:2_000], failing_since=self.failing_since or at, seen_at=at)

    def warn(self, words: str) -> None:
        self._note(warning=words[:2_000])

    def _mine(self, **changes: Any) -> None:
        """Change the row while it is ours, and stay its holder for a while longer."""
        at = now()
        changes |= {"held_until": at + HELD_FOR, "seen_at": at}
        if not claim(Mailbox.objects.on().filter(pk=self.pk, held_by=self.held_by), **changes):
            raise LostHold(f"{self} is read by somebody else now, or not at all.")
        self._now_is(changes)

    def _note(self, **changes: Any) -> None:
        Mailbox.objects.filter(pk=self.pk).update(**changes)
        self._now_is(changes)

    def _now_is(self, changes: dict[str, Any]) -> None:
        for name, value in changes.items():
            setattr(self, name, value)
