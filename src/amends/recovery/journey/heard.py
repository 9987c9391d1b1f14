"""Part one, Heard: the story is in the customer's words and somebody owns it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Count

from amends.customers.customer import Customer
from amends.kit.brief import briefly
from amends.kit.clock import now
from amends.kit.errors import Impossible
from amends.kit.ready import add, ready
from amends.kit.refs import new_ref
from amends.mailroom.filing import log
from amends.mailroom.letter import Direction, Letter
from amends.people.person import Person
from amends.people.place import Place
from amends.people.roster import owner_for
from amends.recovery import letters
from amends.recovery.complaint import FACE_TO_FACE, Complaint
from amends.recovery.failure import Failure, Kind, NothingSaid, Severity
from amends.recovery.journey.waiting import answered
from amends.recovery.link import Link
from amends.recovery.notice import About, Notice
from amends.recovery.recovery import Companion, FoundBy, Part, Recovery
from amends.recovery.standards import Clock, Step
from amends.recovery.timeline import Actor, By, Verb, begin, record

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime
    from decimal import Decimal

    from django.db.models import QuerySet

    from amends.customers.order import Order
    from amends.customers.visit import Visit

ANSWERED_BY_LETTER = frozenset({"e-mail", "web form"})


class NotAllowed(Impossible):
    code = "not-allowed"


@dataclass(frozen=True)
class WentWrong:
    """What a way in knows about one failure."""

    kind: str = Kind.CORE
    words: str = ""
    severity: int = Severity.MODERATE
    involved: Person | None = None
    order: Order | None = None
    visit: Visit | None = None
    happened_at: datetime | None = None
    price: Decimal | None = None

    def note_on(self, recovery: Recovery, *, at: datetime) -> Failure:
        return Failure.note(recovery, at=at, **self.__dict__)


def hear(
    *,
    customer: Customer,
    place: Place,
    words: str,
    channel: str,
    by: Person | None = None,
    failures: Sequence[WentWrong] = (),
    letter: Letter | None = None,
    about: str = "",
    said_at: datetime | None = None,
    ref: str = "",
) -> Recovery:
    """A complaint, on any channel, becomes a recovery with an owner and running clocks."""
    if not words.strip():
        raise NothingSaid("What did they say? A few of their own words will do.")
    with transaction.atomic(savepoint=False):
        at = said_at or now()
        customer.spoke_again()
        face_to_face = channel in FACE_TO_FACE
        recovery = _open(
            customer,
            place,
            failures,
            about=about or words,
            found_by=FoundBy.CUSTOMER,
            by=by,
            at=at,
            ref=ref,
            listened_at=at if face_to_face and by is not None else None,
            waiting_since=None if face_to_face else at,
        )
        Complaint.take(recovery, channel=channel, words=words, at=at, by=by, letter=letter)
        _heard(recovery, Verb.HEARD, words, by=by or Actor.CUSTOMER, at=at, channel=channel)
        clock = _start(recovery, at=at, channel=channel, by=by)
        if channel in ANSWERED_BY_LETTER:
            _acknowledge(recovery, letter, clock, at=at)
        return recovery


@transaction.atomic
def spot(
    *,
    customer: Customer,
    place: Place,
    failures: Sequence[WentWrong],
    by: Person | None = None,
    about: str = "",
    ref: str = "",
) -> Recovery:
    """We saw it before, or without, the customer saying a word (S3-21): there is no story to wait
    for, so the apology may come at once (T5)."""
    if not failures:
        raise NothingSaid("What did you see go wrong?")
    at = now()
    found = FoundBy.STAFF if by else FoundBy.SYSTEM
    recovery = _open(customer, place, failures, about=about, found_by=found, by=by, at=at, ref=ref)
    _heard(recovery, Verb.SPOTTED, recovery.about, by=by or Actor.SYSTEM, at=at)
    _start(recovery, at=at, channel="", by=by)
    return recovery


@transaction.atomic
def add_failure(recovery: Recovery, went_wrong: WentWrong, *, by: Person) -> Failure:
    """Several things can go wrong in one visit (S3-17); each is owed its sorry."""
    recovery.must_be_open()
    at = now()
    failure = went_wrong.note_on(recovery, at=at)
    recovery.undo(Part.SORRY)
    record(recovery, Verb.FAILED, by=by, at=at, words=failure.words, kind=failure.kind)
    Clock.start(recovery, Step.APOLOGY, at=at)
    if failure.involved is not None and failure.involved == recovery.owner:
        _hand_to_somebody_else(recovery, by=by, at=at)
    return failure


@transaction.atomic
def it_cost(
    failure: Failure,
    *,
    by: Person,
    money: Decimal | None = None,
    minutes: int | None = None,
    trips: int | None = None,
    worry: str = "",
) -> None:
    failure.it_cost(money=money, minutes=minutes, trips=trips, worry=worry)
    words = f"What it cost them: {failure.words}"
    record(failure.recovery, Verb.NOTED, by=by, at=now(), words=words, trips=trips, minutes=minutes)


@transaction.atomic
def listen(recovery: Recovery, *, by: Person) -> None:
    """The story was shown to this person; now an answer may be written (S4-22)."""
    at = now()
    if not recovery.listened_at and recovery.listened(at=at):
        record(recovery, Verb.LISTENED, by=by, at=at)


@transaction.atomic
def take(recovery: Recovery, *, by: Person) -> None:
    """I will see to this one."""
    hand_over(recovery, to=by, by=by)


@transaction.atomic
def hand_over(recovery: Recovery, *, to: Person, by: By) -> None:
    """Inside it changes hands; outside the customer keeps one contact (S0-05)."""
    if not to.may_write:
        raise NotAllowed(f"{to.name} cannot own a recovery.")
    before = recovery.owner
    if before == to:
        return
    recovery.give_to(to, instead_of=before)
    at = now()
    record(
        recovery,
        Verb.TOOK,
        by=by,
        at=at,
        words=f"{to.name} sees to this now.",
        owner=to.pk,
        before=before.pk if before else None,
    )
    Clock.stop(recovery, Step.OWNER, at=at)
    if by != to:
        Notice.tell(to, recovery, About.PERSON, f"{recovery} is yours now.", at=at)


@transaction.atomic
def note(recovery: Recovery, *, words: str, by: Person, channel: str = "") -> None:
    """A note for ourselves, or what was said on the telephone, on paper, or face to face (S2-13)."""
    if not words.strip():
        raise NothingSaid("There are no words in this note yet.")
    at = now()
    if channel:
        log(
            recovery.ref,
            channel=channel,
            direction=Direction.OUT,
            text=words.strip(),
            by_name=by.name,
            at=at,
        )
        answered(recovery, at=at)
    verb = Verb.WROTE if channel else Verb.NOTED
    record(recovery, verb, by=by, at=at, words=words[:2_000], channel=channel)


@transaction.atomic
def name_companion(
    recovery: Recovery, *, name: str, relation: str, by: Person, email: str = ""
) -> Companion:
    """Somebody else with a stake: never contacted without leave (S4-12)."""
    if not name.strip():
        raise NothingSaid("Who is it?")
    companion = Companion.objects.create(
        recovery=recovery, name=name.strip()[:200], relation=relation.strip()[:100], email=email
    )
    record(recovery, Verb.COMPANION, by=by, at=now(), words=str(companion))
    return companion


def _open(
    customer: Customer,
    place: Place,
    failures: Sequence[WentWrong],
    *,
    about: str,
    found_by: FoundBy,
    by: Person | None,
    at: datetime,
    ref: str = "",
    **moments: datetime | None,
) -> Recovery:
    involved = [f.involved for f in failures if f.involved is not None]
    told = about.strip() or "; ".join(f.words or Kind(f.kind).label for f in failures)
    recovery = Recovery(
        ref=ref or new_ref(),
        customer=customer,
        place=place,
        owner=_owner(place, not_these=involved, by=by, at=at),
        found_by=found_by,
        about=" ".join(told.split())[:200],
        known_at=at,
        touched_at=at,
        heard_at=at,
        entries=1,  # the one that begins the timeline
        **moments,
    )
    add(recovery)
    customer.known_at(place)
    for went_wrong in failures or [WentWrong(words=recovery.about)]:
        went_wrong.note_on(recovery, at=at)
    return recovery


def _owner(
    place: Place, *, not_these: Collection[Person], by: Person | None, at: datetime
) -> Person | None:
    """Whoever hears it owns it; else by place and hours, the least busy first; never the person
    complained about (S3-12, S3-13)."""
    if by is not None and by.may_write and by not in not_these and by.works_at(place):
        return by
    load = _load(place.pk)
    owner = owner_for(place, at, not_these=not_these, load=load)
    if owner is not None:
        load[owner.pk] += 1  # where this is remembered for a while, the next goes to another
    return owner


@briefly
def _load(place: int) -> Counter[int]:
    return Counter(dict(_open_by_owner(place)))


@ready
def _open_by_owner(place: int) -> QuerySet[Recovery, Any]:
    busy = Recovery.objects.open().filter(place=place).exclude(owner=None).order_by()
    return busy.values_list("owner").annotate(n=Count("pk"))


def _start(recovery: Recovery, *, at: datetime, channel: str, by: Person | None) -> Clock:
    clock = Clock.first(recovery, Step.APOLOGY, at=at, channel=channel)
    if recovery.owner is None:
        Clock.first(recovery, Step.OWNER, at=at)
    elif recovery.owner != by:
        Notice.tell(recovery.owner, recovery, About.PERSON, f"{recovery} is yours.", at=at)
    return clock


def _heard(
    recovery: Recovery, verb: Verb, words: str, *, by: By, at: datetime, **facts: str
) -> None:
    begin(recovery, verb, by=by, at=at, words=words[:500], completes=Part.HEARD, **facts)


def _hand_to_somebody_else(recovery: Recovery, *, by: Person, at: datetime) -> None:
    involved = [f.involved for f in recovery.failures.all() if f.involved is not None]
    somebody = _owner(recovery.place, not_these=involved, by=by, at=at)
    if somebody is not None:
        hand_over(recovery, to=somebody, by=Actor.SYSTEM)


def _acknowledge(recovery: Recovery, letter: Letter | None, clock: Clock, *, at: datetime) -> None:
    """At most once per address and hour, never to a machine: the gate decides (mail guarantees 7,
    8 and 13). Not for what one of us passed on: that can still be undone."""
    if recovery.customer.email and not (letter and letter.by_name):
        when = f"by {clock.due_at.astimezone(recovery.place.zone):%A %H:%M}"
        link = Link.first(recovery, at=at)  # nobody but this transaction knows the recovery yet
        letters.acknowledgement(recovery, at=at, when=when, answers=letter, link=link)
