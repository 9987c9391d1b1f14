"""What to do next: the one step that brings a recovery on, and a person's day in order."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from amends.customers.visit import Visit
from amends.kit.aside import beside
from amends.people.person import Person
from amends.recovery.authority import Approval
from amends.recovery.complaint import Complaint
from amends.recovery.failure import Failure, Kind
from amends.recovery.followup import FollowUp
from amends.recovery.learning import Finding, Improvement
from amends.recovery.offer import UNSETTLED, Offer, State
from amends.recovery.promise import Promise
from amends.recovery.recovery import FoundBy, Part, Recovery
from amends.recovery.standards import Clock, Step
from amends.recovery.timeline import Entry, Verb
from amends.recovery.understanding import Restatement
from amends.recovery.wish import Wish

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from datetime import datetime

    from django.db.models import QuerySet

    from amends.recovery.recovery import RecoveryQuerySet

SCREENFUL = 8  # lines; more than that is a wall (S0-06)
JUST_IN = 3  # of the screenful are kept for what nobody has read yet
LOOKED_AT = 40  # rows of each kind, from which the screenful is chosen
SOON = timedelta(hours=1)


class Do(models.TextChoices):
    """The next step, in the words of Today."""

    GREET = "greet", "Is here now: say hello"
    ANSWER_APPROVAL = "answer_approval", "Say yes, or put something else forward"
    TAKE = "take", "Find somebody to see to this"
    LISTEN = "listen", "Read the story"
    RESTATE = "restate", "Say back what you understood"
    APOLOGISE = "apologise", "Say sorry"
    ASK = "ask", "Ask what would be fair"
    WISH = "wish", "Write down what would be fair"
    OFFER = "offer", "Put an offer together"
    WRITE = "write", "Answer"
    KEEP = "keep", "Keep the promise"
    PUT_RIGHT = "put_right", "Put it right"
    THANK = "thank", "Say thank you"
    LINK_CAUSE = "link_cause", "Name what lies behind it"
    IMPROVE = "improve", "Change what lies behind it"
    FOLLOW_UP = "follow_up", "Ask whether it is really fixed"
    WAIT_FOR_YES = "wait_for_yes", "Waiting for a yes of ours"
    WAIT_FOR_WISH = "wait_for_wish", "Waiting to hear what would be fair"
    WAIT_FOR_ANSWER = "wait_for_answer", "Waiting for an answer to the offer"
    WAIT_FOR_CONFIRMATION = "wait_for_confirmation", "Waiting to hear whether we understood"
    WAIT_FOR_RETURN = "wait_for_return", "Waiting to see them again"
    NOTHING = "nothing", "Nothing left to do"


WAITING = frozenset(
    [
        Do.WAIT_FOR_YES,
        Do.WAIT_FOR_WISH,
        Do.WAIT_FOR_ANSWER,
        Do.WAIT_FOR_CONFIRMATION,
        Do.WAIT_FOR_RETURN,
        Do.NOTHING,
    ]
)


@dataclass(frozen=True)
class Progress:
    """What has been done so far that the next step hangs on."""

    has_story: bool = False
    is_told: bool = False
    owes_sorry: bool = False
    broke: bool = False
    was_asked: bool = False
    has_wish: bool = False
    last_offer: str | None = None
    owes: bool = False
    has_finding: bool = False
    is_improved: bool = False


def progress_of(recoveries: Collection[Recovery]) -> dict[int, Progress]:
    """One query, however many recoveries."""
    rows = Recovery.objects.filter(pk__in=[r.pk for r in recoveries]).order_by()
    names = [field.name for field in fields(Progress)]
    found = rows.annotate(**_facts()).values_list("pk", *names)
    return {pk: Progress(*facts) for pk, *facts in found}


def next_step(recovery: Recovery, so_far: Progress) -> Do:
    """Pure: the first thing in the order of the journey that has not been done."""
    if recovery.closed_at:
        return Do.NOTHING
    return next((do for do, applies in ORDER if applies(recovery, so_far)), Do.NOTHING)


# Listen, say back, say sorry, ask, offer, keep, thank, learn, follow up (S0-01 to S2-19).
# What we found ourselves has no story: there we say sorry first (T5).
ORDER: list[tuple[Do, Callable[[Recovery, Progress], bool]]] = [
    (Do.TAKE, lambda r, p: r.owner_id is None),
    (Do.LISTEN, lambda r, p: p.has_story and r.listened_at is None),
    (Do.RESTATE, lambda r, p: p.has_story and not p.is_told),
    (Do.APOLOGISE, lambda r, p: p.owes_sorry),
    (Do.WAIT_FOR_YES, lambda r, p: p.last_offer == State.HELD),
    (Do.WRITE, lambda r, p: _waits(r) and (bool(r.agreed_at) or p.last_offer == State.OPEN)),
    (Do.WAIT_FOR_ANSWER, lambda r, p: p.last_offer == State.OPEN),
    (Do.ASK, lambda r, p: not r.agreed_at and not p.has_wish and not p.was_asked),
    (Do.WISH, lambda r, p: not r.agreed_at and not p.has_wish and _waits(r)),
    (Do.WAIT_FOR_WISH, lambda r, p: not r.agreed_at and not p.has_wish),
    (Do.OFFER, lambda r, p: not r.agreed_at),
    (Do.KEEP, lambda r, p: p.owes),
    (Do.PUT_RIGHT, lambda r, p: not r.put_right_at),
    (Do.THANK, lambda r, p: not r.thanked_at),
    (Do.LINK_CAUSE, lambda r, p: not r.learned_at and not p.has_finding),
    (Do.IMPROVE, lambda r, p: not r.learned_at and not p.is_improved),
    (Do.WAIT_FOR_CONFIRMATION, lambda r, p: p.is_told and not r.understood_at),
    (Do.RESTATE, lambda r, p: not r.understood_at),
    (Do.WAIT_FOR_RETURN, lambda r, p: not r.back_at),
]


@dataclass(frozen=True)
class Line:
    """One line of Today: for whom, what to do, by when."""

    do: Do
    recovery: Recovery
    due_at: datetime | None = None
    visit: Visit | None = None
    promise: Promise | None = None
    approval: Approval | None = None
    followup: FollowUp | None = None
    broke: bool = False
    is_new: bool = False

    def is_pressing(self, at: datetime) -> bool:
        soon = self.due_at is not None and self.due_at <= at + SOON
        return soon or self.broke or self.visit is not None


@dataclass(frozen=True)
class Agenda:
    """The lines in their order, and whether there are more than fit."""

    lines: list[Line]
    more: bool


@dataclass(frozen=True)
class Whose:
    """Whose day it is: one person's, and where: everywhere they may look, or only some places."""

    person: Person
    only_mine: bool = False
    places: Collection[int] | None = None

    def among(self, rows: QuerySet[Any], path: str, *, orphans: bool = False) -> QuerySet[Any]:
        """Of what something else has found, whatever belongs to a recovery of theirs."""
        if not (self.person.is_active and self.person.sees_every_place):
            rows = rows.filter(beside(f"{path}__place", self.person.places_seen()))
        if self.places is not None:
            rows = rows.filter(beside(f"{path}__place", self.places))
        if not self.only_mine:
            return rows
        mine = Q(beside(f"{path}__owner", [self.person.pk]))
        return rows.filter(mine | Q(**{f"{path}__owner": None}) if orphans else mine)

    def recoveries(self, *, orphans: bool = False) -> RecoveryQuerySet:
        seen = Recovery.objects.visible_to(self.person)
        if self.places is not None:
            seen = seen.filter(place__in=self.places)
        if not self.only_mine:
            return seen
        mine = Q(owner=self.person)
        return seen.filter(mine | Q(owner=None) if orphans else mine)


def agenda(whose: Whose, *, at: datetime, end: datetime, limit: int = SCREENFUL) -> Agenda:
    """Who is here, whom we broke a promise to, then what is due first; what has no clock comes
    last. The newest stories nobody has read yet always find room. `end` is the end of the day."""
    here = list(_here(whose, at))
    lines = [*here, *_just_in(whose), *_promises(whose, end, here), *_approvals(whose)]
    lines += [*_on_the_clock(whose), *_followups(whose, end)]
    lines.sort(key=lambda line: (line.visit is None, not line.broke, line.due_at or end))
    if len(lines) <= limit:
        lines += _without_a_clock(whose, not_these=lines)
    lines = list(_once_each(lines))
    room = limit - sum(line.is_new for line in lines)
    old = [line for line in lines if not line.is_new][:room]
    return Agenda([x for x in lines if x.is_new or x in old], more=len(lines) > limit)


def _just_in(whose: Whose) -> Iterator[Line]:
    """The newest first: a story just told is seen at once, however much there is to do."""
    unread = (
        whose.recoveries(orphans=True).open().filter(listened_at=None, found_by=FoundBy.CUSTOMER)
    )
    running = Clock.objects.running().filter(recovery=OuterRef("pk")).order_by("due_at")
    due = Subquery(running.values("due_at")[:1])
    newest = unread.with_people().annotate(due=due).order_by("-known_at", "-pk")[:JUST_IN]
    for line in _next_steps([(recovery, getattr(recovery, "due", None)) for recovery in newest]):
        yield replace(line, is_new=True)


def _here(whose: Whose, at: datetime) -> Iterator[Line]:
    """Somebody we let down stands before us. Greeting them comes before everything."""
    open_ones = whose.recoveries(orphans=True).open().filter(customer=OuterRef("customer"))
    owed = Promise.objects.open().filter(visit=OuterRef("pk"))
    if whose.only_mine:
        owed = owed.filter(Q(owner=whose.person) | Q(cover=whose.person))
    places = whose.person.places_seen() if whose.places is None else whose.places
    here = Visit.objects.here(at=at).filter(place__in=places, greeted_at=None)
    visits = here.filter(Exists(open_ones) | Exists(owed))
    found = {v.customer_id: v for v in visits.order_by("arrived_at")[:LOOKED_AT]}
    owed_still = Promise.objects.open().filter(recovery=OuterRef("pk"))
    known = Recovery.objects.visible_to(whose.person).filter(customer__in=found)
    unfinished = known.filter(Q(closed_at=None) | Exists(owed_still)).with_people()
    owed_to = models.Prefetch("promises", Promise.objects.open(), to_attr="owed")
    recoveries = list(unfinished.prefetch_related(owed_to).order_by("known_at"))
    so_far = progress_of(recoveries)
    for recovery in recoveries:
        visit, broke = found.pop(recovery.customer_id, None), so_far[recovery.pk].broke
        if visit is not None:
            yield Line(Do.GREET, recovery, due_at=visit.arrived_at, visit=visit, broke=broke)


def _promises(whose: Whose, end: datetime, here: Iterable[Line]) -> Iterator[Line]:
    """To come in person for somebody who is here is said in their line already."""
    said = [line.visit.pk for line in here if line.visit]
    due = Promise.objects.visible_to(whose.person).due_by(end).with_people()
    due = due.exclude(asks_for_owner=True, visit__in=said)
    if whose.places is not None:
        due = due.filter(beside("recovery__place", whose.places))
    if whose.only_mine:
        due = due.filter(Q(owner=whose.person) | Q(cover=whose.person))
    for promise in due[:LOOKED_AT]:
        yield Line(Do.KEEP, promise.recovery, due_at=promise.due_at, promise=promise)


def _approvals(whose: Whose) -> Iterator[Line]:
    asked = Approval.objects.visible_to(whose.person).waiting_for(whose.person)
    around = asked.select_related("asked_by", "offer__recovery__customer", "offer__recovery__place")
    for approval in around[:LOOKED_AT]:
        yield Line(
            Do.ANSWER_APPROVAL, approval.offer.recovery, due_at=approval.due_at, approval=approval
        )


def _on_the_clock(whose: Whose) -> Iterator[Line]:
    """What a standard says we owe: an owner, a sorry, an answer."""
    steps = (Step.OWNER, Step.APOLOGY, Step.ANSWER)
    running = Clock.objects.running().filter(recovery__closed_at=None, step__in=steps)
    clocks = whose.among(running, "recovery", orphans=True)
    around = clocks.select_related("recovery__customer", "recovery__place", "recovery__owner")
    found = list(around.order_by("due_at")[:LOOKED_AT])
    yield from _next_steps([(clock.recovery, clock.due_at) for clock in found])


def _followups(whose: Whose, end: datetime) -> Iterator[Line]:
    due = FollowUp.objects.due_by(end).with_people()
    for followup in whose.among(due, "recovery")[:LOOKED_AT]:
        yield Line(Do.FOLLOW_UP, followup.recovery, due_at=followup.due_at, followup=followup)


def _without_a_clock(whose: Whose, *, not_these: Iterable[Line]) -> Iterator[Line]:
    """Open, ours to bring on, and nothing reminds us: the longest untouched first."""
    clocks = Clock.objects.running().filter(recovery=OuterRef("pk"))
    put = Offer.objects.filter(recovery=OuterRef("pk"), state__in=UNSETTLED)
    parts = (Part.UNDERSTOOD, Part.SORRY, Part.AGREED, Part.LEARNED)
    quiet = whose.recoveries().open().filter(~Exists(clocks), ~Exists(put), part__in=parts)
    known = [line.recovery.pk for line in not_these]
    waiting = quiet.exclude(pk__in=known).with_people().order_by("touched_at")
    yield from _next_steps([(recovery, None) for recovery in waiting[:LOOKED_AT]])


def _next_steps(found: list[tuple[Recovery, datetime | None]]) -> Iterator[Line]:
    so_far = progress_of([recovery for recovery, _ in found])
    for recovery, due_at in found:
        do = next_step(recovery, so_far[recovery.pk])
        if do not in WAITING:
            yield Line(do, recovery, due_at=due_at, broke=so_far[recovery.pk].broke)


def _once_each(lines: Iterable[Line]) -> Iterator[Line]:
    """A recovery speaks once; each promise to keep is a thing of its own."""
    seen: set[tuple[int, int | None]] = set()
    for line in lines:
        key = (line.recovery.pk, line.promise.pk if line.promise else None)
        if key not in seen:
            seen.add(key)
            yield line


def _facts() -> dict[str, models.expressions.Combinable]:
    here = OuterRef("pk")
    failed = Failure.objects.filter(recovery=here, sorry_at=None)
    latest = Offer.objects.filter(recovery=here).order_by("-made_at", "-pk")
    behind = Improvement.objects.filter(cause__findings__recovery=here)
    return {
        "has_story": Exists(Complaint.objects.filter(recovery=here)),
        "is_told": Exists(Restatement.objects.filter(recovery=here, corrected_at=None)),
        "owes_sorry": Exists(failed),
        "broke": Exists(failed.filter(kind=Kind.BROKEN_PROMISE)),
        "was_asked": Exists(Entry.objects.filter(recovery=here, verb=Verb.ASKED)),
        "has_wish": Exists(Wish.objects.filter(recovery=here)),
        "last_offer": Subquery(latest.values("state")[:1]),
        "owes": Exists(Promise.objects.open().filter(recovery=here)),
        "has_finding": Exists(Finding.objects.filter(recovery=here)),
        "is_improved": Exists(behind),
    }


def _waits(recovery: Recovery) -> bool:
    return recovery.waiting_since is not None
