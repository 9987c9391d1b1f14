"""The writing coach for other programmes: what it says of a draft. Nothing of it is kept."""

from typing import Annotated, Literal

from ninja import Router
from pydantic import Field

from amends.api.callers import ReadersToken, Request
from amends.api.words import Name, Shown, Text, Told
from amends.coach import Review, review
from amends.recovery.coaching import LONGEST

router = Router(tags=["coach"], auth=ReadersToken())


class DraftTold(Told):
    draft: Annotated[Text, Field(max_length=LONGEST)]
    customer: Name = Field("", description="Whom the letter is for.")
    issue: Text = Field("", description="What happened to them, best in their own words.")
    language: Literal["en", "es", "de", "fr"] = Field("en", description="Of the draft.")


class NoteShown(Shown):
    """Words that may hurt: `quote` is what stands between `start` and `end`, in characters."""

    category: str
    start: int
    end: int
    quote: str
    why: str
    instead: str = Field(description="How it could be said; empty where only the writer knows.")


class PraiseShown(Shown):
    """Words that heal."""

    feature: str
    start: int
    end: int
    quote: str


class ReviewShown(Shown):
    notes: list[NoteShown] = Field(description="Worst first.")
    praise: list[PraiseShown]


@router.post("", response=ReviewShown, summary="What the coach says of a draft")
def look(request: Request, told: DraftTold) -> Review:
    """Without `customer` and `issue` it cannot see that the name or the story is missing. Drafts are
    not kept, not even for an `Idempotency-Key`."""
    request.keeps_nothing = True
    return review(
        told.draft,
        customer_name=told.customer or None,
        story=told.issue or None,
        locale=told.language,
    )
