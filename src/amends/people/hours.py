"""Opening hours as sums: split shifts, past midnight, clocks going forward and back,
special days. Every function receives the moment; none reads the clock."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db.models import prefetch_related_objects

from amends.kit.brief import briefly

if TYPE_CHECKING:
    from amends.people.place import Place

Stretch = tuple[time, time]
Week = tuple[tuple[Stretch, ...], ...]

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
ALL_DAY: tuple[Stretch, ...] = ((time(0), time(0)),)


@dataclass(frozen=True)
class Hours:
    """When a place is open: seven weekdays, and dates that differ from their weekday.
    A stretch that closes at or before it opens runs past midnight."""

    zone: ZoneInfo
    week: Week = (ALL_DAY,) * 7
    special: Mapping[date, tuple[Stretch, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not any(self.week):
            raise ValueError("A week in which a place never opens has no next opening.")

    def on(self, day: date) -> tuple[Stretch, ...]:
        found = self.special.get(day)
        return self.week[day.weekday()] if found is None else found


@briefly
def hours_of(place: "Place") -> Hours:
    """Two queries, or none when the place came from `Place.objects.with_hours()`."""
    week = weekly((row.weekday, row.opens, row.closes) for row in place.opening_hours.all())
    special: dict[date, tuple[Stretch, ...]] = {}
    for row in place.special_days.all():
        hours = ((row.opens, row.closes),) if row.opens and row.closes else ()
        special[row.on] = tuple(sorted(special.get(row.on, ()) + hours))
    return Hours(place.zone, week if any(week) else (ALL_DAY,) * 7, special)


def hours_of_many(places: Sequence["Place"]) -> dict[int, Hours]:
    """The hours of each place by its key, in two queries however many places there are."""
    prefetch_related_objects(places, "opening_hours", "special_days")
    return {place.pk: hours_of(place) for place in places}


def weekly(rows: Iterable[tuple[int, time, time]]) -> Week:
    days: list[list[Stretch]] = [[] for _ in range(7)]
    for weekday, opens, closes in rows:
        days[weekday].append((opens, closes))
    return tuple(tuple(sorted(day)) for day in days)


def is_open(hours: Hours, at: datetime) -> bool:
    opens, _ = next(_spans(hours, _utc(at)))
    return opens <= at


def next_open(hours: Hours, at: datetime) -> datetime:
    """This very moment when open, else when the doors open next."""
    opens, _ = next(_spans(hours, _utc(at)))
    return max(opens, _utc(at))


def end_of_day(hours: Hours, at: datetime) -> datetime:
    """The last closing of the day that is running, or of the next day with opening hours."""
    day = _local_day(hours, at) - DAY
    while True:
        closing = max((closes for _, closes in _spans_on(hours, day)), default=at)
        if closing > at:
            return closing
        day += DAY


def add_open_minutes(hours: Hours, start: datetime, minutes: int) -> datetime:
    """The moment when the place has been open for so many minutes since `start`."""
    left, start = minutes * MINUTE, _utc(start)
    if left <= timedelta(0):
        return start
    for opens, closes in _spans(hours, start):
        opens = max(opens, start)
        if left <= closes - opens:
            return opens + left
        left -= closes - opens
    raise AssertionError("spans never end")


def open_minutes_between(hours: Hours, start: datetime, end: datetime) -> int:
    """Whole open minutes from `start` to `end`; none when the end comes first."""
    total, start, end = timedelta(0), _utc(start), _utc(end)
    for opens, closes in _spans(hours, start):
        if opens >= end:
            break
        total += max(min(closes, end) - max(opens, start), timedelta(0))
    return total // MINUTE


def _spans(hours: Hours, at: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Every open span that ends after `at`, in order, none overlapping another."""
    day = _local_day(hours, at) - DAY
    reached = at - DAY * 3
    while True:
        for opens, closes in _spans_on(hours, day):
            opens = max(opens, reached)
            reached = max(closes, reached)
            if closes > opens and closes > at:
                yield opens, closes
        day += DAY


def _spans_on(hours: Hours, day: date) -> Iterator[tuple[datetime, datetime]]:
    """A day's stretches as moments. A stretch lost in the hour that clocks skip is left out."""
    for opens, closes in hours.on(day):
        last = day if closes > opens else day + DAY
        first_moment = _moment(hours, day, opens)
        last_moment = _moment(hours, last, closes)
        if last_moment > first_moment:
            yield first_moment, last_moment


def _moment(hours: Hours, day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=hours.zone).astimezone(UTC)


def _utc(at: datetime) -> datetime:
    """Sums in local time would be an hour out on the days the clocks change."""
    return at.astimezone(UTC)


def _local_day(hours: Hours, at: datetime) -> date:
    return at.astimezone(hours.zone).date()
