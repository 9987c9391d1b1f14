"""What happened, by whom, when: append-only, and chained by hash so that tampering shows."""

from __future__ import annotations

import hashlib
import json
from enum import Enum
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F

from amends.kit.ready import add_unnumbered, ready, ready_change
from amends.people.person import Person
from amends.recovery.recovery import Part, Recovery

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet


class Verb(models.TextChoices):
    HEARD = "heard", "heard"
    HEARD_AGAIN = "heard_again", "heard more"
    SPOTTED = "spotted", "saw that something went wrong"
    FAILED = "failed", "noted what went wrong"
    TOOK = "took", "took this on"
    LISTENED = "listened", "read the story"
    WROTE = "wrote", "wrote"
    SCHEDULED = "scheduled", "wrote a letter for later"
    TOOK_BACK = "took_back", "took a letter back"
    NOT_SENT = "not_sent", "kept a letter back"
    CUSTOMER_WROTE = "customer_wrote", "wrote"
    NOTED = "noted", "noted"
    RESTATED = "restated", "said back what happened"
    CONFIRMED = "confirmed", "confirmed that we understood"
    CORRECTED = "corrected", "corrected us"
    APOLOGISED = "apologised", "said sorry"
    ASKED = "asked", "asked what would be fair"
    WISHED = "wished", "said what would be fair"
    OFFERED = "offered", "made an offer"
    ASKED_LEAVE = "asked_leave", "asked for a yes"
    APPROVED = "approved", "said yes"
    REFUSED = "refused", "put something else forward"
    PASSED_ON = "passed_on", "passed the question on"
    SWAPPED = "swapped", "chose another extra"
    ACCEPTED = "accepted", "accepted"
    COUNTERED = "countered", "said what would be better"
    DECLINED = "declined", "declined"
    WITHDREW = "withdrew", "withdrew the offer"
    AGREED = "agreed", "agreed"
    BENT = "bent", "bent a rule"
    PROMISED = "promised", "promised"
    KEPT = "kept", "kept the promise"
    MOVED = "moved", "moved the promise, with leave"
    RELEASED = "released", "released us from the promise"
    BROKE = "broke", "broke the promise"
    COVERED = "covered", "handed the promise to cover"
    TRIGGERED = "triggered", "made the promise due"
    ARRIVED = "arrived", "arrived"
    GREETED = "greeted", "greeted"
    NUDGED = "nudged", "reminded"
    PUT_RIGHT = "put_right", "put it right"
    NOT_FIXED = "not_fixed", "said that it is not fixed"
    THANKED = "thanked", "thanked"
    THANKED_US = "thanked_us", "thanked us"
    FOLLOWED_UP = "followed_up", "followed up"
    PLANNED = "planned", "planned a follow-up"
    CAUSE = "cause", "named the cause"
    ONE_OFF = "one_off", "called it a one-off"
    IMPROVED = "improved", "raised an improvement"
    IDEA = "idea", "had an idea"
    IDEA_ANSWERED = "idea_answered", "answered the idea"
    TOLD = "told", "told what changed"
    RETURNED = "returned", "came back"
    TRUST = "trust", "answered about trust"
    BACK = "back", "is back"
    LEFT_IN_PEACE = "left_in_peace", "asked to be left in peace"
    GAVE_PEACE = "gave_peace", "left them in peace, as they asked"
    PEACE_OVER = "peace_over", "saw that they want to hear from us again"
    LET_GO = "let_go", "let go"
    HELPED_ELSEWHERE = "helped_elsewhere", "found help elsewhere"
    REOPENED = "reopened", "opened this again"
    CLOCK_MISSED = "clock_missed", "missed a clock"
    UNDELIVERED = "undelivered", "could not be reached"
    COMPANION = "companion", "named a companion"
    LINK_REVOKED = "link_revoked", "closed the customer's link"
    JOINED = "joined", "made this one with another"
    PARTED = "parted", "made two of it again"
    LOOKED_AT = "looked_at", "decided about a letter"
    ONE_CUSTOMER = "one_customer", "saw that two customers are one"
    TWO_CUSTOMERS = "two_customers", "saw that these are two customers"
    TAKEN_OUT = "taken_out", "took out what we hold"
    ERASED = "erased", "erased who the customer was"


class Actor(Enum):
    """Who acts when no person of ours does."""

    CUSTOMER = "customer"
    CLOCK = "clock"
    SYSTEM = "system"


By = Person | Actor


class Entry(models.Model):
    """One line. `completes` names the part of the journey that this step completed."""

    recovery = models.ForeignKey(
        Recovery, models.PROTECT, related_name="timeline", db_index=False
    )  # by its number there
    number = models.PositiveIntegerField()
    verb = models.CharField(max_length=20, choices=Verb.choices)
    actor = models.CharField(max_length=10, default="person")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="entries")
    at = models.DateTimeField()
    words = models.TextField(blank=True)
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    completes = models.PositiveSmallIntegerField(null=True, choices=Part.choices)
    hash = models.CharField(max_length=64)
    erased_at = models.DateTimeField(null=True)  # its words are gone, by an entry that says so

    class Meta:
        ordering = ["recovery", "number"]
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(fields=["recovery", "number"], name="entry_numbered_once")
        ]
        indexes = [models.Index(fields=["verb", "at"])]

    def __str__(self) -> str:
        return f"{self.who} {self.get_verb_display()}"

    def chained_to(self, previous: str) -> str:
        """SHA-256 over the hash before and this entry's own facts, in a fixed spelling."""
        told = {
            "number": self.number,
            "verb": str(self.verb),
            "actor": self.actor,
            "by": self.by_id,
            "at": self.at.isoformat(timespec="microseconds"),
            "words": self.words,
            "facts": json.loads(json.dumps(self.facts, cls=DjangoJSONEncoder)),
            "completes": self.completes,
        }
        spelled = json.dumps(told, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(f"{previous}\n{spelled}".encode()).hexdigest()

    @property
    def who(self) -> str:
        if self.by:
            return self.by.name
        return {"customer": "The customer", "clock": "The clock"}.get(self.actor, "Amends")


def record(recovery: Recovery, verb: Verb, *, by: By, at: datetime, **told: Any) -> Entry:
    """Add one entry, inside the step's transaction: its `words`, the part it `completes`, and any
    other facts. Counting up on the root locks the chain."""
    _one_more.say(recovery.pk)
    last = _last.first(recovery.pk) or (0, recovery.ref)
    return _enter(recovery, last, verb, by=by, at=at, **told)


def begin(recovery: Recovery, verb: Verb, *, by: By, at: datetime, **told: Any) -> Entry:
    """The first entry, of a recovery that nobody but this transaction knows yet: nothing to lock
    and nothing to follow. The recovery was made with this one counted."""
    return _enter(recovery, (0, recovery.ref), verb, by=by, at=at, **told)


@ready_change
def _one_more(key: int) -> tuple[QuerySet[Recovery], dict[str, Any]]:
    return Recovery.objects.filter(pk=key), {"entries": F("entries") + 1}


@ready
def _last(recovery: int) -> QuerySet[Entry, Any]:
    entries = Entry.objects.filter(recovery=recovery).order_by("-number")
    return entries.values_list("number", "hash")[:1]


def _enter(
    recovery: Recovery,
    last: tuple[int, str],
    verb: Verb,
    *,
    by: By,
    at: datetime,
    words: str = "",
    completes: Part | None = None,
    **facts: Any,
) -> Entry:
    entry = Entry(
        recovery=recovery,
        number=last[0] + 1,
        verb=verb,
        actor=by.value if isinstance(by, Actor) else "person",
        by=by if isinstance(by, Person) else None,
        at=at,
        words=words,
        facts=facts,
        completes=completes,
    )
    entry.hash = entry.chained_to(last[1])
    add_unnumbered(entry)
    return entry


def first_broken(recovery: Recovery) -> int | None:
    """The number of the first entry that does not follow from the one before; None when whole. What
    was erased is known by its hash alone, and only before an entry that says it was."""
    previous = recovery.ref
    count = 0
    said_so = recovery.timeline.filter(verb=Verb.ERASED).order_by("-number").first()
    erased_until = said_so.number if said_so else 0
    for count, entry in enumerate(recovery.timeline.order_by("number"), start=1):
        is_erased = entry.erased_at is not None and entry.number < erased_until
        if entry.number != count or not (is_erased or entry.hash == entry.chained_to(previous)):
            return count
        previous = entry.hash
    recovery.refresh_from_db(fields=["entries"])
    return None if count == recovery.entries else count + 1
