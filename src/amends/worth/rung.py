"""How much may be said of what a customer is worth, in words for the screen."""

from __future__ import annotations

from enum import StrEnum


class Rung(StrEnum):
    """From the bottom up for a shop; the last two are of single customers."""

    NOBODY = "nobody"
    COUNTED = "counted"
    LEARNT = "learnt"
    COMPARED = "compared"
    NEWCOMER = "newcomer"
    UNKNOWN = "unknown"

    @property
    def words(self) -> str:
        """For the screen."""
        return WORDS[self]

    @property
    def has_figures(self) -> bool:
        """Whether a sum and its interval may be shown."""
        return self not in (Rung.NOBODY, Rung.COUNTED)


WORDS = {
    Rung.NOBODY: "Nobody has bought here yet.",
    Rung.COUNTED: "Too early for figures: counted from those who came before.",
    Rung.LEARNT: "Learnt from few customers who came again; take the range, not the middle.",
    Rung.COMPARED: "Learnt from your customers, and checked against what they did afterwards.",
    Rung.NEWCOMER: "As a typical new customer: we know nothing else of this one yet.",
    Rung.UNKNOWN: "As a typical customer: this one has not bought here before.",
}


class Remark(StrEnum):
    """What has to be said beside a sum."""

    EXTRAPOLATED = "extrapolated"
    FEW_SPENDERS = "few spenders"
    LINKED = "linked"
    ENDLESS = "endless"

    @property
    def words(self) -> str:
        """For the screen."""
        return REMARKS[self]


REMARKS = {
    Remark.EXTRAPOLATED: "These years reach more than three times as far as we have seen.",
    Remark.FEW_SPENDERS: "What they spend is drawn towards the others: few have come again so far.",
    Remark.LINKED: "Those who come often spend differently here: their spend is drawn towards the others.",
    Remark.ENDLESS: "A few very large purchases: what they spend is drawn towards the others.",
}


def in_words(share: float) -> str:
    """A share as somebody would say it. Never a decimal."""
    tenths = round(share * 10)
    if tenths == 0:
        return "hardly anybody"
    return "nearly everybody" if tenths == 10 else f"about {tenths} in 10"
