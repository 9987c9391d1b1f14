"""Orders and visits from the till, the shop or the booking book: each promise that waited for one
falls due, and whoever was asked for by name is called."""

from datetime import date, datetime
from typing import Any

from ninja import Body, Router
from pydantic import Field

from amends.api import finding
from amends.api.callers import PersonToken, Request
from amends.api.complaints import CustomerClaimed
from amends.api.refusing import Refused, wrong
from amends.api.words import (
    Amount,
    Currency,
    Moment,
    Money,
    OneOrMany,
    OutsideId,
    Past,
    Phone,
    PlaceRef,
    Short,
    Shown,
    Told,
)
from amends.customers.call import Call
from amends.customers.customer import AddressKind, Customer
from amends.customers.order import Order
from amends.customers.visit import Visit
from amends.people.person import Person
from amends.people.place import Place
from amends.recovery import journey

orders = Router(tags=["orders"], auth=PersonToken())
visits = Router(tags=["visits"], auth=PersonToken())
calls = Router(tags=["calls"], auth=PersonToken())


class OrderTold(Told):
    """Once known, an order's `customer` may be left out."""

    id: OutsideId = Field(min_length=1, description="Its number in your own system.")
    customer: CustomerClaimed = CustomerClaimed()
    place: PlaceRef = ""
    amount: Money | None = None
    currency: Currency = ""
    ordered_at: Past | None = None
    promised_on: date | None = None
    delivered_at: Past | None = None
    cancelled_at: Past | None = Field(None, description="By either side.")
    refunded: Money | None = Field(None, description="What was given back of it so far.")
    short: bool | None = Field(None, description="It came incomplete.")


class VisitTold(Told):
    """A booking has `expected_at`; somebody who came in has `arrived_at`; a paid bill `amount`. A
    booking moves by another `expected_at`; `cancelled` takes it off, and `false` puts it on again."""

    id: OutsideId = Field(min_length=1, description="Its number in your own system.")
    customer: CustomerClaimed = CustomerClaimed()
    place: PlaceRef = ""
    table: Short = ""
    expected_at: Moment | None = None
    arrived_at: Past | None = None
    left_at: Past | None = None
    cancelled: bool | None = None
    amount: Money | None = None
    currency: Currency = ""


class CallTold(Told):
    """The telephone rings."""

    phone: Phone = Field(min_length=3, description="The number that is calling.")
    place: PlaceRef = ""
    id: OutsideId = Field(default="", description="The call's number in your telephone system.")


class CallShown(Shown):
    """Without a `customer` nobody here has that number, and nothing was shown to anybody."""

    ref: str = ""
    customer: str = ""
    name: str = ""


class OrderShown(Shown):
    id: str
    customer: str
    amount: Amount | None
    currency: str
    ordered_at: datetime
    promised_on: date | None
    delivered_at: datetime | None
    cancelled_at: datetime | None
    refunded: Amount
    short: bool

    @staticmethod
    def resolve_id(order: Order) -> str:
        return order.outside_id

    @staticmethod
    def resolve_customer(order: Order) -> str:
        return order.customer.ref


class VisitShown(Shown):
    id: str
    ref: str
    customer: str
    expected_at: datetime | None
    arrived_at: datetime | None
    greeted_at: datetime | None
    left_at: datetime | None
    cancelled_at: datetime | None
    amount: Amount | None
    currency: str
    promises: list[str]

    @staticmethod
    def resolve_id(visit: Visit) -> str:
        return visit.outside_id or ""

    @staticmethod
    def resolve_customer(visit: Visit) -> str:
        return visit.customer.ref

    @staticmethod
    def resolve_promises(visit: Visit) -> list[str]:
        return [promise.ref for promise in visit.promises.all()]


class OrdersTaken(Shown):
    orders: list[OrderShown]


class VisitsTaken(Shown):
    visits: list[VisitShown]


@orders.post("", response=OrdersTaken, summary="Pass on one order, or many")
def take_orders(request: Request, told: Body[OneOrMany[OrderTold]]) -> dict[str, Any]:
    """Known by `id`: the same order again is brought up to date. All are taken, or none. A new
    order makes promises due that wait for the next order, and shows that a customer came back."""
    return {"orders": [_order(one, by=request.auth) for one in told]}


@visits.post("", response=VisitsTaken, summary="Pass on one visit, or many")
def take_visits(request: Request, told: Body[OneOrMany[VisitTold]]) -> dict[str, Any]:
    """Known by `id`: tell what is new about it as it happens. All are taken, or none. An arrival
    makes promises due that wait for the next visit; `promises` names them."""
    return {"visits": [_visit(one, by=request.auth) for one in told]}


@calls.post("", response=CallShown, summary="Say who is calling")
def take_call(request: Request, told: CallTold) -> dict[str, str]:
    """Who has this number is shown on Arrivals while they are on the telephone; those on duty are
    told at once when something is owed, or somebody was let down not long ago."""
    place = finding.place(request.auth, told.place)
    customer = Customer.at(AddressKind.PHONE, told.phone, place=place)
    if customer is None or not _is_seen(customer, by=request.auth):
        return {}
    call: Call = journey.call(customer, place=place, outside_id=told.id or None)
    return {"ref": call.ref, "customer": call.customer.ref, "name": call.customer.called}


def _is_seen(customer: Customer, *, by: Person) -> bool:
    return Customer.objects.visible_to(by).filter(pk=customer.pk).exists()


def _order(told: OrderTold, *, by: Person) -> Order:
    before = Order.objects.filter(outside_id=told.id).select_related("customer").first()
    _must_see(before, Order.objects.visible_to(by))
    place = finding.place_if_any(by, told.place)
    return journey.order(
        customer=_whose(told.customer, before, place),
        outside_id=told.id,
        place=place or (before and before.place),
        amount=told.amount,
        currency=_currency(told, place),
        ordered_at=told.ordered_at,
        promised_on=told.promised_on,
        delivered_at=told.delivered_at,
        cancelled_at=told.cancelled_at,
        refunded=told.refunded,
        short=told.short,
    )


def _visit(told: VisitTold, *, by: Person) -> Visit:
    before = Visit.objects.filter(outside_id=told.id).select_related("customer", "place").first()
    _must_see(before, Visit.objects.visible_to(by))
    if before is None and told.expected_at is None and told.arrived_at is None:
        raise wrong("expected_at", "Say when they are expected, or when they arrived.")
    place = before.place if before and not told.place else finding.place(by, told.place)
    return journey.visit(
        customer=_whose(told.customer, before, place),
        place=place,
        outside_id=told.id,
        table=told.table or None,
        expected_at=told.expected_at,
        arrived_at=told.arrived_at,
        left_at=told.left_at,
        cancelled=told.cancelled,
        amount=told.amount,
        currency=_currency(told, place),
    )


def _must_see(before: Order | Visit | None, seen: Any) -> None:
    if before is not None and not seen.filter(pk=before.pk).exists():
        raise Refused(403, "This number belongs to a place you do not see.", code="not-allowed")


def _whose(told: CustomerClaimed, before: Order | Visit | None, place: Place | None) -> Customer:
    if told.is_known:
        return told.met(place)
    if before is None:
        raise wrong("customer", "Say who it is: an id, an e-mail address or a telephone number.")
    return before.customer


def _currency(told: OrderTold | VisitTold, place: Place | None) -> str | None:
    if told.amount is None:
        return None
    return told.currency or (place.business.currency if place else None)
