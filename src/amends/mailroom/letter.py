"""A letter: any message in or out, on any channel, with its attachments and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models, transaction
from django.db.models import Q

from amends.kit.clock import now
from amends.kit.files import keep, open_kept
from amends.kit.refs import new_ref
from amends.mailroom.post import Post

if TYPE_CHECKING:
    from datetime import datetime

    from django.core.files import File

    from amends.mailroom.parsing import Enclosure, Parsed


class Direction(models.TextChoices):
    IN = "in", "from the customer"
    OUT = "out", "to the customer"


class State(models.TextChoices):
    QUEUED = "queued", "waiting to go"
    SENDING = "sending", "going out"
    HANDED_OVER = "handed_over", "handed over"
    UNCERTAIN = "uncertain", "may have arrived"
    FAILED = "failed", "did not go"
    RECEIVED = "received", "came in"
    LOGGED = "logged", "written down"


class Priority(models.IntegerChoices):
    CUSTOMER = 0, "to a customer"
    STAFF = 1, "to somebody who works here"


def new_attachment_ref() -> str:
    return new_ref(26)


class LetterQuerySet(models.QuerySet["Letter"]):
    def conversation(self, thread: str) -> Self:
        """All letters of one thread, in the order in which they were written."""
        return self.filter(thread=thread).prefetch_related("attachments").order_by("made_at", "pk")

    def due(self, at: datetime) -> Self:
        """Queued and free to go now, customers before staff notices."""
        free = Q(hold_until=None) | Q(hold_until__lte=at)
        return self.filter(free, state=State.QUEUED, next_try_at__lte=at).order_by(
            "priority", "next_try_at", "pk"
        )

    def needing_a_look(self) -> Self:
        """Letters of which a person must say what became of them."""
        return self.filter(state__in=[State.UNCERTAIN, State.FAILED])

    def unreported(self) -> Self:
        """Those of which nobody has been told; claim `reported_at` before telling."""
        return self.needing_a_look().filter(reported_at=None)


class Letter(models.Model):
    """One message. Outgoing ones exist as rows before anything is sent."""

    ref = models.CharField(max_length=16, unique=True, default=new_ref, editable=False)
    direction = models.CharField(max_length=3, choices=Direction.choices)
    channel = models.CharField(max_length=30)
    thread = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=60, blank=True)
    sender = models.CharField(max_length=320, blank=True)
    sender_name = models.CharField(max_length=200, blank=True)
    reply_to = models.CharField(max_length=320, blank=True)
    recipient = models.CharField(max_length=320, blank=True)
    recipient_name = models.CharField(max_length=200, blank=True)
    subject = models.TextField(blank=True)
    text = models.TextField(blank=True)
    fresh = models.TextField(blank=True)  # the text with quoted history folded off
    html = models.TextField(blank=True)
    message_id = models.CharField(max_length=255, blank=True)
    in_reply_to = models.CharField(max_length=255, blank=True)
    references = models.JSONField(default=list)
    made_at = models.DateTimeField()
    by_name = models.CharField(max_length=200, blank=True)
    post = models.OneToOneField(Post, models.PROTECT, null=True, related_name="letter")
    automatic = models.BooleanField(default=False)  # written by a machine
    needs_check = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=State.choices)
    priority = models.PositiveSmallIntegerField(choices=Priority.choices, default=Priority.CUSTOMER)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    hold_until = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    handed_over_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)  # when its trouble was told to whoever must know
    trouble = models.TextField(blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="letter_state_fits_direction",
                condition=Q(state=State.LOGGED)
                | Q(direction=Direction.IN, state=State.RECEIVED)
                | Q(
                    direction=Direction.OUT,
                    state__in=[
                        State.QUEUED,
                        State.SENDING,
                        State.HANDED_OVER,
                        State.UNCERTAIN,
                        State.FAILED,
                    ],
                ),
            ),
            models.CheckConstraint(
                name="letter_claimed_while_sending",
                condition=~Q(state=State.SENDING) | Q(claimed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="letter_handed_over_at_a_time",
                condition=~Q(state=State.HANDED_OVER) | Q(handed_over_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["thread", "made_at"], name="letter_thread"),
            models.Index(
                fields=["message_id"], name="letter_message_id", condition=~Q(message_id="")
            ),
            models.Index(
                fields=["priority", "next_try_at"],
                name="letter_queued",
                condition=Q(state=State.QUEUED),
            ),
            models.Index(fields=["state", "claimed_at"], name="letter_state"),
            models.Index(fields=["recipient", "made_at"], name="letter_recipient"),
        ]

    def __str__(self) -> str:
        return self.subject or f"{self.channel} {self.ref}"


class Attachment(models.Model):
    """A file that came with a letter: kept by its content, named at random, never shown inline."""

    ref = models.CharField(max_length=26, unique=True, default=new_attachment_ref, editable=False)
    letter = models.ForeignKey(Letter, models.PROTECT, related_name="attachments")
    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=200)  # cleaned, for display only
    content_type = models.CharField(max_length=120)  # what the sender claims it is
    size = models.PositiveBigIntegerField()
    content_id = models.CharField(max_length=255, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    def open(self) -> File[bytes]:
        return open_kept(self.digest)


@transaction.atomic(savepoint=False)
def file_in(
    post: Post, parsed: Parsed, *, thread: str, needs_check: bool = False, kind: str = ""
) -> Letter:
    """Turn an opened post into the one letter it carries, with its attachments."""
    recipient = parsed.to[0] if parsed.to else None
    letter = Letter.objects.create(
        direction=Direction.IN,
        channel="email",
        state=State.RECEIVED,
        thread=thread,
        kind=kind,
        sender=parsed.sender.address,
        sender_name=parsed.sender.name,
        reply_to=parsed.reply_to.address if parsed.reply_to else "",
        recipient=recipient.address if recipient else "",
        recipient_name=recipient.name if recipient else "",
        subject=parsed.subject,
        text=parsed.text,
        fresh=parsed.fresh,
        html=parsed.html,
        message_id=parsed.message_id,
        in_reply_to=parsed.in_reply_to,
        references=parsed.references,
        made_at=post.received_at,
        post=post,
        automatic=parsed.automatic,
        needs_check=needs_check,
        trouble=parsed.trouble,
    )
    enclose(letter, parsed.attachments)
    return letter


def enclose(letter: Letter, enclosures: list[Enclosure]) -> None:
    """Keep the files and attach them to the letter."""
    Attachment.objects.bulk_create(
        Attachment(
            letter=letter,
            digest=keep(enclosure.content),
            name=enclosure.name,
            content_type=enclosure.content_type,
            size=len(enclosure.content),
            content_id=enclosure.content_id,
        )
        for enclosure in enclosures
    )


def log(
    thread: str,
    *,
    channel: str,
    direction: str,
    text: str,
    by_name: str = "",
    at: datetime | None = None,
    sender_name: str = "",
    subject: str = "",
) -> Letter:
    """Write down what was said in person, on the telephone, on the customer's page or on paper."""
    return Letter.objects.create(
        direction=direction,
        channel=channel[:30],
        state=State.LOGGED,
        thread=thread,
        sender_name=sender_name[:200],
        subject=subject,
        text=text,
        fresh=text,
        made_at=at or now(),
        by_name=by_name[:200],
    )
