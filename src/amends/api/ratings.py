"""Stars from the shop, a survey or a review page: so many of so many, with or without words."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from ninja import Body, Router
from pydantic import Field

from amends.api import finding
from amends.api.callers import PersonToken, Request
from amends.api.complaints import CustomerClaimed
from amends.api.refusing import Refused, wrong
from amends.api.words import Amount, OneOrMany, OutsideId, Past, PlaceRef, Shown, Text, Told
from amends.customers.customer import Customer
from amends.customers.order import Order
from amends.customers.rating import BEST, Rating
from amends.kit.clock import now
from amends.people.person import Person
from amends.recovery import journey

router = Router(tags=["ratings"], auth=PersonToken())

Score = Annotated[Decimal, Field(ge=0, le=100, decimal_places=2)]


class RatingTold(Told):
    """Of an order, or of a customer; whose order it was is known."""

    id: OutsideId = Field(min_length=1, description="Its number in your own system.")
    customer: CustomerClaimed = CustomerClaimed()
    order: OutsideId = Field("", description="The order's number in your own system.")
    place: PlaceRef = ""
    score: Score
    best: int = Field(BEST, ge=1, le=100, description="The most that can be given.")
    words: Text = ""
    at: Past | None = None


class RatingShown(Shown):
    id: str
    customer: str
    order: str
    score: Amount
    best: int
    words: str
    at: datetime

    @staticmethod
    def resolve_id(rating: Rating) -> str:
        return rating.outside_id

    @staticmethod
    def resolve_customer(rating: Rating) -> str:
        return rating.customer.ref

    @staticmethod
    def resolve_order(rating: Rating) -> str:
        return rating.order.outside_id if rating.order else ""


class RatingsTaken(Shown):
    ratings: list[RatingShown]


@router.post("", response=RatingsTaken, summary="Pass on one rating, or many")
def take_ratings(request: Request, told: Body[OneOrMany[RatingTold]]) -> dict[str, Any]:
    """Known by `id`: the same rating again is brought up to date. All are taken, or none."""
    return {"ratings": [_rating(one, by=request.auth) for one in told]}


def _rating(told: RatingTold, *, by: Person) -> Rating:
    if told.score > told.best:
        raise wrong("score", "It is more than the best.")
    before = Rating.objects.filter(outside_id=told.id).first()
    if before and not Rating.objects.visible_to(by).filter(pk=before.pk).exists():
        raise Refused(403, "This number belongs to a place you do not see.", code="not-allowed")
    orders = Order.objects.visible_to(by).select_related("customer", "place")
    order = finding.meant(orders, "order", outside_id=told.order) if told.order else None
    place = finding.place_if_any(by, told.place) or (order and order.place)
    return journey.rate(
        customer=_whose(told, order, before),
        outside_id=told.id,
        score=told.score,
        best=told.best,
        words=told.words or None,
        order=order,
        place=place,
        at=told.at or (before.at if before else now()),
    )


def _whose(told: RatingTold, order: Order | None, before: Rating | None) -> Customer:
    if order is not None:
        return order.customer
    if told.customer.is_known:
        return told.customer.met(None)
    if before is None:
        raise wrong("customer", "Say who it is, or the order it is about.")
    return before.customer
