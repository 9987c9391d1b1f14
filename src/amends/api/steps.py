"""The steps of a recovery, in the order in which the customer lives them."""

from ninja import Router, Status
from pydantic import Field, model_validator

from amends.api import finding
from amends.api.callers import PersonToken, Request
from amends.api.learning import IdeaShown
from amends.api.offers import OfferShown
from amends.api.places import offered_to
from amends.api.promises import NOTHING, NothingTold, PromiseShown
from amends.api.recoveries import (
    ApologyShown,
    FindingShown,
    FollowUpShown,
    RecoveryShort,
    RestatementShown,
    WishShown,
)
from amends.api.words import Line, Moment, Money, Name, PersonRef, Ref, Short, Shown, Text, Told
from amends.kit.pages import find
from amends.people.person import Person
from amends.recovery import journey
from amends.recovery.apology import Apology
from amends.recovery.followup import About, FollowUp
from amends.recovery.learning import Cause, Finding, Idea
from amends.recovery.offer import LineGiven, Offer
from amends.recovery.promise import Promise, Trigger
from amends.recovery.recovery import Recovery
from amends.recovery.understanding import Restatement
from amends.recovery.wish import Wants, Wish

router = Router(tags=["recoveries"], auth=PersonToken())


class OwnerTold(Told):
    to: PersonRef = "me"


ME = OwnerTold()


class WordsTold(Told):
    words: Text


class LetterTaken(Shown):
    letter: str | None = Field(description="Nothing when there is no address to write to.")


class RestatementTold(Told):
    words: Text
    hurt_most: Line = ""
    face_to_face: bool = Field(default=False, description="Said aloud: no letter is needed.")


class ApologyTold(Told):
    words: Text
    channel: Short = Field(default="e-mail", description="E-mail is sent; anything else was said.")
    reason: Line = Field(default="", description="What held us up, if something did.")


class WishTold(Told):
    words: Text = ""
    wants: Wants | None = None
    amount: Money | None = None
    behind_it: Text = ""


class LineTold(Told):
    remedy: Ref
    words: Line = ""
    value: Money | None = None


class OfferTold(Told):
    lines: list[LineTold] = Field(max_length=20)
    words: Text = ""
    is_first_move: bool = Field(default=False, description="Made on purpose before asking.")
    no_extra_why: Name = Field(default="", description="Why there is nothing extra in it.")


class PromiseTold(Told):
    """Either `due`, or the event named by `trigger`."""

    words: Line
    due: Moment | None = None
    trigger: Trigger | None = None
    owner: PersonRef = "me"
    cover: PersonRef = ""
    asks_for_owner: bool = Field(
        default=False, description="The customer asks for this very person."
    )


class FollowUpTold(Told):
    about: About
    due: Moment


class CauseTold(Told):
    """The name of a cause, or why this will not happen again."""

    cause: Name = ""
    one_off: Line = ""

    @model_validator(mode="after")
    def one_of_them(self) -> "CauseTold":
        if bool(self.cause.strip()) == bool(self.one_off.strip()):
            raise ValueError("Say either `cause` or `one_off`.")
        return self


class IdeaTold(Told):
    words: Text
    may_be_named: bool = False


class LetGoTold(Told):
    why: Text
    value_lost: Money | None = None
    lost_to: Name = ""


@router.post("/{slug:ref}/owner", response=RecoveryShort, summary="Take it, or hand it over")
def owner(request: Request, ref: str, told: OwnerTold = ME) -> Recovery:
    recovery = _recovery(request, ref)
    to = finding.person(request.auth, told.to, field="to")
    journey.hand_over(recovery, to=to, by=request.auth)
    return recovery


@router.post("/{slug:ref}/listened", response=RecoveryShort, summary="I have read the story")
def listened(request: Request, ref: str, told: NothingTold = NOTHING) -> Recovery:
    """Nothing is restated, apologised for or offered before somebody has: `story-not-read`."""
    recovery = _recovery(request, ref)
    journey.listen(recovery, by=request.auth)
    return recovery


@router.post("/{slug:ref}/letters", response={201: LetterTaken}, summary="Write to the customer")
def letters(request: Request, ref: str, told: WordsTold) -> Status[dict[str, str | None]]:
    letter = journey.write(_recovery(request, ref), words=told.words, by=request.auth)
    return Status(201, {"letter": letter.ref if letter else None})


@router.post("/{slug:ref}/restatement", response={201: RestatementShown}, summary="Say it back")
def restatement(request: Request, ref: str, told: RestatementTold) -> Status[Restatement]:
    """In our own words, what we understood; the customer confirms or corrects it."""
    recovery = _recovery(request, ref)
    return Status(201, journey.restate(recovery, **told.model_dump(), by=request.auth))


@router.post("/{slug:ref}/apology", response={201: ApologyShown}, summary="Say sorry")
def apology(request: Request, ref: str, told: ApologyTold) -> Status[Apology]:
    """Once for each failure, in a person's own words, after the story was read."""
    recovery = _recovery(request, ref)
    return Status(201, journey.apologise(recovery, **told.model_dump(), by=request.auth))


@router.post("/{slug:ref}/wish", response={201: WishShown}, summary="What they would think fair")
def wish(request: Request, ref: str, told: WishTold) -> Status[Wish]:
    """As the customer told one of us, before anything is offered."""
    recovery = _recovery(request, ref)
    facts = told.model_dump() | {"wants": told.wants or ""}
    return Status(201, journey.wish(recovery, **facts, by=request.auth))


@router.post("/{slug:ref}/offers", response={201: OfferShown}, summary="Put an offer to them")
def offers(request: Request, ref: str, told: OfferTold) -> Status[Offer]:
    """Within your authority it goes out at once (`open`); above it, somebody is asked (`held`)."""
    made = journey.offer(
        _recovery(request, ref),
        lines=_lines(told, by=request.auth),
        words=told.words,
        is_first_move=told.is_first_move,
        no_extra_why=told.no_extra_why,
        by=request.auth,
    )
    return Status(201, made)


@router.post("/{slug:ref}/promises", response={201: PromiseShown}, summary="Promise something")
def promises(request: Request, ref: str, told: PromiseTold) -> Status[Promise]:
    made = journey.promise(
        _recovery(request, ref),
        words=told.words,
        due=told.due,
        trigger=told.trigger or "",
        owner=finding.person(request.auth, told.owner, field="owner"),
        cover=finding.person_if_any(request.auth, told.cover, field="cover"),
        asks_for_owner=told.asks_for_owner,
        by=request.auth,
    )
    return Status(201, made)


@router.post("/{slug:ref}/followups", response={201: FollowUpShown}, summary="Plan a follow-up")
def followups(request: Request, ref: str, told: FollowUpTold) -> Status[FollowUp]:
    recovery = _recovery(request, ref)
    planned = journey.plan_follow_up(recovery, about=told.about, due=told.due, by=request.auth)
    return Status(201, planned)


@router.post("/{slug:ref}/not-fixed", response=RecoveryShort, summary="They say it is not fixed")
def not_fixed(request: Request, ref: str, told: WordsTold) -> Recovery:
    """Opens again whatever was closed."""
    recovery = _recovery(request, ref)
    journey.not_fixed(recovery, words=told.words, by=request.auth)
    return recovery


@router.post("/{slug:ref}/cause", response={201: FindingShown}, summary="What lies behind it")
def cause(request: Request, ref: str, told: CauseTold) -> Status[Finding]:
    """A process, never a name; or why it was a one-off."""
    recovery = _recovery(request, ref)
    if told.one_off:
        return Status(201, journey.one_off(recovery, why=told.one_off, by=request.auth))
    named = Cause.called(told.cause)
    return Status(201, journey.link_cause(recovery, cause=named, by=request.auth))


@router.post("/{slug:ref}/ideas", response={201: IdeaShown}, summary="Their idea for us")
def ideas(request: Request, ref: str, told: IdeaTold) -> Status[Idea]:
    recovery = _recovery(request, ref)
    return Status(201, journey.give_idea(recovery, **told.model_dump(), by=request.auth))


@router.post("/{slug:ref}/let-go", response=RecoveryShort, summary="Let them go")
def let_go(request: Request, ref: str, told: LetGoTold) -> Recovery:
    """With a reason, and what was lost."""
    recovery = _recovery(request, ref)
    journey.let_go(recovery, **told.model_dump(), by=request.auth)
    return recovery


def _recovery(request: Request, ref: str) -> Recovery:
    return find(Recovery.objects.visible_to(request.auth).with_people(), ref=ref)


def _lines(told: OfferTold, *, by: Person) -> list[LineGiven]:
    offered = offered_to(by)
    return [
        LineGiven(
            finding.meant(offered, f"lines.{number}.remedy", ref=line.remedy),
            words=line.words,
            value=line.value,
        )
        for number, line in enumerate(told.lines)
    ]
