"""A complaint from another programme becomes a recovery, like one by mail, form or telephone."""

from typing import Annotated, Literal

from ninja import Router, Status
from pydantic import Field

from amends.api import finding
from amends.api.callers import PersonToken, Request
from amends.api.words import (
    Email,
    Line,
    Money,
    Name,
    OutsideId,
    Past,
    PersonRef,
    Phone,
    PlaceRef,
    Short,
    Shown,
    Text,
    Told,
)
from amends.customers.customer import Customer
from amends.customers.order import Order
from amends.customers.visit import Visit
from amends.people.person import Person
from amends.people.place import Place
from amends.recovery import journey
from amends.recovery.complaint import FACE_TO_FACE
from amends.recovery.failure import Kind, Severity
from amends.recovery.journey.heard import WentWrong

router = Router(tags=["complaints"], auth=PersonToken())


class CustomerClaimed(Told):
    """Who it is, as far as you know. Any of these finds the customer; without one it is a guest."""

    name: Name = ""
    email: Email = ""
    phone: Phone = ""
    id: OutsideId = Field(default="", description="Their number in your own system.")

    @property
    def is_known(self) -> bool:
        return bool(self.email or self.phone or self.id)

    def met(self, place: Place | None) -> Customer:
        return Customer.met(
            name=self.name, email=self.email, phone=self.phone, outside_id=self.id, place=place
        )


class FailureTold(Told):
    """One thing that went wrong."""

    kind: Kind = Kind.CORE
    words: Line = ""
    severity: Literal["minor", "moderate", "severe"] = "moderate"
    involved: PersonRef = ""
    order: OutsideId = Field(
        default="", description="Its number in your own system, once we know it."
    )
    visit: OutsideId = Field(default="", description="Likewise.")
    price: Money | None = None
    happened_at: Past | None = None


class ComplaintTold(Told):
    """What a customer said, in their own words, and what you know about it."""

    words: Text
    channel: Short = Field(
        default="API", description="Any word: `chat`, `telephone`, `in person`, …"
    )
    customer: CustomerClaimed = CustomerClaimed()
    place: PlaceRef = ""
    happened_at: Past | None = None
    order: OutsideId = Field(
        default="", description="Its number in your own system, once we know it."
    )
    failures: Annotated[list[FailureTold], Field(max_length=20)] = []


class ComplaintTaken(Shown):
    recovery: str
    complaint: str


@router.post("", response={201: ComplaintTaken}, summary="Pass on a complaint")
def complain(request: Request, told: ComplaintTold) -> Status[dict[str, str]]:
    """It gets an owner and running clocks at once. Said face to face or on the telephone, whoever
    the token belongs to has heard it, and owns it. `order` and `happened_at` hold for every
    failure that does not name its own; without `failures` there is one, in the customer's words."""
    place = finding.place(request.auth, told.place)
    recovery = journey.hear(
        customer=told.customer.met(place),
        place=place,
        words=told.words,
        channel=told.channel,
        by=request.auth if told.channel in FACE_TO_FACE else None,
        failures=_went_wrong(told, by=request.auth),
    )
    return Status(201, {"recovery": recovery.ref, "complaint": recovery.complaints.get().ref})


def went_wrong(failure: FailureTold, *, by: Person) -> WentWrong:
    return WentWrong(
        kind=failure.kind,
        words=failure.words,
        severity=Severity[failure.severity.upper()],
        involved=finding.person_if_any(by, failure.involved, field="involved"),
        order=_order(by, failure.order),
        visit=_visit(by, failure.visit),
        happened_at=failure.happened_at,
        price=failure.price,
    )


def _went_wrong(told: ComplaintTold, *, by: Person) -> list[WentWrong]:
    failures = told.failures or [FailureTold(words=" ".join(told.words.split())[:300])]
    for failure in failures:
        failure.order = failure.order or told.order
        failure.happened_at = failure.happened_at or told.happened_at
    return [went_wrong(failure, by=by) for failure in failures]


def _order(by: Person, number: str) -> Order | None:
    seen = Order.objects.visible_to(by)
    words = "We know no such order. Send it to /orders first, or leave it out."
    return finding.meant(seen, "order", words=words, outside_id=number) if number else None


def _visit(by: Person, number: str) -> Visit | None:
    seen = Visit.objects.visible_to(by)
    words = "We know no such visit. Send it to /visits first, or leave it out."
    return finding.meant(seen, "visit", words=words, outside_id=number) if number else None
