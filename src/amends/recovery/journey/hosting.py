"""Who comes, and who meets them: whoever was asked for, their deputy, and those on duty."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from amends.people.roster import deputy_for, is_on_duty, on_duty
from amends.recovery.failure import Failure
from amends.recovery.journey.promising import cover_promise
from amends.recovery.notice import About, Notice
from amends.recovery.promise import Promise, Trigger
from amends.recovery.recovery import Outcome, Recovery
from amends.recovery.standards import Step, standard
from amends.recovery.timeline import Actor

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from amends.customers.customer import Customer
    from amends.customers.visit import Visit
    from amends.people.person import Person
    from amends.people.place import Place


def waiting(customer: Customer, trigger: Trigger) -> list[Promise]:
    found = Promise.objects.waiting_for(trigger).filter(recovery__customer=customer)
    return list(found.with_people())


def recoveries_of(customer: Customer) -> list[Recovery]:
    return list(Recovery.objects.open().filter(customer=customer).with_people())


def let_down(
    customers: Collection[int], *, at: datetime, seen_by: Person | None = None
) -> dict[int, Recovery]:
    """Whoever was let down not long ago is more easily hurt than others, also when all was put
    right: by customer, the newest such recovery (S2-06)."""
    minutes, _ = standard(Step.CARE)
    since = at - timedelta(minutes=minutes)
    hurt = Failure.objects.filter(
        recovery__customer__in=customers, noted_at__range=(since, at)
    ).exclude(recovery__outcome=Outcome.MISTAKEN)
    seen = Recovery.objects.visible_to(seen_by) if seen_by else Recovery.objects.all()
    newest = seen.filter(pk__in=hurt.values("recovery")).order_by("known_at", "pk")
    return {recovery.customer_id: recovery for recovery in newest.with_people()}


def find_cover(owed: Promise, when: datetime) -> None:
    """The person asked for is not in at that hour: the deputy gets the promise and the story
    (S3-14). Once they are in after all, it is theirs again."""
    place, host = owed.recovery.place, owed.host or owed.owner
    if is_on_duty(host, place, when):
        if owed.owner != host:
            cover_promise(owed, owner=host, by=Actor.SYSTEM, cover=owed.owner)
        return
    if owed.owner != host and is_on_duty(owed.owner, place, when):
        return
    deputy = _deputy(owed, host, when)
    if deputy is not None and deputy != owed.owner:
        cover_promise(owed, owner=deputy, by=Actor.SYSTEM, cover=host)


def _deputy(owed: Promise, host: Person, when: datetime) -> Person | None:
    """The cover named in the promise, when they are in; else whoever stands in for the host."""
    place, named = owed.recovery.place, owed.cover
    if named is not None and named != host and is_on_duty(named, place, when):
        return named
    return deputy_for(host, place, when) or named


def tell_those_on_duty(
    recoveries: Iterable[Recovery],
    *,
    place: Place,
    about: About,
    words: str,
    at: datetime,
    not_these: Collection[Person | None] = (),
) -> None:
    """The card, to everybody who may meet them and may read it: one word each."""
    here = next((one for one in recoveries if one.place_id == place.pk), None)
    if here is None:
        return
    for person in on_duty(place, at):
        if person not in not_these:
            Notice.tell(person, here, about, words, at=at)


def owed_to(visit: Visit, *, at: datetime) -> list[Recovery]:
    """What is open between us, else what was put right so lately that they still feel it."""
    opened = recoveries_of(visit.customer)
    return opened or list(let_down([visit.customer_id], at=at).values())


def greet_by_name(visit: Visit, owed: Iterable[Promise]) -> str:
    """«Robert Finch is here, table 7. Greet them by name. Asked for Mona Hart.»"""
    where = f", {visit.where}" if visit.where else ""
    asked = [f"Asked for {promise.owner}." for promise in owed if promise.asks_for_owner]
    words = [f"{visit.customer.called} is here{where}.", "Greet them by name.", *asked[:1]]
    return " ".join(words)
