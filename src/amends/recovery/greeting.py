"""The card «greet by name»: a visit, what is open between us, and whether care is needed; and the
sheet of such cards that is read aloud before the doors open."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from amends.customers.visit import Visit
from amends.recovery.journey.hosting import let_down
from amends.recovery.promise import Promise
from amends.recovery.recovery import Recovery

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amends.people.person import Person
    from amends.people.place import Place


@dataclass
class Card:
    """What one needs to know while walking up to somebody."""

    visit: Visit
    at: datetime
    promises: list[Promise] = field(default_factory=list)
    recoveries: list[Recovery] = field(default_factory=list)
    hurt: Recovery | None = None

    def holds(self, promise: Promise) -> bool:
        return promise.is_open or promise.visit_id == self.visit.pk

    @property
    def owes(self) -> bool:
        return bool(self.promises or self.recoveries or self.hurt)

    @property
    def owed(self) -> list[Promise]:
        """What is still to be kept, today or later, beside being there."""
        return [x for x in self.promises if x.is_open and x is not self.asked_for]

    @property
    def asked_for(self) -> Promise | None:
        """The promise that somebody comes in person, kept, broken or running."""
        mine = [promise for promise in self.promises if promise.asks_for_owner]
        return mine[0] if mine else None

    @property
    def broken(self) -> list[Promise]:
        return [promise for promise in self.promises if promise.broken_at]

    @property
    def soon(self) -> int | None:
        """Minutes until the second call."""
        return self._minutes(self.asked_for.nudge_at) if self.asked_for else None

    @property
    def too_late(self) -> int | None:
        """Minutes until the promise is broken."""
        return self._minutes(self.asked_for.due_at) if self.asked_for else None

    @property
    def state(self) -> str:
        """How the waiting stands: nothing to say, a second call went out, or a promise broken."""
        if self.visit.greeted_at:
            return ""
        if self.broken:
            return "broken"
        asked = self.asked_for
        return "soon" if asked and asked.nudge_at and asked.nudge_at <= self.at else ""

    def _minutes(self, moment: datetime | None) -> int | None:
        since = self.visit.arrived_at
        if moment is None or since is None:
            return None
        return max(0, int((moment - since).total_seconds()) // 60)


@dataclass
class Sheet:
    """What one place should know before it opens."""

    place: Place
    at: datetime
    coming: list[Card]
    due: list[Promise]

    @property
    def is_empty(self) -> bool:
        return not self.coming and not self.due


def cards(person: Person, visits: Sequence[Visit], *, at: datetime) -> list[Card]:
    """Each visit with what is open between us and that customer, as far as this person may see."""
    made = [Card(visit, at) for visit in visits]
    customers = {card.visit.customer_id for card in made}
    recoveries = Recovery.objects.visible_to(person).open().filter(customer__in=customers)
    theirs = Promise.objects.visible_to(person).filter(recovery__customer__in=customers)
    promises = list(theirs.concerning([visit for visit in visits if visit.pk]).with_people())
    hurt = let_down(customers, at=at, seen_by=person) if customers else {}
    for card in made:
        known = card.visit.customer_id
        card.recoveries = [one for one in recoveries if one.customer_id == known]
        card.promises = [
            one for one in promises if one.recovery.customer_id == known and card.holds(one)
        ]
        card.hurt = hurt.get(known)
    return made


def sheets(person: Person, places: Sequence[Place], *, at: datetime) -> list[Sheet]:
    """One a place, for the rest of its day; the day is the place's own."""
    return [_sheet(person, place, at=at) for place in places]


def _sheet(person: Person, place: Place, *, at: datetime) -> Sheet:
    until = midnight(place, at)
    coming = Visit.objects.visible_to(person).filter(place=place).expected(at=at, until=until)
    visits = list(coming.with_people().order_by("expected_at"))
    due = Promise.objects.visible_to(person).filter(recovery__place=place, visit=None)
    return Sheet(
        place=place,
        at=at.astimezone(place.zone),
        coming=[card for card in cards(person, visits, at=at) if card.owes],
        due=list(due.due_by(until).with_people()),
    )


def midnight(place: Place, at: datetime) -> datetime:
    tomorrow = at.astimezone(place.zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time.min, tzinfo=place.zone)
