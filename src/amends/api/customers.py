"""Customers: who they are, what they value, and everything that happened with them."""

from datetime import datetime
from typing import Any

from ninja import Query, Router, Status
from pydantic import Field

from amends.api import finding
from amends.api.callers import PersonToken, Request
from amends.api.cursor import Page, page
from amends.api.refusing import Refused
from amends.api.words import (
    Asked,
    Email,
    Name,
    OutsideId,
    Phone,
    PlaceRef,
    Short,
    Shown,
    Text,
    Told,
)
from amends.customers.customer import AddressKind, Customer
from amends.kit.pages import find
from amends.people.person import Person
from amends.recovery import journey
from amends.recovery.recovery import Recovery
from amends.recovery.timeline import Entry

router = Router(tags=["customers"], auth=PersonToken())
DESCRIBED = ("name", "values", "dislikes", "preferred_channel")
REACHED = {"email": AddressKind.EMAIL, "phone": AddressKind.PHONE}


class CustomerShown(Shown):
    ref: str
    name: str
    known_as: str
    emails: list[str]
    phones: list[str]
    ids: list[str]
    preferred_channel: str
    values: str
    dislikes: str
    known_since: datetime
    left_in_peace_at: datetime | None

    @staticmethod
    def resolve_emails(customer: Customer) -> list[str]:
        return _at(customer, AddressKind.EMAIL)

    @staticmethod
    def resolve_phones(customer: Customer) -> list[str]:
        return _at(customer, AddressKind.PHONE)

    @staticmethod
    def resolve_ids(customer: Customer) -> list[str]:
        return _at(customer, AddressKind.ID)


class EntryShown(Shown):
    recovery: str
    number: int
    at: datetime
    who: str
    verb: str
    did: str
    words: str

    @staticmethod
    def resolve_recovery(entry: Entry) -> str:
        return entry.recovery.ref

    @staticmethod
    def resolve_did(entry: Entry) -> str:
        return entry.get_verb_display()


class CustomersAsked(Asked):
    search: Name = Field(default="", description="A name, or the beginning of an address.")
    id: OutsideId = Field(default="", description="Their number in your own system.")
    place: PlaceRef = ""


class CustomerTold(Told):
    """Fields that are left out stay as they are."""

    name: Name | None = None
    email: Email = ""
    phone: Phone = ""
    values: Text | None = None
    dislikes: Text | None = None
    preferred_channel: Short | None = None

    @property
    def described(self) -> dict[str, str]:
        return {name: told for name in DESCRIBED if (told := getattr(self, name)) is not None}


class CustomerKnown(CustomerTold):
    id: OutsideId = Field(min_length=1, description="Their number in your own system.")
    place: PlaceRef = ""


@router.get("", response=Page[CustomerShown], summary="The customers of your places")
def customers(request: Request, asked: Query[CustomersAsked]) -> Any:
    seen = _seen(request)
    if asked.search:
        seen = seen.matching(asked.search)
    if asked.id:
        seen = seen.filter(addresses__kind=AddressKind.ID, addresses__key=asked.id.strip())
    if asked.place:
        seen = seen.filter(places=finding.place(request.auth, asked.place))
    return page(seen, asked, by="name")


@router.get("/{slug:ref}", response=CustomerShown, summary="One customer")
def customer(request: Request, ref: str) -> Customer:
    return find(_seen(request), ref=ref)


@router.post(
    "",
    response={200: CustomerShown, 201: CustomerShown},
    summary="Make a customer known, or bring them up to date",
)
def know(request: Request, told: CustomerKnown) -> Status[Customer]:
    """Found by `id`, your own number for them: the same call twice makes one customer."""
    place = finding.place(request.auth, told.place)
    before = Customer.at(AddressKind.ID, told.id)
    if before is not None and not _seen(request).filter(pk=before.pk).exists():
        raise Refused(403, "This customer belongs to places you do not see.", code="not-allowed")
    known = before or Customer.met(name=told.name or "", outside_id=told.id, place=place)
    _tell(known, told, by=request.auth)
    return Status(200 if before else 201, find(_seen(request), ref=known.ref))


@router.patch("/{slug:ref}", response=CustomerShown, summary="Change what we know of a customer")
def change(request: Request, ref: str, told: CustomerTold) -> Customer:
    _tell(find(_seen(request), ref=ref), told, by=request.auth)
    return find(_seen(request), ref=ref)


@router.get("/{slug:ref}/timeline", response=Page[EntryShown], summary="All that happened")
def timeline(request: Request, ref: str, asked: Query[Asked]) -> Any:
    """The steps of all their recoveries that you may see, the latest first."""
    theirs = find(_seen(request), ref=ref)
    seen = Recovery.objects.visible_to(request.auth).filter(customer=theirs)
    entries = Entry.objects.filter(recovery__in=seen).select_related("recovery", "by")
    return page(entries, asked, by="-at")


def _tell(customer: Customer, told: CustomerTold, *, by: Person) -> None:
    if told.described:
        now_known = {name: getattr(customer, name) for name in DESCRIBED}
        journey.describe_customer(customer, by=by, **(now_known | told.described))
    for field, kind in REACHED.items():
        if value := getattr(told, field):
            journey.reach_customer_at(customer, kind=kind, value=value, by=by)


def _seen(request: Request) -> Any:
    return Customer.objects.visible_to(request.auth).prefetch_related("addresses")


def _at(customer: Customer, kind: str) -> list[str]:
    return [one.value for one in customer.addresses.all() if one.kind == kind]
