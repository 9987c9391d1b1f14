"""The worker's round over calendars: what is new, moved, cancelled or gone there is told to the journey."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

import structlog
from django.db import transaction

from amends.connections.calendar.feed import WHOLE_EVERY, Booking, Calendar, forget_past
from amends.connections.calendar.matching import who
from amends.connections.calendar.reading import Event, Unreadable, moment, read
from amends.customers.visit import AROUND
from amends.kit.clock import now
from amends.kit.outside import Refused, Unreachable, fetch
from amends.kit.sealing import Broken
from amends.people.hours import hours_of, next_open
from amends.recovery import journey

if TYPE_CHECKING:
    from amends.customers.customer import Customer

log = structlog.get_logger(__name__)
AHEAD = timedelta(days=60)
KEPT = timedelta(days=2)
NOT_CHANGED = 304
NOT_UNDERSTOOD = "Something in it is not understood. The log of the worker says more."


def read_due() -> int:
    """How many calendars were read."""
    at = now()
    due = Calendar.objects.due(at=at).select_related("place__business")
    mine = [calendar for calendar in due if calendar.claim(at=at)]
    for calendar in mine:
        try:
            _read(calendar, at=at)
        except (Refused, Unreachable, Unreadable, Broken) as no:
            log.warning("a calendar could not be read", calendar=calendar.ref, why=str(no))
            calendar.was_not_read(str(no), at=now())
        except Exception:  # whatever stands in it, the others are read
            log.exception("a calendar was not understood", calendar=calendar.ref)
            calendar.was_not_read(NOT_UNDERSTOOD, at=now())
    if mine:
        forget_past(before=at - KEPT)
    return len(mine)


def _read(calendar: Calendar, *, at: datetime) -> None:
    is_whole = calendar.whole_at is None or at - calendar.whole_at >= WHOLE_EVERY
    etag = "" if is_whole else calendar.etag
    answer = fetch(calendar.url, headers={"If-None-Match": etag} if etag else {})
    if answer.status == NOT_CHANGED and etag:
        calendar.was_read(at=at, etag=etag, is_whole=False)
        return
    if answer.status != 200:
        raise Unreachable(f"The calendar's server said {answer.status}.")
    events = read(answer.body, since=at - AROUND, until=at + AHEAD)
    is_settled = take_in(calendar, events, at=at)
    # What seems gone must be missing twice, so the next look is at all of it again.
    etag = answer.headers.get("etag", "") if is_settled else ""
    calendar.was_read(at=at, etag=etag, is_whole=True)


def take_in(calendar: Calendar, events: list[Event], *, at: datetime) -> bool:
    """False while something that was there is missing for the first time."""
    known = {booking.key: booking for booking in calendar.bookings.select_related("visit")}
    seen = set()
    for event in events:
        key = hashlib.sha256(event.key.encode()).hexdigest()[:32]
        seen.add(key)
        _take(calendar, event, key, known.get(key))
    gone = [one for key, one in known.items() if key not in seen and one.starts_at > at]
    for booking in gone:
        _is_missing(booking)
    return not any(not booking.is_missing for booking in gone)


@transaction.atomic
def _take(calendar: Calendar, event: Event, key: str, known: Booking | None) -> None:
    """An event that says what it said is passed over, unless nobody knew who was meant."""
    starts_at = _starts(event, calendar)
    told = _fingerprint(event, starts_at)
    same = known is not None and known.told == told and not known.is_missing
    if same and known is not None and known.visit_id is not None:
        return
    customer = who(event, place=calendar.place)
    booking = known or Booking(calendar=calendar, key=key)
    if booking.visit is not None and booking.visit.customer != customer:
        _off(booking)  # another guest has the same table now
        booking.visit = None
    booking.starts_at, booking.told, booking.is_missing = starts_at, told, False
    if customer is not None:
        _tell(booking, event, customer)
    booking.save()


def _tell(booking: Booking, event: Event, customer: Customer) -> None:
    calendar = booking.calendar
    if event.is_cancelled and booking.visit is None:
        return
    booking.visit = journey.visit(
        customer=customer,
        place=calendar.place,
        outside_id=_number(calendar, booking.key, customer),
        expected_at=booking.starts_at,
        table=event.table or None,
        cancelled=event.is_cancelled,
    )


def _number(calendar: Calendar, key: str, customer: Customer) -> str:
    """One for each guest an event ever had."""
    return f"calendar {calendar.ref} {key} {customer.ref}"


@transaction.atomic
def _is_missing(booking: Booking) -> None:
    """Gone once may be a calendar that was cut short; gone twice is gone."""
    if not booking.is_missing:
        Booking.objects.filter(pk=booking.pk).update(is_missing=True)
        return
    _off(booking)
    booking.delete()


def _off(booking: Booking) -> None:
    visit = booking.visit
    if visit is not None and not visit.arrived_at:
        journey.visit(
            customer=visit.customer,
            place=visit.place,
            outside_id=visit.outside_id,
            cancelled=True,
        )


def _starts(event: Event, calendar: Calendar) -> datetime:
    """Who comes some time that day is expected when the doors open."""
    zone = calendar.place.zone
    at = moment(event.starts, zone=zone)
    if at is not None:
        return at
    midnight = datetime.combine(event.starts, time.min, tzinfo=zone).astimezone(UTC)
    return next_open(hours_of(calendar.place), midnight)


def _fingerprint(event: Event, starts_at: datetime) -> str:
    said = repr(
        (starts_at, event.is_cancelled, event.emails, event.phones, event.names, event.table)
    )
    return hashlib.sha256(said.encode()).hexdigest()
