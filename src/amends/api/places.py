"""What other calls refer to: places, people who work there, and the remedies they may offer."""

from typing import Any

from django.db.models import Q
from ninja import Query, Router

from amends.api.callers import PersonToken, Request
from amends.api.cursor import Page, page
from amends.api.words import Amount, Asked, Shown
from amends.people.person import Person
from amends.people.place import Place
from amends.remedies.remedy import Remedy

router = Router(tags=["places"], auth=PersonToken())


class PlaceShown(Shown):
    ref: str
    slug: str
    name: str
    business: str
    timezone: str
    currency: str

    @staticmethod
    def resolve_business(place: Place) -> str:
        return place.business.name

    @staticmethod
    def resolve_currency(place: Place) -> str:
        return place.business.currency


class PersonShown(Shown):
    ref: str
    name: str
    email: str
    role: str


class RemedyShown(Shown):
    ref: str
    name: str
    words: str
    kind: str
    side: str
    value: Amount | None
    at_next_visit: bool


@router.get("/places", response=Page[PlaceShown], summary="The places you see")
def places(request: Request, asked: Query[Asked]) -> Any:
    """Wherever a call wants a `place`, its slug or its ref will do."""
    seen = Place.objects.visible_to(request.auth).select_related("business")
    return page(seen, asked, by="name")


@router.get("/people", response=Page[PersonShown], summary="The people you work with")
def people(request: Request, asked: Query[Asked]) -> Any:
    """Wherever a call wants a person, their ref or e-mail address will do; `me` is you."""
    return page(Person.objects.visible_to(request.auth).active(), asked, by="name")


@router.get("/remedies", response=Page[RemedyShown], summary="What may be offered")
def remedies(request: Request, asked: Query[Asked]) -> Any:
    """What puts a thing back, and what comes on top: the lines of an offer name them by ref."""
    return page(offered_to(request.auth), asked, by="name")


def offered_to(person: Person) -> Any:
    businesses = Place.objects.visible_to(person).values("business")
    mine = Q(business=None) | Q(business__in=businesses)
    return Remedy.objects.filter(mine, is_active=True)
