"""Customers: who they are, what they value, and everything that happened with them."""

from datetime import datetime
from typing import Any

from ninja import Query, Router, Status
from pydantic import Field

from amends.api import finding
from amends.api.callers import PersonToken, Request
from amends.api.cursor import Cut, Page, opened, page, sealed
from amends.api.refusing import Refused
from amends.api.words import (
    Asked,
    Email,
    Name,
    OutsideId,
    Phone,
    PlaceRef,
    Ref,
    Short,
    Shown,
    Text,
    Told,
)
from amends.customers.customer import AddressKind, Customer
from amends.customers.merging import Merge
from amends.customers.wants import Wants
from amends.kit.pages import find
from amends.people.person import Person
from amends.recovery import journey
from amends.recovery.lifetime import lifetime
from amends.recovery.timeline import Entry

router = Router(tags=["customers"], auth=PersonToken())
DESCRIBED = ("name", "values", "dislikes", "preferred_channel", "wants", "word_of_mouth")
SALT = "amends.api.lifetime"
REACHED = {"email": AddressKind.EMAIL, "phone": AddressKind.PHONE}


class CustomerShown(Shown):
    ref: str
    name: str
    known_as: str
    emails: list[str]
    phones: list[str]
    ids: list[str]
    preferred_channel: str
    wants: str
    values: str
    dislikes: str
    word_of_mouth: str
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


class EventShown(Shown):
    of: str = Field(description="What it is of: step, order, visit, call, rating, credit, merge.")
    at: datetime
    who: str
    did: str
    words: str
    verb: str = Field(description="Of a step: which.")
    recovery: str = Field(description="Its reference, where it belongs to one.")


class MergeTold(Told):
    other: Ref = Field(description="Who turned out to be the same: all of theirs follows.")


class MergeShown(Shown):
    ref: str
    customer: CustomerShown
    merged: str
    at: datetime

    @staticmethod
    def resolve_customer(merge: Merge) -> Customer:
        return merge.kept

    @staticmethod
    def resolve_merged(merge: Merge) -> str:
        return merge.merged.ref


class CustomersAsked(Asked):
    search: Name = Field(
        default="",
        description="A name, an address or a number, or how one begins; slips are forgiven. "
        "At most 200 are found.",
    )
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
    wants: Wants | None = Field(default=None, description="What would mean most to them.")
    word_of_mouth: Text | None = Field(default=None, description="What they tell others of us.")

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
    """The reference of somebody who was merged leads to whom they turned out to be."""
    return find(_seen(request).called_for(ref))


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
    known = find(_seen(request).called_for(ref))
    _tell(known, told, by=request.auth)
    return find(_seen(request), pk=known.pk)


@router.get("/{slug:ref}/timeline", response=Page[EventShown], summary="All that happened")
def timeline(request: Request, ref: str, asked: Query[Asked]) -> Any:
    """Steps of their recoveries, orders, visits, calls, ratings and credits: what of it you may see,
    the latest first."""
    theirs = find(_seen(request).called_for(ref))
    before = opened(asked.after, SALT) if asked.after else ""
    told, after = lifetime(theirs, request.auth, most=asked.limit, before=before)
    return Cut(told, sealed(after, SALT) if after else None)


@router.post("/{slug:ref}/merge", response={201: MergeShown}, summary="These two are one customer")
def merge(request: Request, ref: str, told: MergeTold) -> Status[Merge]:
    """Addresses, orders, visits and recoveries of the `other` follow; its reference leads here from
    then on. Nothing is deleted: it can be undone."""
    kept = find(_seen(request).called_for(ref))
    other = finding.meant(_seen(request).called_for(told.other), "other")
    return Status(201, journey.merge_customers(kept, merged=other, by=request.auth))


@router.post(
    "/{slug:ref}/merge/{slug:merge}/undo", response=CustomerShown, summary="They are two after all"
)
def undo_merge(request: Request, ref: str, merge: str) -> Customer:
    """Everything goes back to where it was; what came since stays."""
    kept = find(_seen(request).called_for(ref))
    made = find(Merge.objects.of(kept).select_related("kept__merged_into", "merged"), ref=merge)
    journey.unmerge_customers(made, by=request.auth)
    return find(_seen(request), pk=made.merged_id)


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
