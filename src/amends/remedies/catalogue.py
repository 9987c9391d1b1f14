"""The catalogue a fresh installation starts with, and the verbs its settings page calls."""

from __future__ import annotations

from typing import Any

from amends.kit.errors import Impossible
from amends.people.person import Person
from amends.remedies.remedy import Kind, Remedy, Side
from amends.remedies.rule import Rule

# (kind, side, name, words, days, at the next visit)
FIRST: list[tuple[str, str, str, str, int, bool]] = [
    (Kind.REFUND, Side.PUT_BACK, "Refund", "Your money back, the way you paid.", 3, False),
    (Kind.REDO, Side.PUT_BACK, "Do it again, properly", "Done again, as it should be.", 1, False),
    (Kind.REPLACE, Side.PUT_BACK, "Replacement", "A new one in place of the faulty one.", 5, False),
    (Kind.EXCHANGE, Side.PUT_BACK, "Exchange", "Swapped for something that suits you.", 14, False),
    (Kind.REPAIR, Side.PUT_BACK, "Repair", "Mended, and brought back to you.", 10, False),
    (Kind.HOLD, Side.PUT_BACK, "Put aside for you", "Kept with your name on it.", 14, False),
    (Kind.REFERRAL, Side.PUT_BACK, "Find who can help", "We find somebody who can.", 2, False),
    (Kind.CREDIT, Side.EXTRA, "Credit", "To spend whenever you like.", 1, False),
    (Kind.UPGRADE, Side.EXTRA, "An upgrade", "Something better than you booked.", 90, True),
    (Kind.EXPERT_TIME, Side.EXTRA, "Time with our expert", "Just you and them.", 30, False),
    (Kind.VISIT, Side.EXTRA, "Ask for me next time", "I will look after you.", 90, True),
    (Kind.PRIORITY, Side.EXTRA, "First in line next time", "No waiting next time.", 90, True),
    (Kind.NOTE, Side.EXTRA, "A handwritten note", "From the person who owns this.", 3, False),
    (Kind.GIFT, Side.EXTRA, "A small gift", "Something small, chosen for you.", 7, False),
    (Kind.SECOND_TRIP, Side.EXTRA, "Thanks for the second trip", "For coming again.", 90, True),
    (Kind.TAKE_PART, Side.EXTRA, "Help us make it better", "Your idea, heard.", 30, False),
]


class NotYours(Impossible):
    code = "not-allowed"


def stock() -> None:
    """Fill an empty catalogue; one that somebody has edited is left alone."""
    if Remedy.objects.exists():
        return
    Remedy.objects.bulk_create(
        Remedy(kind=kind, side=side, name=name, words=words, days=days, at_next_visit=visit)
        for kind, side, name, words, days, visit in FIRST
    )


def keep_remedy(remedy: Remedy | None, *, by: Person, **entered: Any) -> Remedy:
    _owners_only(by)
    remedy = remedy or Remedy()
    for name, value in entered.items():
        setattr(remedy, name, value)
    remedy.save()
    return remedy


def keep_rule(rule: Rule | None, *, by: Person, **entered: Any) -> Rule:
    _owners_only(by)
    rule = rule or Rule()
    for name, value in entered.items():
        setattr(rule, name, value)
    rule.save()
    return rule


def _owners_only(by: Person) -> None:
    if not by.is_owner:
        raise NotYours("Only an owner can change what may be given.")
