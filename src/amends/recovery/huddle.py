"""The morning letter: when a place opens, those on duty have its sheet, where something is owed."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import models, transaction

from amends.kit.clock import now
from amends.people.hours import ALL_DAY, Hours, hours_of_many
from amends.people.place import Place
from amends.people.roster import on_duty
from amends.recovery import letters
from amends.recovery.greeting import Card, Sheet, sheets

if TYPE_CHECKING:
    from amends.people.person import Person
    from amends.recovery.promise import Promise
    from amends.recovery.recovery import Recovery

USUALLY = time(7)  # where no hours are kept
TOO_LATE = timedelta(hours=2)  # after that they have been at it for long


class Huddle(models.Model):
    """Written for this place and day: the row is what keeps it from being written twice."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="+")
    on = models.DateField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "on"], name="one_huddle_a_day")]

    def __str__(self) -> str:
        return f"{self.place}, {self.on:%d %B %Y}"


def send_huddles() -> int:
    """How many letters were written."""
    at = now()
    places = list(Place.objects.select_related("business").with_hours())
    hours = hours_of_many(places)
    opening = [place for place in places if is_time(hours[place.pk], at)]
    return sum(_send(place, at=at) for place in opening)


def is_time(hours: Hours, at: datetime) -> bool:
    """Pure: it has opened today, and not long ago."""
    here = at.astimezone(hours.zone)
    stretches = hours.on(here.date())
    if not stretches:
        return False
    first = USUALLY if stretches == ALL_DAY else min(opens for opens, _ in stretches)
    opened = datetime.combine(here.date(), first, tzinfo=hours.zone)
    return opened <= at < opened + TOO_LATE


@transaction.atomic
def _send(place: Place, *, at: datetime) -> int:
    """The row and the letters are kept together, or neither."""
    on = at.astimezone(place.zone).date()
    _, is_first = Huddle.objects.get_or_create(place=place, on=on, defaults={"written_at": at})
    if not is_first:
        return 0
    written = 0
    for person in on_duty(place, at):
        (sheet,) = sheets(person, [place], at=at)
        if not sheet.is_empty:
            _write(person, sheet)
            written += 1
    return written


def _write(person: Person, sheet: Sheet) -> None:
    told = [*map(_coming, sheet.coming), *(_due(promise, sheet) for promise in sheet.due)]
    letters.huddle(person, _about(sheet), lines="\n\n".join(told), words=in_short(sheet))


def in_short(sheet: Sheet) -> str:
    """«2 guests to greet by name, 1 promise to keep»."""
    counts = [
        (len(sheet.coming), "guest to greet by name", "guests to greet by name"),
        (len(sheet.due), "promise to keep", "promises to keep"),
    ]
    return ", ".join(
        f"{count} {one if count == 1 else many}" for count, one, many in counts if count
    )


def _coming(card: Card) -> str:
    visit, at = card.visit, card.visit.expected_at or card.at
    where = f", {visit.where}" if visit.where else ""
    said = [f"{at.astimezone(visit.place.zone):%H:%M}{where}: {visit.customer.called}"]
    if card.hurt and not card.recoveries:
        said.append(f"Let down not long ago: {card.hurt.about}")
    said += [recovery.about for recovery in card.recoveries]
    said += [_promised(promise) for promise in card.promises]
    said += [f"Values: {visit.customer.values}"] if visit.customer.values else []
    said += [f"Dislikes: {visit.customer.dislikes}"] if visit.customer.dislikes else []
    return "\n".join(said)


def _due(promise: Promise, sheet: Sheet) -> str:
    by = promise.due_at.astimezone(sheet.place.zone) if promise.due_at else sheet.at
    return f"By {by:%H:%M}: {promise.recovery.customer.called}\n{_promised(promise)}"


def _promised(promise: Promise) -> str:
    stands_in = f"; {promise.cover} stands in" if promise.cover else ""
    who = f"asks for {promise.owner}{stands_in}" if promise.asks_for_owner else promise.owner
    return f"We owe: {promise.words} ({who})"


def _about(sheet: Sheet) -> Recovery:
    """Any of those it speaks of: a letter is sent in the name of a business."""
    owed = [*(promise for card in sheet.coming for promise in card.promises), *sheet.due]
    hurt = [one for card in sheet.coming for one in [*card.recoveries, card.hurt] if one]
    return hurt[0] if hurt else owed[0].recovery
