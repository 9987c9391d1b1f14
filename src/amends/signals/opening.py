"""A signal becomes a recovery: by somebody's press, or by the watch itself where the owner allows
it. Everything goes through the journey, with its gate, its brakes and its limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from django.db import transaction

from amends.customers.customer import Customer
from amends.kit.clock import now
from amends.kit.errors import Impossible
from amends.recovery import journey
from amends.recovery.failure import Kind, Severity
from amends.recovery.journey.heard import WentWrong
from amends.recovery.offer import LineGiven
from amends.recovery.recovery import Recovery
from amends.recovery.timeline import Actor
from amends.signals import saying
from amends.signals.saying import Event
from amends.signals.signal import BADLY_HURT, NoWords, Signal, State
from amends.signals.watch import Sees

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from amends.people.person import Person
    from amends.signals.watch import Watch

log = structlog.get_logger(__name__)
AT_ONCE = 20
KINDS = {
    Sees.LATE: Kind.DELAY,
    Sees.MISSING: Kind.DELAY,
    Sees.REFUND: Kind.MONEY,
    Sees.QUIET: Kind.EXPECTATION,
    Sees.FALLING: Kind.EXPECTATION,
}


class NotNow(Impossible):
    """They are spoken to already, or want to be left in peace."""

    code = "not-now"


@transaction.atomic
def make_right(
    signal: Signal,
    *,
    by: Person,
    we_saw: str,
    sorry: str = "",
    lines: Sequence[LineGiven] = (),
) -> Recovery:
    """Pressed by somebody, in their own words or in ours as they stand. Whoever signs is the
    customer's contact from then on."""
    if not signal.customer.email:
        raise NotNow(f"We have no e-mail address of {signal.customer.called}. Ring them instead.")
    recovery = see_to_it(signal, by=by)
    journey.own_up(recovery, we_saw=we_saw, sorry=sorry, lines=lines, by=by)
    return recovery


@transaction.atomic
def see_to_it(signal: Signal, *, by: Person) -> Recovery:
    """A recovery of it, and no letter yet: somebody would rather ring, or ask round first."""
    must_be_free(signal.customer)
    signal.settle(State.OPENED, at=now(), by=by)
    recovery = _spot(signal, by=by)
    if recovery.owner != by:
        journey.take(recovery, by=by)
    return recovery


@transaction.atomic
def leave(signal: Signal, *, why: str, by: Person) -> None:
    if not why.strip():
        raise NoWords("Say in a few words why, for whoever looks at this later.")
    signal.settle(State.LEFT, at=now(), by=by, left_why=why)


def open_by_themselves() -> int:
    """One tick: what watches may open, the worst first; how many were opened. What cannot be opened
    any more is left, with the reason."""
    waiting = Signal.objects.filter(by_itself=True, state=State.NEW).with_people()[:AT_ONCE]
    return sum(_open_by_itself(signal) for signal in waiting)


def _open_by_itself(signal: Signal) -> bool:
    if not signal.watch.opens:  # the owner has thought better of it: people look at it
        Signal.objects.filter(pk=signal.pk, state=State.NEW).update(by_itself=False)
        return False
    try:
        _by_rule(signal)
    except Impossible as no:
        log.info("not opened", signal=signal.ref, why=no.message)
        Signal.objects.filter(pk=signal.pk, state=State.NEW).update(
            state=State.LEFT, settled_at=now(), left_why=no.message[:300]
        )
        return False
    return True


@transaction.atomic
def _by_rule(signal: Signal) -> Recovery:
    must_be_free(signal.customer)
    signal.settle(State.OPENED, at=now(), by=None)
    recovery = _spot(signal, by=None)
    who = signer(recovery, signal.watch.signs)
    if who is not None and signal.customer.email:  # else somebody has to ring
        we_saw, sorry = words_for(signal, at=now())
        lines = preset(signal.watch)
        journey.own_up(recovery, we_saw=we_saw, sorry=sorry, lines=lines, by=who, by_itself=True)
    return recovery


def must_be_free(customer: Customer) -> None:
    """Asked anew at the last moment: much may have happened since they were named. Whoever opens
    another one for the same customer waits until we are done."""
    customer = Customer.objects.select_for_update().get(pk=customer.pk)
    if customer.left_in_peace_at:
        raise NotNow(f"{customer.called} asked to be left in peace.")
    if Recovery.objects.open().filter(customer=customer).exists():
        raise NotNow(f"{customer.called} is being looked after already.")


def words_for(signal: Signal, *, at: datetime) -> tuple[str, str]:
    """«We saw that…» and the apology, as they would go now."""
    we_saw = saying.we_saw(signal.watch.sees, _event(signal, at=at))
    return we_saw, signal.watch.sorry.strip() or saying.sorry(signal.watch.sees)


def _event(signal: Signal, *, at: datetime) -> Event:
    return Event(
        order=signal.order,
        rating=signal.rating,
        since=signal.quiet_since,
        zone=signal.place.zone,
        at=at,
    )


def preset(chosen: Watch) -> list[LineGiven]:
    """The remedy set beforehand, if there is one and it is still on the menu."""
    if chosen.remedy is None or not chosen.remedy.is_active:
        return []
    return [LineGiven(chosen.remedy, value=chosen.value)]


def signer(recovery: Recovery, chosen: Person | None) -> Person | None:
    """In whose name: the one chosen, who then owns it, for a customer has one contact; or whoever
    it fell to. Nobody when nobody is there: then it waits for an owner, and its clocks run."""
    if chosen is None or not chosen.may_write:
        return recovery.owner
    journey.hand_over(recovery, to=chosen, by=Actor.SYSTEM)
    return chosen


def _spot(signal: Signal, *, by: Person | None) -> Recovery:
    sees = Sees(signal.watch.sees)
    went_wrong = WentWrong(
        kind=KINDS.get(sees, Kind.CORE),
        words=saying.what(sees, _event(signal, at=now())),
        severity=Severity.MODERATE if signal.severity >= BADLY_HURT else Severity.MINOR,
        order=signal.order,
        price=signal.order.amount if signal.order else None,
    )
    recovery = journey.spot(
        customer=signal.customer, place=signal.place, failures=[went_wrong], by=by
    )
    signal.became(recovery)
    return recovery
