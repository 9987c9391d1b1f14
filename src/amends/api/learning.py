"""What lies behind failures, what is changed because of it, and what customers proposed."""

from datetime import date, datetime
from typing import Any

from ninja import Query, Router, Status
from pydantic import Field

from amends.api import finding
from amends.api.callers import PersonToken, Request, managers_only
from amends.api.cursor import Page, page
from amends.api.promises import Who
from amends.api.words import Asked, Line, PersonRef, Ref, Shown, Text, Told
from amends.kit.pages import find
from amends.recovery import journey
from amends.recovery.learning import Cause, Idea, Improvement

causes = Router(tags=["causes"], auth=PersonToken())
improvements = Router(tags=["improvements"], auth=PersonToken())
ideas = Router(tags=["ideas"], auth=PersonToken())


class CauseShown(Shown):
    ref: str
    name: str
    times: int


class ImprovementShown(Shown):
    ref: str
    cause: str
    words: str
    owner: Who
    due_on: date
    check_on: date
    made_at: datetime | None

    @staticmethod
    def resolve_cause(improvement: Improvement) -> str:
        return improvement.cause.ref


class IdeaShown(Shown):
    ref: str
    recovery: str
    words: str
    given_at: datetime
    may_be_named: bool
    answer: str
    answered_at: datetime | None

    @staticmethod
    def resolve_recovery(idea: Idea) -> str:
        return idea.recovery.ref


class CustomersTold(Shown):
    told: int


class IdeasAsked(Asked):
    unanswered: bool = False


class ImprovementTold(Told):
    words: Line = Field(description="What will be different from now on.")
    due: date
    check: date = Field(description="The day on which we look whether it worked.")
    owner: PersonRef = "me"


class ChangeTold(Told):
    words: Text = Field(description="What is different now, as a customer would notice it.")


class AnswerTold(Told):
    words: Text
    improvement: Ref = ""


@causes.get("", response=Page[CauseShown], summary="Causes, and how often each was behind it")
def all_causes(request: Request, asked: Query[Asked]) -> Any:
    """Counted over the recoveries that you may see."""
    return page(Cause.objects.counted(seen_by=request.auth), asked, by="name")


@causes.post(
    "/{slug:ref}/improvements", response={201: ImprovementShown}, summary="Raise an improvement"
)
def improve(request: Request, ref: str, told: ImprovementTold) -> Status[Improvement]:
    """Every recovery behind this cause has then been learned from."""
    cause = find(Cause.objects.all(), ref=ref)
    owner = finding.person(request.auth, told.owner, field="owner")
    raised = journey.improve(
        cause, words=told.words, owner=owner, due=told.due, check=told.check, by=request.auth
    )
    return Status(201, raised)


@improvements.get("", response=Page[ImprovementShown], summary="Improvements, by date")
def all_improvements(request: Request, asked: Query[Asked]) -> Any:
    return page(Improvement.objects.select_related("cause", "owner"), asked, by="due_on")


@improvements.post(
    "/{slug:ref}/made", response=CustomersTold, summary="It is made: tell everyone it concerned"
)
def tell_what_changed(request: Request, ref: str, told: ChangeTold) -> dict[str, int]:
    """Each gets a letter of their own, once. For managers and owners."""
    by = managers_only(request.auth)
    improvement = find(Improvement.objects.select_related("cause"), ref=ref)
    return {"told": journey.tell_what_changed(improvement, words=told.words, by=by)}


@ideas.get("", response=Page[IdeaShown], summary="Ideas of customers, the oldest first")
def all_ideas(request: Request, asked: Query[IdeasAsked]) -> Any:
    seen = Idea.objects.visible_to(request.auth).select_related("recovery")
    return page(seen.unanswered() if asked.unanswered else seen, asked, by="given_at")


@ideas.post("/{slug:ref}/answer", response=IdeaShown, summary="Say what became of an idea")
def answer(request: Request, ref: str, told: AnswerTold) -> Idea:
    idea = find(Idea.objects.visible_to(request.auth).with_people(), ref=ref)
    improvement = None
    if told.improvement:
        improvement = finding.meant(Improvement.objects.all(), "improvement", ref=told.improvement)
    journey.answer_idea(idea, words=told.words, by=request.auth, improvement=improvement)
    return idea
