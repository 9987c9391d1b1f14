"""A letter: any message in or out, on any channel, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from amends.kit.claims import claim
from amends.kit.errors import Impossible
from amends.kit.refs import RefField
from amends.mailroom.post import Post

if TYPE_CHECKING:
    from datetime import datetime

    from amends.mailroom.parsing import Parsed


class Decided(Impossible):
    code = "letter-decided"


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
    SCHEDULED = "scheduled", "waits for its hour"
    CANCELLED = "cancelled", "not sent"
    HELD = "held", "held back"
    CAME_BACK = "came_back", "came back"


NOT_GONE = (State.CANCELLED, State.SCHEDULED, State.HELD)


class Standing(models.TextChoices):
    """Whether the sender of a letter is who it says (mailroom/trust.py)."""

    PROVEN = "proven", "proved to be the sender"
    UNPROVEN = "unproven", "nothing proves the sender"
    REFUTED = "refuted", "the sender's own domain denies it"
    UNKNOWN = "unknown", "could not be looked up"


class Asks(models.TextChoices):
    """What a person is asked to decide about a letter that came in."""

    STRANGER = "stranger", "somebody we do not know wrote into this conversation"
    SUBJECT = "subject", "they wrote about something else, perhaps"


class Priority(models.IntegerChoices):
    CUSTOMER = 0, "to a customer"
    STAFF = 1, "to somebody who works here"


class LetterQuerySet(models.QuerySet["Letter"]):
    def conversation(self, thread: str) -> Self:
        """All letters of one thread, in the order in which they were written."""
        return self.filter(thread=thread).prefetch_related("attachments").order_by("made_at", "pk")

    def of_threads(self, threads: list[str]) -> Self:
        """The conversations of several threads as one."""
        found = self.filter(thread__in=threads)
        return found.prefetch_related("attachments").order_by("made_at", "pk")

    def with_customer(self) -> Self:
        """What the customer has: theirs and ours. Not a stranger's, a companion's, or our notes."""
        theirs = Q(direction=Direction.IN, kind="", needs_check=False)
        return self.filter(theirs | Q(direction=Direction.OUT))

    def due(self, at: datetime) -> Self:
        """Queued and free to go now, customers before staff notices."""
        free = Q(hold_until=None) | Q(hold_until__lte=at)
        return self.filter(free, state=State.QUEUED, next_try_at__lte=at).order_by(
            "priority", "next_try_at", "pk"
        )

    def scheduled(self, at: datetime) -> Self:
        """Those whose hour has come."""
        return self.filter(state=State.SCHEDULED, send_at__lte=at)

    def needing_a_look(self) -> Self:
        """Letters of which a person must say what became of them."""
        return self.filter(state__in=[State.UNCERTAIN, State.FAILED, State.CAME_BACK])

    def asking(self) -> Self:
        """Letters of which a person must say whose they are, or what about."""
        return self.exclude(asks="")

    def unreported(self) -> Self:
        """Those of which nobody has been told; claim `reported_at` before telling."""
        return self.needing_a_look().filter(reported_at=None)


class Letter(models.Model):
    """One message. Outgoing ones exist as rows before anything is sent."""

    ref = RefField()
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
    signature = models.TextField(blank=True)  # what stood below the words of `fresh`
    html = models.TextField(blank=True)
    message_id = models.CharField(max_length=255, blank=True)  # as they wrote it
    id_key = models.CharField(max_length=255, blank=True)  # as ids are compared; of what came in
    in_reply_to = models.CharField(max_length=255, blank=True)
    references = models.JSONField(default=list)
    made_at = models.DateTimeField()
    by_name = models.CharField(max_length=200, blank=True)
    post = models.OneToOneField(Post, models.PROTECT, null=True, related_name="letter")
    automatic = models.BooleanField(default=False)  # written by a machine
    signs = models.CharField(max_length=300, blank=True)  # how we know, or why no machine answers
    about = models.CharField(max_length=16, blank=True)  # a recovery, for what stands in no thread
    needs_check = models.BooleanField(default=False)
    asks = models.CharField(max_length=10, choices=Asks.choices, blank=True)
    standing = models.CharField(max_length=10, choices=Standing.choices, blank=True)
    signed_by = models.CharField(max_length=255, blank=True)  # the domain that vouches for it
    why = models.CharField(max_length=300, blank=True)  # the standing, in words
    copy_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="copies")
    state = models.CharField(max_length=12, choices=State.choices)
    priority = models.PositiveSmallIntegerField(choices=Priority.choices, default=Priority.CUSTOMER)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    hold_until = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    handed_over_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)  # when its trouble was told to whoever must know
    trouble = models.TextField(blank=True)
    words = models.TextField(blank=True)  # as a person typed them, without our frame
    quoted = models.TextField(blank=True)  # what of theirs stands below our words; not in `text`
    send_at = models.DateTimeField(null=True)  # the hour a person chose
    undo_until = models.DateTimeField(null=True)  # as shown; it is held a little longer
    began_at = models.DateTimeField(null=True)  # from here on the server may have it
    road = models.CharField(max_length=10, blank=True)  # the way out it must take, then: it took
    taken_as = models.CharField(max_length=300, blank=True)  # what the server said when it took it
    provider_id = models.CharField(max_length=255, blank=True)  # the Message-ID it made of ours

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
                        State.SCHEDULED,
                        State.CANCELLED,
                        State.HELD,
                        State.CAME_BACK,
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
            models.Index(fields=["id_key"], name="letter_id_key", condition=~Q(id_key="")),
            models.Index(fields=["thread"], name="letter_asking", condition=~Q(asks="")),
            models.Index(
                fields=["id"],
                name="letter_unlooked",
                condition=Q(direction=Direction.IN, channel="email", standing=""),
            ),
            models.Index(
                fields=["provider_id"], name="letter_provider_id", condition=~Q(provider_id="")
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

    def decided(self, *, kind: str = "", **changes: Any) -> None:
        """A person has said what it is; of two who say so at once, one is heard."""
        asked = Letter.objects.asking().filter(pk=self.pk)
        if not claim(asked, asks="", needs_check=False, kind=kind, **changes):
            raise Decided("Somebody has decided about this letter already.")
        self.refresh_from_db()

    def belongs_to_sender(self, parsed: Parsed, *, thread: str) -> None:
        """As it came: what was taken for somebody else's letter is its sender's own."""
        self.thread, self.by_name, self.why = thread, "", ""
        self.sender, self.sender_name = parsed.sender.address, parsed.sender.name
        self.subject, self.text, self.fresh = parsed.subject, parsed.text, parsed.text
        self.html, self.standing = parsed.html, ""
        self.save()

    @property
    def told(self) -> str:
        """What it says that was not said before; all of it, when nothing is left."""
        return self.fresh.strip() or self.text.strip()


class Copy(models.Model):
    """Somebody else who gets the same letter, named openly in its Cc. Each fares alone: what one
    mail server refuses stops nobody else."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="also_to")
    address = models.CharField(max_length=320)
    name = models.CharField(max_length=200, blank=True)
    handed_over_at = models.DateTimeField(null=True)
    trouble = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "copies"

    def __str__(self) -> str:
        return self.name or self.address
