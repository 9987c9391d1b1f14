"""Offers: what we put to a customer, and the customer's own answer, given with their link."""

from datetime import datetime
from typing import Any

from ninja import Router
from pydantic import Field

from amends.api import finding
from amends.api.callers import CustomerLink, CustomersRequest
from amends.api.promises import NOTHING, NothingTold
from amends.api.words import Amount, Line, Ref, Shown, Text, Told
from amends.kit.pages import find
from amends.recovery import journey
from amends.recovery.offer import Offer, OfferLine

router = Router(tags=["offers"], auth=CustomerLink())


class LineShown(Shown):
    ref: str
    side: str
    words: str
    value: Amount | None
    delivered_at: datetime | None


class OfferFacts(Shown):
    ref: str
    state: str
    words: str
    is_first_move: bool
    made_at: datetime
    sent_at: datetime | None
    answered_at: datetime | None
    answer: str


class OfferShown(OfferFacts):
    lines: list[LineShown]


class Choice(Shown):
    remedy: str
    name: str
    words: str

    @staticmethod
    def resolve_remedy(remedy: Any) -> str:
        return remedy.ref


class ChoosableLine(LineShown):
    choices: list[Choice]

    @staticmethod
    def resolve_choices(line: OfferLine) -> list[Any]:
        return list(line.choices()) if line.side == "extra" else []


class OfferToAnswer(OfferFacts):
    lines: list[ChoosableLine]


class CounterTold(Told):
    words: Text = Field(description="What would be better.")


class DeclineTold(Told):
    words: Text = ""


NO_WORDS = DeclineTold()


class SwapTold(Told):
    line: Ref
    remedy: Ref = Field(description="One of the choices of that line.")
    dislike: Line = ""


@router.get("/{slug:ref}", response=OfferToAnswer, summary="Read an offer, and what to choose from")
def offer(request: CustomersRequest, ref: str) -> Offer:
    return _offer(request, ref)


@router.post("/{slug:ref}/accept", response=OfferShown, summary="Accept it")
def accept(request: CustomersRequest, ref: str, told: NothingTold = NOTHING) -> Offer:
    """Every line becomes a promise."""
    mine = _offer(request, ref)
    journey.accept(mine)
    return mine


@router.post("/{slug:ref}/counter", response=OfferShown, summary="Say what would be better")
def counter(request: CustomersRequest, ref: str, told: CounterTold) -> Offer:
    mine = _offer(request, ref)
    journey.counter(mine, words=told.words)
    return mine


@router.post("/{slug:ref}/decline", response=OfferShown, summary="Decline it")
def decline(request: CustomersRequest, ref: str, told: DeclineTold = NO_WORDS) -> Offer:
    mine = _offer(request, ref)
    journey.decline(mine, words=told.words)
    return mine


@router.post("/{slug:ref}/swap", response=OfferToAnswer, summary="Choose another extra")
def swap(request: CustomersRequest, ref: str, told: SwapTold) -> Offer:
    line = finding.meant(_offer(request, ref).lines.all(), "line", ref=told.line)
    remedy = finding.meant(line.choices(), "remedy", ref=told.remedy)
    journey.swap(line, remedy=remedy, dislike=told.dislike)
    return _offer(request, ref)


def _offer(request: CustomersRequest, ref: str) -> Offer:
    """Of their own recovery, once it was put to them: what waits for a yes is not theirs to see."""
    mine = Offer.objects.filter(recovery=request.auth.recovery).exclude(sent_at=None)
    people = ("recovery__customer", "recovery__place__business", "recovery__owner")
    return find(mine.select_related(*people).prefetch_related("lines"), ref=ref)
