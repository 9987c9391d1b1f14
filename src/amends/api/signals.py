"""Who was let down and said nothing; and incidents, with the list of whom they touched."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from ninja import Query, Router, Status
from pydantic import Field

from amends.api import finding
from amends.api.callers import PersonToken, Request
from amends.api.cursor import Page, page
from amends.api.promises import NOTHING, NothingTold, Who
from amends.api.words import Asked, Line, Money, Past, PersonRef, PlaceRef, Shown, Text, Told
from amends.kit.pages import find
from amends.recovery.failure import Kind
from amends.remedies.remedy import Remedy
from amends.signals import opening, reaching
from amends.signals.incident import State as Reached
from amends.signals.models import Incident, Signal

signals = Router(tags=["signals"], auth=PersonToken())
incidents = Router(tags=["incidents"], auth=PersonToken())
MOST = 5_000  # lines of one call

Lines = Annotated[
    list[Line],
    Field(
        max_length=MOST,
        description="One customer each: an e-mail address, a telephone number, an order, their "
        "number in another system, or our ref.",
    ),
]


class SignalShown(Shown):
    ref: str
    watch: str
    sees: str
    customer: str
    place: str
    order: str | None
    why: str
    state: str
    found_at: datetime
    settled_at: datetime | None
    recovery: str | None

    @staticmethod
    def resolve_watch(signal: Signal) -> str:
        return signal.watch.name

    @staticmethod
    def resolve_sees(signal: Signal) -> str:
        return signal.watch.sees

    @staticmethod
    def resolve_customer(signal: Signal) -> str:
        return signal.customer.ref

    @staticmethod
    def resolve_place(signal: Signal) -> str:
        return signal.place.slug

    @staticmethod
    def resolve_order(signal: Signal) -> str | None:
        return signal.order.outside_id if signal.order else None

    @staticmethod
    def resolve_recovery(signal: Signal) -> str | None:
        return signal.recovery.ref if signal.recovery else None


class SignalState(StrEnum):
    NEW = "new"
    OPENED = "opened"
    LEFT = "left"


class SignalsAsked(Asked):
    state: SignalState = SignalState.NEW
    place: PlaceRef = ""


class LeaveTold(Told):
    why: Line


class IncidentShown(Shown):
    ref: str
    name: str
    place: str
    signs: Who
    made_at: datetime
    started_at: datetime | None
    stopped_at: datetime | None
    finished_at: datetime | None
    waiting: int
    opened: int
    left: int
    unknown: int

    @staticmethod
    def resolve_place(incident: Incident) -> str:
        return incident.place.slug

    @staticmethod
    def resolve_waiting(incident: Incident) -> int:
        return incident.counts()[Reached.WAITING]

    @staticmethod
    def resolve_opened(incident: Incident) -> int:
        return incident.counts()[Reached.OPENED]

    @staticmethod
    def resolve_left(incident: Incident) -> int:
        return incident.counts()[Reached.LEFT]

    @staticmethod
    def resolve_unknown(incident: Incident) -> int:
        return incident.unknown.count()


class IncidentTold(Told):
    name: Annotated[Line, Field(max_length=120, description="What happened, in a few words.")]
    we_saw: Text = Field(description="As you would say it to one of them: We saw that …")
    sorry: Text
    place: PlaceRef = ""
    kind: Kind = Kind.CORE
    happened_at: Past | None = None
    signs: PersonRef = "me"
    remedy: Line = Field("", description="A first move: the name or ref of a remedy.")
    value: Money | None = None
    customers: Lines = []


class ListTold(Told):
    customers: Lines


@signals.get("", response=Page[SignalShown], summary="Who said nothing, the latest first")
def all_signals(request: Request, asked: Query[SignalsAsked]) -> Any:
    seen = Signal.objects.visible_to(request.auth).with_people().filter(state=asked.state)
    if asked.place:
        seen = seen.filter(place=finding.place(request.auth, asked.place))
    return page(seen, asked, by="-found_at")


@signals.post("/{slug:ref}/take", response=SignalShown, summary="A recovery of it, and no letter")
def take(request: Request, ref: str, told: NothingTold = NOTHING) -> Signal:
    found = _signal(request, ref)
    opening.see_to_it(found, by=request.auth)
    return found


@signals.post("/{slug:ref}/leave", response=SignalShown, summary="Leave them alone, and say why")
def leave(request: Request, ref: str, told: LeaveTold) -> Signal:
    found = _signal(request, ref)
    opening.leave(found, why=told.why, by=request.auth)
    return found


@incidents.post("", response={201: IncidentShown}, summary="Note an incident and whom it touched")
def note(request: Request, told: IncidentTold) -> Status[Incident]:
    """Nobody is written to before it is begun. For managers of the place."""
    given = told.model_dump(exclude={"customers", "place", "signs", "remedy"})
    given["place"] = finding.place(request.auth, told.place)
    given["signs"] = finding.person(request.auth, told.signs, field="signs")
    given["remedy"] = _remedy(told.remedy, given["place"])
    made = reaching.note(**given, listed=_listed(told.customers), by=request.auth)
    return Status(201, made)


@incidents.get("/{slug:ref}", response=IncidentShown, summary="How far it is")
def incident(request: Request, ref: str) -> Incident:
    return _incident(request, ref)


@incidents.post("/{slug:ref}/list", response=IncidentShown, summary="Add to the list")
def add_list(request: Request, ref: str, told: ListTold) -> Incident:
    """Whoever is on it already is not added again."""
    found = _incident(request, ref)
    reaching.add_list(found, listed=_listed(told.customers), by=request.auth)
    return found


@incidents.post("/{slug:ref}/begin", response=IncidentShown, summary="Write to them")
def begin(request: Request, ref: str, told: NothingTold = NOTHING) -> Incident:
    """One thread each, a few at a time."""
    found = _incident(request, ref)
    reaching.begin(found, by=request.auth)
    return found


@incidents.post("/{slug:ref}/stop", response=IncidentShown, summary="Stop writing")
def stop(request: Request, ref: str, told: NothingTold = NOTHING) -> Incident:
    found = _incident(request, ref)
    reaching.stop(found, by=request.auth)
    return found


def _signal(request: Request, ref: str) -> Signal:
    return find(Signal.objects.visible_to(request.auth).with_people(), ref=ref)


def _incident(request: Request, ref: str) -> Incident:
    seen = Incident.objects.visible_to(request.auth).select_related("place", "signs")
    return find(seen, ref=ref)


def _remedy(name: str, place: Any) -> Remedy | None:
    if not name:
        return None
    offered = Remedy.objects.offered_at(place)
    by_ref = offered.filter(ref=name)
    return by_ref.first() or finding.meant(offered, "remedy", name=name)


def _listed(customers: list[str]) -> str:
    """A line each, whatever stands in it."""
    return "\n".join('"' + " ".join(one.split()).replace('"', '""') + '"' for one in customers)
