"""The owner's policy: what a fresh installation starts with, and the verbs of the settings pages.
Policy is rows edited on the desk, never environment variables."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from amends.customers.terms import Terms
from amends.kit.errors import Impossible
from amends.mailroom.sending import Sending
from amends.people.person import Person, Role
from amends.recovery import letters
from amends.recovery.authority import Authority
from amends.recovery.letters import Wording
from amends.recovery.standards import Standard
from amends.remedies import catalogue

if TYPE_CHECKING:
    from amends.people.place import Place

# What each role may give without asking until the owner says otherwise: per recovery, per month.
FIRST_AUTHORITY = {
    Role.FRONT_LINE: (Decimal(50), Decimal(500)),
    Role.MANAGER: (Decimal(250), Decimal(5000)),
}


class OwnersOnly(Impossible):
    code = "not-allowed"


class NoWords(Impossible):
    code = "no-words"


def start_with() -> None:
    """Fill what is empty; what somebody has edited is left alone."""
    catalogue.stock()
    if not Authority.objects.exists():
        Authority.objects.bulk_create(
            Authority(role=role, per_recovery=recovery, per_month=month)
            for role, (recovery, month) in FIRST_AUTHORITY.items()
        )


def set_standard(
    *,
    step: str,
    minutes: int,
    in_opening_hours: bool,
    by: Person,
    place: Place | None = None,
    channel: str = "",
) -> Standard:
    _owner(by)
    standard, _ = Standard.objects.update_or_create(
        step=step,
        place=place,
        channel=channel.strip(),
        defaults={"minutes": minutes, "in_opening_hours": in_opening_hours},
    )
    return standard


def drop_standard(standard: Standard, *, by: Person) -> None:
    """Back to the figure we start with."""
    _owner(by)
    standard.delete()


def set_authority(authority: Authority | None, *, by: Person, **entered: Any) -> Authority:
    _owner(by)
    authority = authority or Authority()
    for name, value in entered.items():
        setattr(authority, name, value)
    if not authority.role and authority.person is None:
        raise NoWords("Whom is this for: a role, or one person?")
    authority.save()
    return authority


def drop_authority(authority: Authority, *, by: Person) -> None:
    _owner(by)
    authority.delete()


def reword(letter: str, *, subject: str, body: str, by: Person) -> Wording:
    """The business's own words for a letter of ours."""
    _owner(by)
    if letter not in letters.names():
        raise letters.NoSuchLetter("We write no letter of that name.")
    if not subject.strip() or not body.strip():
        raise NoWords("A letter needs a subject and some words.")
    wording, _ = Wording.objects.update_or_create(
        letter=letter, defaults={"subject": subject.strip()[:200], "body": body.strip()}
    )
    return wording


def our_words_again(letter: str, *, by: Person) -> None:
    _owner(by)
    Wording.objects.filter(letter=letter).delete()


def set_sending(*, by: Person, **entered: Any) -> Sending:
    """How letters leave: the undo, the quotes, the second way out."""
    _owner(by)
    rules = Sending.rules()
    for name, value in entered.items():
        setattr(rules, name, value)
    rules.save()
    return rules


def set_terms(*, by: Person, **entered: Any) -> Terms:
    """How worth is reckoned: margin, rate, years, and what is too small to quarrel over."""
    _owner(by)
    terms = Terms.ours()
    for name, value in entered.items():
        setattr(terms, name, value)
    terms.save()
    return terms


def _owner(by: Person) -> None:
    if not by.is_owner:
        raise OwnersOnly("Only an owner can change this.")
