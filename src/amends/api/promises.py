"""Promises: which are due or broken, and what became of them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from ninja import Query, Router
from pydantic import Field

from amends.api import finding
from amends.api.callers import PersonToken, Request
from amends.api.cursor import Page, page
from amends.api.words import Asked, Moment, PersonRef, PlaceRef, Shown, Text, Told
from amends.kit.clock import now
from amends.kit.pages import find
from amends.people.person import Person
from amends.recovery import journey
from amends.recovery.promise import Promise

router = Router(tags=["promises"], auth=PersonToken())


class Who(Shown):
    ref: str
    name: str


class PromiseShown(Shown):
    ref: str
    recovery: str
    words: str
    state: str
    owner: Who
    cover: Who | None
    made_at: datetime
    due_at: datetime | None
    trigger: str
    triggered_at: datetime | None
    kept_at: datetime | None
    broken_at: datetime | None
    released_at: datetime | None
    times_moved: int

    @staticmethod
    def resolve_recovery(promise: Promise) -> str:
        return promise.recovery.ref


class PromiseState(StrEnum):
    DUE = "due"
    OPEN = "open"
    BROKEN = "broken"


class PromisesAsked(Asked):
    state: PromiseState = Field(
        PromiseState.DUE,
        description="due: open, and due by `until`; open: whatever is still owed; broken.",
    )
    until: Moment | None = Field(default=None, description="For due promises; without it: now.")
    place: PlaceRef = ""
    owner: PersonRef = ""


class MoveTold(Told):
    to: Moment
    leave: Text = Field(description="What the customer said when they were asked.")


class ReleaseTold(Told):
    why: Text = Field(description="What the customer said: only they can release us.")


class NothingTold(Told):
    """Nothing needs to be said with this call."""


NOTHING = NothingTold()


@router.get("", response=Page[PromiseShown], summary="Promises that are due, open or broken")
def promises(request: Request, asked: Query[PromisesAsked]) -> Any:
    """Due ones: the soonest first. Broken ones: the latest first."""
    seen = _asked_for(Promise.objects.visible_to(request.auth).with_people(), asked, request.auth)
    match asked.state:
        case PromiseState.DUE:
            return page(seen.due_by(asked.until or now()), asked, by="due_at")
        case PromiseState.BROKEN:
            return page(seen.broken(), asked, by="-broken_at")
    return page(seen.open(), asked, by="made_at")


@router.post("/{slug:ref}/keep", response=PromiseShown, summary="We kept it")
def keep(request: Request, ref: str, told: NothingTold = NOTHING) -> Promise:
    promise = _promise(request, ref)
    journey.keep(promise, by=request.auth)
    return promise


@router.post("/{slug:ref}/move", response=PromiseShown, summary="Later, with the customer's leave")
def move(request: Request, ref: str, told: MoveTold) -> Promise:
    """Before it is due: afterwards it is late, and the customer is told so."""
    promise = _promise(request, ref)
    journey.move(promise, to=told.to, leave=told.leave, by=request.auth)
    return promise


@router.post("/{slug:ref}/release", response=PromiseShown, summary="The customer let us off")
def release(request: Request, ref: str, told: ReleaseTold) -> Promise:
    promise = _promise(request, ref)
    journey.release(promise, why=told.why, by=request.auth)
    return promise


def _promise(request: Request, ref: str) -> Promise:
    return find(Promise.objects.visible_to(request.auth).with_people(), ref=ref)


def _asked_for(seen: Any, asked: PromisesAsked, by: Person) -> Any:
    if asked.place:
        seen = seen.filter(recovery__place=finding.place(by, asked.place))
    if asked.owner:
        seen = seen.filter(owner=finding.person(by, asked.owner, field="owner"))
    return seen
