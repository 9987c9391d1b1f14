"""Part seven, Back: a return is seen and trust answered, or they asked to be left in peace, or we
let go and say what was lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from amends.kit.clock import now
from amends.kit.errors import Impossible
from amends.recovery import letters
from amends.recovery.followup import About, Evidence, FollowUp, Return, Trust
from amends.recovery.journey.arriving import seen_to_return
from amends.recovery.journey.settling import close, not_while_away, settle_back
from amends.recovery.journey.waiting import answered, waits
from amends.recovery.link import Link
from amends.recovery.recovery import Outcome, Part, Recovery
from amends.recovery.standards import Step, due
from amends.recovery.timeline import Actor, By, Verb, record

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

    from amends.people.person import Person


class NoAlternative(Impossible):
    """A wish was never answered with anything: that is a bare no (S0-09)."""

    code = "no-alternative"


class NoReason(Impossible):
    code = "no-reason"


@transaction.atomic
def plan_follow_up(
    recovery: Recovery, *, about: str, due: datetime, by: Person | None = None
) -> FollowUp:
    if due <= now():
        raise NoReason("Plan it for a day to come.")
    planned = FollowUp.objects.create(recovery=recovery, about=about, due_at=due, planned_by=by)
    record(
        recovery,
        Verb.PLANNED,
        by=by or Actor.CLOCK,
        at=now(),
        words=planned.get_about_display(),
        due=due,
    )
    return planned


@transaction.atomic
def follow_up(followup: FollowUp, *, words: str, by: Person) -> None:
    """Thank, report and ask; never a second apology (T6). The next one is planned until they are
    back (S2-19)."""
    if not words.strip():
        raise NoReason("What would you like to ask or tell them?")
    at = now()
    followup.finish(words=words, by=by, at=at)
    recovery = followup.recovery
    letters.follow_up(recovery, words=words.strip(), by=by, at=at)
    record(recovery, Verb.FOLLOWED_UP, by=by, at=at, words=words.strip())
    answered(recovery, at=at)
    if not (recovery.back_at or recovery.closed_at or recovery.followups.open().exists()):
        due_at = not_while_away(recovery, due(Step.QUIET, place=recovery.place, since=at))
        FollowUp.objects.create(recovery=recovery, about=About.MISS_YOU, due_at=due_at)


@transaction.atomic
def seen_back(recovery: Recovery, *, by: By) -> Return | None:
    """Their own word, or one of us saw them."""
    recovery.must_be_open()
    return seen_to_return(recovery, Evidence.OWN_WORD, at=now(), by=by)


@transaction.atomic
def answer_trust(
    recovery: Recovery,
    *,
    trust: str,
    words: str = "",
    next_door: str = "",
    by: By = Actor.CUSTOMER,
) -> None:
    """Returning alone is not trusting (S3-20): a yes closes the circle, a not yet wants a person."""
    at = now()
    seen = recovery.returns.filter(trust_answered_at=None).first()
    if seen is None:
        seen = Return.objects.create(recovery=recovery, evidence=Evidence.OWN_WORD, seen_at=at)
    seen.answer_trust(trust=trust, words=words, next_door=next_door, at=at)
    said = {"trust": trust, "next_door": next_door} if next_door else {"trust": trust}
    record(recovery, Verb.TRUST, by=by, at=at, words=words.strip(), **said)
    if trust == Trust.NOT_YET:
        waits(recovery, at=at, words=f"{recovery.customer.called} does not trust us yet.")
    settle_back(recovery, at=at)


@transaction.atomic
def leave_me_be(recovery: Recovery, *, by: By = Actor.CUSTOMER, everywhere: bool = True) -> None:
    """Asked for peace: no more follow-ups, no more letters. What is owed is still kept (T14).
    Whoever has only claimed to be this customer is left in peace in this recovery alone."""
    at = now()
    if everywhere:
        recovery.customer.leave_in_peace(at=at)
    recovery.followups.open().update(dropped_at=at)
    recovery.complete(Part.BACK, at=at)
    record(recovery, Verb.LEFT_IN_PEACE, by=by, at=at, completes=Part.BACK)
    if recovery.closed_at is None:
        close(recovery, Outcome.LEFT_IN_PEACE, at=at)


@transaction.atomic
def let_go(
    recovery: Recovery,
    *,
    why: str,
    by: Person,
    value_lost: Decimal | None = None,
    lost_to: str = "",
) -> None:
    """With a reason, and the value lost written down (S2-03, S3-19)."""
    recovery.must_be_open()
    if not why.strip():
        raise NoReason("Why do we let go? It is written down, so that we can learn from it.")
    put = recovery.offers.exclude(sent_at=None)
    if recovery.wishes.exists() and not put.exists() and not recovery.agreed_at:
        raise NoAlternative("Put something to them first: they told us their wish.")
    at = now()
    recovery.followups.open().update(dropped_at=at)
    record(
        recovery,
        Verb.LET_GO,
        by=by,
        at=at,
        words=why.strip(),
        value_lost=value_lost,
        lost_to=lost_to,
    )
    close(
        recovery,
        Outcome.LET_GO,
        at=at,
        let_go_why=why.strip(),
        value_lost=value_lost,
        lost_to=lost_to.strip()[:200],
    )


@transaction.atomic
def revoke_link(recovery: Recovery, *, by: Person) -> None:
    """Every link to this page stops working; the next letter carries a new one."""
    at = now()
    closed = Link.revoke(recovery, at=at)
    record(recovery, Verb.LINK_REVOKED, by=by, at=at, links=closed)
