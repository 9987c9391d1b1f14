"""Part four, Agreed: the wish is recorded, and an offer accepted, or being heard was enough, or
help elsewhere was found."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction

from amends.kit.clock import now
from amends.kit.errors import Impossible
from amends.people.hours import end_of_day, hours_of
from amends.people.person import Person
from amends.people.roster import next_manager
from amends.recovery import letters
from amends.recovery.authority import Approval, weighed_alone
from amends.recovery.journey.promising import make_promise
from amends.recovery.journey.settling import close, settle_put_right
from amends.recovery.journey.waiting import answered, waits
from amends.recovery.notice import About, Notice
from amends.recovery.offer import Bend, LineGiven, Offer, OfferLine, State
from amends.recovery.promise import Trigger
from amends.recovery.recovery import Outcome, Part, Recovery
from amends.recovery.standards import Step, due
from amends.recovery.timeline import Actor, By, Verb, record
from amends.recovery.wish import Wants, Wish
from amends.remedies.remedy import Kind, Remedy, Side

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from amends.recovery.promise import Promise
    from amends.remedies.rule import Rule


class NobodyToAsk(Impossible):
    code = "nobody-to-ask"


class OnlyPutBack(Impossible):
    code = "only-put-back"


class AboveAuthority(Impossible):
    code = "above-authority"


@transaction.atomic
def ask(recovery: Recovery, *, by: Person, words: str = "") -> None:
    """«What would you think would be fair?» (S4-15), by letter."""
    recovery.must_be_open()
    at = now()
    letters.asking(recovery, words=words.strip(), by=by, at=at)
    record(recovery, Verb.ASKED, by=by, at=at, words=words.strip())
    answered(recovery, at=at)


@transaction.atomic
def wish(
    recovery: Recovery,
    *,
    words: str,
    by: By = Actor.CUSTOMER,
    wants: str = "",
    amount: Decimal | None = None,
    behind_it: str = "",
) -> Wish:
    """What they would think fair; told on their page, or to one of us."""
    at = now()
    taken_by = by if isinstance(by, Person) else None
    wished = Wish.take(
        recovery, words=words, at=at, wants=wants, amount=amount, behind_it=behind_it, by=taken_by
    )
    recovery.customer.means_most(wants)
    record(recovery, Verb.WISHED, by=by, at=at, words=wished.words, wants=wants, amount=amount)
    if by is Actor.CUSTOMER:
        waits(recovery, at=at, words=f"{recovery.customer.called} said what would be fair.")
    if wants == Wants.HEARD and by is Actor.CUSTOMER:
        heard_was_enough(recovery, by=by)
    elif recovery.offers.filter(state=State.ACCEPTED).exists():
        _agree(recovery, Verb.AGREED, by=by, at=at)
    return wished


@transaction.atomic
def heard_was_enough(recovery: Recovery, *, by: By) -> None:
    """Some people just want to be heard: complete, at no cost (S4-21)."""
    at = now()
    if not recovery.wishes.filter(wants=Wants.HEARD).exists():
        Wish.take(recovery, words="", wants=Wants.HEARD, at=at)
    _agree(recovery, Verb.AGREED, by=by, at=at, words="Being heard was enough.")
    settle_put_right(recovery, by=by, at=at)


@transaction.atomic
def help_elsewhere(recovery: Recovery, *, who: str, by: Person) -> None:
    """Not something we do: we found somebody who does, and that counts as success (S3-10)."""
    if not who.strip():
        raise NobodyToAsk("Who can help them? Name them, and make sure that they will.")
    recovery.must_be_open()
    at = now()
    recovery.helped(who=who)
    for part in (Part.AGREED, Part.PUT_RIGHT):
        recovery.complete(part, at=at)
    record(recovery, Verb.HELPED_ELSEWHERE, by=by, at=at, words=who.strip(), completes=Part.AGREED)
    close(recovery, Outcome.HELPED_ELSEWHERE, at=at)


@transaction.atomic
def bend(recovery: Recovery, *, rule: Rule, why: str, by: Person) -> Bend:
    recovery.must_be_open()
    at = now()
    bent = Bend.bend(recovery, rule=rule, why=why, by=by, at=at)
    record(recovery, Verb.BENT, by=by, at=at, words=str(bent), rule=rule.pk)
    return bent


@transaction.atomic
def offer(
    recovery: Recovery,
    *,
    lines: Sequence[LineGiven],
    by: Person,
    words: str = "",
    is_first_move: bool = False,
    no_extra_why: str = "",
) -> Offer:
    """Within the authority it goes to the customer at once (S0-02); above it, somebody who may
    say yes is asked, with a clock (S2-16). The customer keeps the same contact (T18)."""
    recovery.must_be_open()
    at = now()
    made, is_covered = _make(
        recovery,
        lines=lines,
        words=words,
        by=by,
        at=at,
        is_first_move=is_first_move,
        no_extra_why=no_extra_why,
    )
    if is_covered:
        _put(made, at=at)
    else:
        _ask_leave(made, by=by, at=at)
    return made


def make_first_move(
    recovery: Recovery, *, lines: Sequence[LineGiven], by: Person, at: datetime
) -> Offer:
    """Told in a letter that says more; one above the authority of `by` has a letter of its own
    once somebody said yes."""
    made, is_covered = _make(recovery, lines=lines, words="", by=by, at=at, is_first_move=True)
    if is_covered:
        made.put(at=at)
    else:
        _ask_leave(made, by=by, at=at)
    return made


def _make(
    recovery: Recovery, *, by: Person, at: datetime, is_first_move: bool, **told: Any
) -> tuple[Offer, bool]:
    """The offer, and whether `by` may put it to the customer alone."""
    limit = weighed_alone(by, recovery, at=at)
    made = Offer.make(recovery, by=by, at=at, is_first_move=is_first_move, **told)
    record(
        recovery,
        Verb.OFFERED,
        by=by,
        at=at,
        words=_told(made),
        offer=made.ref,
        value=made.value,
        first_move=is_first_move,
    )
    return made, limit.covers(made.value)


@transaction.atomic
def put_back_now(recovery: Recovery, *, lines: Sequence[LineGiven], by: Person) -> Offer:
    """Can we put it right here and now? Off the bill, a fresh plate: a first move, done at once
    and marked as one (S3-18, T3). Anything extra is still asked about."""
    if any(line.remedy.side != Side.PUT_BACK for line in lines):
        raise OnlyPutBack("Only what puts it back can be done before asking.")
    at = now()
    limit = weighed_alone(by, recovery, at=at)
    made = Offer.make(recovery, lines=lines, words="", by=by, at=at, is_first_move=True)
    if not limit.covers(made.value):
        raise AboveAuthority("This is above what you may give alone. Make it an offer instead.")
    made.put(at=at)
    made.accept(at=at)
    for line in made.lines.all():
        line.delivered(at=at)
    record(
        recovery,
        Verb.OFFERED,
        by=by,
        at=at,
        words=_told(made),
        offer=made.ref,
        value=made.value,
        first_move=True,
        done_at_once=True,
    )
    return made


@transaction.atomic
def approve(approval: Approval, *, by: Person, words: str = "") -> None:
    at = now()
    approval.answer(yes=True, words=words, by=by, at=at)
    offer_ = approval.offer
    record(offer_.recovery, Verb.APPROVED, by=by, at=at, words=words.strip(), offer=offer_.ref)
    Notice.tell(approval.asked_by, offer_.recovery, About.APPROVAL, f"{by.name} said yes.", at=at)
    _put(offer_, at=at)


@transaction.atomic
def refuse(approval: Approval, *, lines: Sequence[LineGiven], words: str, by: Person) -> Offer:
    """Never a bare no: something else is put to the customer in its place (S0-09)."""
    at = now()
    approval.answer(yes=False, words=words, by=by, at=at)
    held = approval.offer
    held.withdraw(at=at)
    record(held.recovery, Verb.REFUSED, by=by, at=at, words=words.strip(), offer=held.ref)
    Notice.tell(
        approval.asked_by,
        held.recovery,
        About.APPROVAL,
        f"{by.name} proposed something else.",
        at=at,
    )
    return offer(held.recovery, lines=lines, words=words, by=by, no_extra_why="Another proposal.")


@transaction.atomic
def pass_on_approval(approval: Approval, *, at: datetime) -> bool:
    """Its clock ran out: the next person is asked, and it is counted."""
    recovery = approval.offer.recovery
    to = next_manager(recovery.place, not_these=[approval.of, approval.asked_by])
    due_at = due(Step.APPROVAL, place=recovery.place, since=at)
    if not approval.pass_on(to or approval.of, due=due_at):
        return False
    record(
        recovery,
        Verb.PASSED_ON,
        by=Actor.CLOCK,
        at=at,
        words=f"No answer in time; {approval.of.name} is asked now.",
        times=approval.passed_on,
    )
    _tell_approver(approval, at=at)
    return True


@transaction.atomic
def accept(offer_: Offer, *, by: By = Actor.CUSTOMER) -> list[Promise]:
    """Every line becomes a promise. Decided by the customer, and marked so (S4-18)."""
    at = now()
    offer_.accept(at=at)
    recovery = offer_.recovery
    recovery.decided_by_customer()
    record(recovery, Verb.ACCEPTED, by=by, at=at, offer=offer_.ref, value=offer_.value)
    promises = [_promise_line(line, at=at) for line in offer_.lines.select_related("remedy")]
    if recovery.wishes.exists():
        _agree(recovery, Verb.AGREED, by=by, at=at)
    letters.agreed(recovery, promises=promises, at=at)
    Notice.tell(
        recovery.owner, recovery, About.ANSWER, f"{recovery.customer.called} said yes.", at=at
    )
    return promises


@transaction.atomic
def swap(line: OfferLine, *, remedy: Remedy, dislike: str = "", by: By = Actor.CUSTOMER) -> None:
    """She does not like red lollipops: another extra, and we remember it (S0-16)."""
    at = now()
    before = line.words
    line.swap(remedy)
    recovery = line.offer.recovery
    recovery.customer.dislikes_also(dislike or f"Did not choose: {before}")
    record(
        recovery,
        Verb.SWAPPED,
        by=by,
        at=at,
        words=f"{before} → {line.words}",
        offer=line.offer.ref,
    )


@transaction.atomic
def counter(offer_: Offer, *, words: str, by: By = Actor.CUSTOMER) -> None:
    """What would be better, in their words: the next wish."""
    at = now()
    offer_.counter(words=words, at=at)
    recovery = offer_.recovery
    Wish.take(recovery, words=words, at=at, by=by if isinstance(by, Person) else None)
    record(recovery, Verb.COUNTERED, by=by, at=at, words=words.strip(), offer=offer_.ref)
    waits(recovery, at=at, words=f"{recovery.customer.called} said what would be better.")


@transaction.atomic
def decline(offer_: Offer, *, words: str = "", by: By = Actor.CUSTOMER) -> None:
    at = now()
    offer_.decline(words=words, at=at)
    recovery = offer_.recovery
    record(recovery, Verb.DECLINED, by=by, at=at, words=words.strip(), offer=offer_.ref)
    waits(recovery, at=at, words=f"{recovery.customer.called} said no to the offer.")


@transaction.atomic
def withdraw(offer_: Offer, *, by: Person) -> None:
    """Put a better one in its place."""
    at = now()
    offer_.approvals.open().update(answered_at=at, answered_by=by, said_yes=None)
    offer_.withdraw(at=at)
    record(offer_.recovery, Verb.WITHDREW, by=by, at=at, offer=offer_.ref)


def _put(offer_: Offer, *, at: datetime) -> None:
    offer_.put(at=at)
    letters.offer(offer_, at=at)
    answered(offer_.recovery, at=at)


def _ask_leave(offer_: Offer, *, by: Person, at: datetime) -> None:
    recovery = offer_.recovery
    of = next_manager(recovery.place, not_these=[by])
    if of is None:
        raise NobodyToAsk("This is above what you may give, and there is nobody to ask.")
    due_at = due(Step.APPROVAL, place=recovery.place, since=at)
    approval = Approval.ask(offer_, by=by, of=of, at=at, due=due_at)
    record(recovery, Verb.ASKED_LEAVE, by=by, at=at, words=f"{of.name} is asked.", offer=offer_.ref)
    _tell_approver(approval, at=at)


def _tell_approver(approval: Approval, *, at: datetime) -> None:
    recovery = approval.offer.recovery
    local = approval.due_at.astimezone(recovery.place.zone)
    Notice.tell(
        approval.of,
        recovery,
        About.APPROVAL,
        f"{approval.asked_by.name} asks for your yes: {recovery}.",
        at=at,
        has_letter=True,
    )
    letters.approval_wanted(approval, by_when=f"by {local:%H:%M on %A}")


def _promise_line(line: OfferLine, *, at: datetime) -> Promise:
    """When it falls due: at the next visit, or at the end of so many days."""
    recovery = line.offer.recovery
    remedy = line.remedy
    keeper = recovery.owner or line.offer.by
    if remedy.at_next_visit:
        return make_promise(
            recovery,
            words=line.told,
            at=at,
            owner=keeper,
            trigger=Trigger.NEXT_VISIT,
            line=line,
            asks_for_owner=remedy.kind == Kind.VISIT,
        )
    day = at + timedelta(days=max(remedy.days, 1))
    due_at = end_of_day(hours_of(recovery.place), day)
    return make_promise(recovery, words=line.told, at=at, owner=keeper, due=due_at, line=line)


def _agree(recovery: Recovery, verb: Verb, *, by: By, at: datetime, words: str = "") -> None:
    if recovery.complete(Part.AGREED, at=at):
        record(recovery, verb, by=by, at=at, words=words, completes=Part.AGREED)


def _told(offer_: Offer) -> str:
    return "; ".join(line.words for line in offer_.lines.all())
