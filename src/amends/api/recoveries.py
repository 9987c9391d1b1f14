"""Recoveries: a list of them, and one with everything that happened in it."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from django.db.models import Prefetch
from ninja import Query, Router
from pydantic import Field

from amends.api import finding
from amends.api.callers import PersonToken, Request
from amends.api.cursor import Page, page
from amends.api.customers import EntryShown
from amends.api.offers import OfferShown
from amends.api.promises import PromiseShown, Who
from amends.api.words import Amount, Asked, PlaceRef, Ref, Shown
from amends.customers.customer import Customer
from amends.kit.pages import find
from amends.mailroom.letter import Letter
from amends.people.person import Person
from amends.recovery.failure import Failure, Severity
from amends.recovery.learning import Finding
from amends.recovery.promise import Promise
from amends.recovery.recovery import Part, Recovery
from amends.recovery.timeline import Entry

router = Router(tags=["recoveries"], auth=PersonToken())
MANY = (
    "complaints",
    "failures",
    "restatements",
    "apologies",
    "wishes",
    "offers__lines",
    "followups",
    "ideas",
    Prefetch("promises", Promise.objects.select_related("recovery", "owner", "cover")),
    Prefetch("timeline", Entry.objects.select_related("recovery", "by")),
)


class RecoveryShort(Shown):
    ref: str
    about: str
    customer: Who
    place: str
    owner: Who | None
    part: str = Field(description="The first part of the journey that is not done.")
    found_by: str
    known_at: datetime
    waiting_since: datetime | None
    closed_at: datetime | None
    outcome: str

    @staticmethod
    def resolve_customer(recovery: Recovery) -> dict[str, str]:
        return {"ref": recovery.customer.ref, "name": recovery.customer.called}

    @staticmethod
    def resolve_place(recovery: Recovery) -> str:
        return recovery.place.slug

    @staticmethod
    def resolve_part(recovery: Recovery) -> str:
        return recovery.stage.name.lower()


class ComplaintShown(Shown):
    ref: str
    channel: str
    words: str
    said_at: datetime


class FailureShown(Shown):
    ref: str
    kind: str
    severity: str
    words: str
    happened_at: datetime | None
    price: Amount | None
    sorry_at: datetime | None

    @staticmethod
    def resolve_severity(failure: Failure) -> str:
        return Severity(failure.severity).name.lower()


class RestatementShown(Shown):
    ref: str
    words: str
    hurt_most: str
    said_at: datetime
    confirmed_at: datetime | None
    corrected_at: datetime | None
    correction: str


class ApologyShown(Shown):
    ref: str
    words: str
    channel: str
    said_at: datetime


class WishShown(Shown):
    words: str
    wants: str
    amount: Amount | None
    said_at: datetime


class FollowUpShown(Shown):
    ref: str
    about: str
    due_at: datetime
    words: str
    done_at: datetime | None
    dropped_at: datetime | None


class IdeaHad(Shown):
    ref: str
    words: str
    given_at: datetime
    answer: str
    answered_at: datetime | None


class FindingShown(Shown):
    cause: str | None
    one_off_why: str

    @staticmethod
    def resolve_cause(finding: Finding) -> str | None:
        return finding.cause.name if finding.cause else None


class LetterShown(Shown):
    ref: str
    direction: str
    channel: str
    kind: str
    subject: str
    words: str
    made_at: datetime
    state: str

    @staticmethod
    def resolve_words(letter: Letter) -> str:
        return letter.fresh or letter.text


class RecoveryShown(RecoveryShort):
    parts: dict[str, datetime | None]
    let_go_why: str
    lost_to: str
    value_lost: Amount | None
    complaints: list[ComplaintShown]
    failures: list[FailureShown]
    restatements: list[RestatementShown]
    apologies: list[ApologyShown]
    wishes: list[WishShown]
    offers: list[OfferShown]
    promises: list[PromiseShown]
    followups: list[FollowUpShown]
    ideas: list[IdeaHad]
    finding: FindingShown | None
    letters: list[LetterShown]
    timeline: list[EntryShown]

    @staticmethod
    def resolve_parts(recovery: Recovery) -> dict[str, datetime | None]:
        return {part.name.lower(): recovery.done(part) for part in Part}

    @staticmethod
    def resolve_apologies(recovery: Recovery) -> Any:
        return recovery.apologies.given()

    @staticmethod
    def resolve_finding(recovery: Recovery) -> Finding | None:
        return getattr(recovery, "finding", None)

    @staticmethod
    def resolve_letters(recovery: Recovery) -> Any:
        return Letter.objects.conversation(recovery.ref)


class InOrder(StrEnum):
    NEWEST = "newest"
    OLDEST = "oldest"
    WAITING = "waiting"


ORDERS = {
    InOrder.NEWEST: "-known_at",
    InOrder.OLDEST: "known_at",
    InOrder.WAITING: "waiting_since",
}
PartName = Literal["heard", "understood", "sorry", "agreed", "put_right", "learned", "back"]


class RecoveriesAsked(Asked):
    order: InOrder = Field(
        InOrder.NEWEST, description="waiting: only those who wait for us, the longest first."
    )
    open: bool | None = None
    part: PartName | None = None
    place: PlaceRef = ""
    owner: Ref = Field(default="", description="Ref, address, `me`, or `nobody`.")
    customer: Ref = ""


@router.get("", response=Page[RecoveryShort], summary="The recoveries of your places")
def recoveries(request: Request, asked: Query[RecoveriesAsked]) -> Any:
    seen = _asked_for(Recovery.objects.visible_to(request.auth), asked, request.auth)
    if asked.order == InOrder.WAITING:
        seen = seen.waiting_for_us()
    return page(seen.with_people(), asked, by=ORDERS[asked.order])


@router.get("/{slug:ref}", response=RecoveryShown, summary="One recovery, with all that happened")
def recovery(request: Request, ref: str) -> Recovery:
    seen = Recovery.objects.visible_to(request.auth).with_people()
    return find(seen.select_related("finding__cause").prefetch_related(*MANY), ref=ref)


def _asked_for(seen: Any, asked: RecoveriesAsked, by: Person) -> Any:
    if asked.open is not None:
        seen = seen.filter(closed_at__isnull=asked.open)
    if asked.part is not None:
        seen = seen.filter(part=Part[asked.part.upper()])
    if asked.place:
        seen = seen.filter(place=finding.place(by, asked.place))
    if asked.owner:
        seen = seen.filter(owner=_owner(by, asked.owner))
    if asked.customer:
        known = Customer.objects.visible_to(by)
        seen = seen.filter(customer=finding.meant(known, "customer", ref=asked.customer))
    return seen


def _owner(by: Person, name: str) -> Person | None:
    return None if name == "nobody" else finding.person(by, name, field="owner")
