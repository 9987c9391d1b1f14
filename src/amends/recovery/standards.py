"""Standards and their clocks: how soon each step is due, in opening hours, and how it went."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from amends.kit.brief import briefly
from amends.kit.claims import claim
from amends.kit.ready import add_unnumbered
from amends.people.hours import add_open_minutes, hours_of, is_open, open_minutes_between
from amends.people.place import Place
from amends.recovery.recovery import Recovery

if TYPE_CHECKING:
    from datetime import datetime

    from amends.people.hours import Hours


class Step(models.TextChoices):
    OWNER = "owner", "Somebody owns it"
    APOLOGY = "apology", "We have said sorry"
    ANSWER = "answer", "The customer has an answer"
    RECORD = "record", "What happened is written down"
    APPROVAL = "approval", "A yes or another proposal"
    FOLLOW_UP = "follow_up", "We ask whether it is really fixed"
    QUIET = "quiet", "We have been in touch"
    NUDGE = "nudge", "A second call for the person asked for"
    GREETING = "greeting", "The person asked for is there"
    GRACE = "grace", "A promise that is late counts as broken"
    CARE = "care", "Whoever was let down is marked on Arrivals"


# Minutes, and whether they run in opening hours only. (evidence.md, «Defaults to start from»)
FIRST: dict[str, tuple[int, bool]] = {
    Step.OWNER: (30, True),
    Step.APOLOGY: (4 * 60, True),
    Step.ANSWER: (4 * 60, True),
    Step.RECORD: (8 * 60, True),
    Step.APPROVAL: (30, True),
    Step.FOLLOW_UP: (3 * 24 * 60, False),
    Step.QUIET: (30 * 24 * 60, False),
    Step.NUDGE: (5, False),
    Step.GREETING: (15, False),
    Step.GRACE: (24 * 60, False),
    Step.CARE: (90 * 24 * 60, False),
}
# Somebody who stands before us is not kept waiting; an e-mail may take hours.
APOLOGY_BY_CHANNEL = {"in person": 5, "telephone": 5, "chat": 5, "text message": 60, "social": 60}


class Standard(models.Model):
    """The owner's own figure for a step, for one place or, with none, for all."""

    place = models.ForeignKey(Place, models.CASCADE, null=True, blank=True, related_name="+")
    step = models.CharField(max_length=12, choices=Step.choices)
    channel = models.CharField(max_length=30, blank=True)
    minutes = models.PositiveIntegerField()
    in_opening_hours = models.BooleanField(default=True)

    class Meta:
        ordering = ["step", "channel", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "step", "channel"],
                nulls_distinct=False,
                name="one_standard_each",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()}: {self.minutes} min"

    @property
    def closeness(self) -> tuple[bool, bool]:
        return (self.place_id is not None, bool(self.channel))


def standard(step: Step, *, place: Place | None = None, channel: str = "") -> tuple[int, bool]:
    """Minutes, and whether they run in opening hours: the owner's figure, or the one we start with."""
    rows = _rows(place.pk if place else None, step, channel)
    row = max(rows, key=lambda r: r.closeness, default=None)
    if row is not None:
        return row.minutes, row.in_opening_hours
    minutes, in_hours = FIRST[step]
    if step == Step.APOLOGY and channel in APOLOGY_BY_CHANNEL:
        return APOLOGY_BY_CHANNEL[channel], in_hours
    return minutes, in_hours


@briefly
def _rows(place: int | None, step: Step, channel: str) -> list[Standard]:
    here, this_way = Q(place=place) | Q(place=None), Q(channel=channel) | Q(channel="")
    return list(Standard.objects.filter(here, this_way, step=step))


def due(
    step: Step, *, place: Place, since: datetime, channel: str = "", hours: Hours | None = None
) -> datetime:
    """The moment this step is due when its clock starts at `since`."""
    minutes, in_hours = standard(step, place=place, channel=channel)
    return moment(minutes, in_hours, since=since, hours=hours or hours_of(place))


def moment(minutes: int, in_hours: bool, *, since: datetime, hours: Hours) -> datetime:
    """Pure: so many minutes after `since`, counted while open, or by the wall."""
    if in_hours:
        return add_open_minutes(hours, since, minutes)
    return since + timedelta(minutes=minutes)


class ClockQuerySet(models.QuerySet["Clock"]):
    def running(self) -> ClockQuerySet:
        return self.filter(stopped_at=None)

    def missed(self, *, at: datetime) -> ClockQuerySet:
        return self.running().filter(due_at__lte=at)

    def untold(self, *, at: datetime) -> ClockQuerySet:
        """Run out, and nobody has been told yet."""
        return self.missed(at=at).filter(told_at=None)


class Clock(models.Model):
    """A standard applied to a step of one recovery."""

    recovery = models.ForeignKey(Recovery, models.PROTECT, related_name="clocks")
    step = models.CharField(max_length=12, choices=Step.choices)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=300, blank=True)
    told_at = models.DateTimeField(null=True)

    objects = ClockQuerySet.as_manager()

    class Meta:
        ordering = ["started_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recovery", "step"],
                condition=Q(stopped_at=None),
                name="one_running_clock_each",
            )
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(stopped_at=None), name="clock_due")]

    def __str__(self) -> str:
        return f"{self.get_step_display()} by {self.due_at:%d %B %H:%M}"

    @classmethod
    def start(cls, recovery: Recovery, step: Step, *, at: datetime, channel: str = "") -> None:
        """Start it, or leave the one that is running: the customer has waited since the first."""
        due_at = due(step, place=recovery.place, since=at, channel=channel)
        clock = cls(recovery=recovery, step=step, started_at=at, due_at=due_at)
        add_unnumbered(clock, once=True)

    @classmethod
    def first(cls, recovery: Recovery, step: Step, *, at: datetime, channel: str = "") -> Clock:
        """Of a recovery that nobody but this transaction knows yet: there is none running."""
        due_at = due(step, place=recovery.place, since=at, channel=channel)
        clock = cls(recovery=recovery, step=step, started_at=at, due_at=due_at)
        add_unnumbered(clock)
        return clock

    @classmethod
    def stop(cls, recovery: Recovery, step: Step, *, at: datetime, reason: str = "") -> None:
        """Stop it, and say in plain words why it was met or missed."""
        clock = cls.objects.running().filter(recovery=recovery, step=step).first()
        if clock is None:
            return
        clock.stopped_at = at
        clock.why = how_it_went(clock, hours=hours_of(recovery.place), reason=reason)[:300]
        claim(cls.objects.running().filter(pk=clock.pk), stopped_at=at, why=clock.why)

    @classmethod
    def end(cls, recovery: Recovery, *, at: datetime, reason: str) -> None:
        """Nothing is due any more: what still had time was neither met nor missed."""
        for clock in cls.objects.running().filter(recovery=recovery):
            clock.stopped_at, why = at, reason
            if clock.due_at < at:
                why = how_it_went(clock, hours=hours_of(recovery.place), reason=reason)
            claim(cls.objects.running().filter(pk=clock.pk), stopped_at=at, why=why[:300])

    @classmethod
    def run_on(cls, recovery: Recovery, step: Step, *, stopped_at: datetime) -> None:
        """What stopped it was taken back: it runs on from where it began, unless one runs anew."""
        if cls.objects.running().filter(recovery=recovery, step=step).exists():
            return
        stopped = cls.objects.filter(recovery=recovery, step=step, stopped_at=stopped_at)
        last = stopped.order_by("-pk").first()
        if last is not None:
            claim(stopped.filter(pk=last.pk), stopped_at=None, why="")

    @classmethod
    def not_stopped(
        cls, recovery: Recovery, between: tuple[datetime, datetime], *, at: datetime
    ) -> datetime | None:
        """What stopped these did not reach the customer. They run on from where they began; one
        whose step runs anew ends only now. Since when the customer has really waited."""
        steps = (Step.ANSWER, Step.APOLOGY)
        stopped = cls.objects.filter(recovery=recovery, step__in=steps, stopped_at__range=between)
        running = cls.objects.running().filter(recovery=recovery)
        anew = set(running.values_list("step", flat=True))
        since = []
        for clock in stopped.order_by("-pk"):
            mine = cls.objects.filter(pk=clock.pk)
            if clock.step in anew:
                mine.update(stopped_at=at, why="The letter that stopped it came back.")
            else:
                mine.update(stopped_at=None, why="")
            anew.add(clock.step)
            since.append(clock.started_at)
        return min(since, default=None)

    @property
    def is_met(self) -> bool | None:
        return None if self.stopped_at is None else self.stopped_at <= self.due_at


def how_it_went(clock: Clock, *, hours: Hours, reason: str = "") -> str:
    """Pure: one sentence on why a stopped clock was met or missed."""
    assert clock.stopped_at is not None
    took = open_minutes_between(hours, clock.started_at, clock.stopped_at)
    if clock.stopped_at <= clock.due_at:
        said = f"Met: after {span(took)} of opening hours"
        if took == 0:
            is_at_once = is_open(hours, clock.started_at)
            said = "Met: at once" if is_at_once else "Met: before opening again"
    else:
        over = open_minutes_between(hours, clock.due_at, clock.stopped_at)
        said = f"Missed by {span(over)} of opening hours"
    return f"{said}. {reason.strip()}".strip() if reason.strip() else f"{said}."


def span(minutes: int) -> str:
    """«5 minutes», «2 hours 10 minutes»."""
    hours, rest = divmod(minutes, 60)
    parts = [_count(hours, "hour")] if hours else []
    if rest or not hours:
        parts.append(_count(rest, "minute"))
    return " ".join(parts)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
