"""What a calendar says: each event in a stretch of time, as often as it comes, with what it tells of who
is meant. Pure: nothing is asked of anybody."""

from __future__ import annotations

import re
import time as stopwatch
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

MOST_EVENTS = 20_000
PATIENCE = 20.0  # seconds for reckoning what recurs
LONGEST = 4_000  # signs of an event's words that are looked through
TOO_OFTEN = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})
EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
PHONE = re.compile(r"(?<![\w.])\+?\(?\d[\d ()/.\-]{5,18}\d(?!\w)")
# «Breakfast for Robert Finch», «Robert Finch (2)», «Robert Finch - table 7»
PARTS = re.compile(r"\s*[-–—:,;|/()\[\]\n]+\s*|\b(?:for|with|and|x ?\d+)\b", re.IGNORECASE)
TABLE = re.compile(r"\btable\s+(\w{1,10})\b", re.IGNORECASE)


class Unreadable(ValueError):
    """What lies there is no calendar, or one that cannot be reckoned; fit to be shown."""


@dataclass(frozen=True)
class Event:
    """`starts` is a moment, a moment of no zone, or a whole day."""

    key: str
    starts: datetime | date
    summary: str
    is_cancelled: bool
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    names: tuple[str, ...]
    table: str


def read(raw: bytes, *, since: datetime, until: datetime) -> list[Event]:
    """Everything that happens in between, the cancelled too. A broken event is left out; what is no
    calendar at all is refused, so that nothing is taken for an empty one."""
    # Imported here: wanted only where somebody has a calendar.
    import icalendar

    if b"END:VCALENDAR" not in raw[-2048:].upper():
        raise Unreadable("This is no calendar, or not the whole of one.")
    try:
        calendars = icalendar.Calendar.from_ical(raw, multiple=True)
    except (ValueError, KeyError, IndexError, TypeError) as trouble:
        raise Unreadable("This is no calendar.") from trouble
    began, found = stopwatch.monotonic(), {}
    for calendar in calendars:
        for one in _events_of(calendar, began, since, until):
            found[one.key] = one
    return list(found.values())


def _events_of(calendar: Any, began: float, since: datetime, until: datetime) -> Iterator[Event]:
    is_cancelled = str(calendar.get("METHOD", "")).upper() == "CANCEL"
    groups = defaultdict(list)
    for count, part in enumerate(calendar.walk("VEVENT")):
        if count >= MOST_EVENTS:
            raise Unreadable(f"More than {MOST_EVENTS:,} events are too many.")
        if not part.errors and part.get("UID") and part.get("DTSTART"):
            groups[str(part["UID"])].append(part)
    for uid, parts in groups.items():
        if stopwatch.monotonic() - began > PATIENCE:
            raise Unreadable("What recurs in this calendar takes too long to reckon.")
        for part in _occurrences(calendar, parts, since, until):
            yield _event(uid, part, recurs=_recurs(parts), is_cancelled=is_cancelled)


def _recurs(parts: list[Any]) -> bool:
    return any(name in part for part in parts for name in ("RRULE", "RDATE", "RECURRENCE-ID"))


def _occurrences(calendar: Any, parts: list[Any], since: datetime, until: datetime) -> list[Any]:
    """A rule that fires every few minutes is no booking."""
    import icalendar
    import recurring_ical_events

    if not all(_is_bearable(part) for part in parts):
        return []
    alone = icalendar.Calendar()
    zone = calendar.get("X-WR-TIMEZONE")
    if zone:
        alone.add("X-WR-TIMEZONE", zone)
    alone.subcomponents = [*calendar.walk("VTIMEZONE"), *parts]
    try:
        asked = recurring_ical_events.of(alone, skip_bad_series=True)
        return list(asked.between(since, until))
    except (ValueError, TypeError, AttributeError, KeyError, OverflowError):
        return []


def _is_bearable(part: Any) -> bool:
    rules = part.get("RRULE") or []
    for rule in rules if isinstance(rules, list) else [rules]:
        often = {str(value).upper() for value in rule.get("FREQ", [])}
        small = [rule.get(name, []) for name in ("BYSECOND", "BYMINUTE", "BYHOUR")]
        if often & TOO_OFTEN or any(len(values) > 4 for values in small):
            return False
    return True


def _event(uid: str, part: Any, *, recurs: bool, is_cancelled: bool) -> Event:
    summary, words = str(part.get("SUMMARY", "")), _words(part)
    guests = _guests(part)
    emails = [email for email, _ in guests] + EMAIL.findall(words)
    names = [name for _, name in guests] + [summary, *PARTS.split(summary)]
    table = TABLE.search(words)
    off = is_cancelled or str(part.get("STATUS", "")).upper() == "CANCELLED"
    return Event(
        key=_key(uid, part, recurs=recurs),
        starts=part["DTSTART"].dt,
        summary=summary[:200],
        is_cancelled=off,
        emails=_once(email.lower() for email in emails),
        phones=_once(PHONE.findall(words)),
        names=_once(" ".join(name.split()) for name in names if name),
        table=table[1] if table else "",
    )


def _key(uid: str, part: Any, *, recurs: bool) -> str:
    """The same for a single event wherever it moves to, and for each of a series."""
    if not recurs or "RECURRENCE-ID" not in part:
        return uid
    first = part["RECURRENCE-ID"].dt
    if isinstance(first, datetime) and first.tzinfo:
        first = first.astimezone(UTC)
    return f"{uid} {first.isoformat()}"


def _words(part: Any) -> str:
    told = (str(part.get(name, "")) for name in ("SUMMARY", "DESCRIPTION", "LOCATION", "CONTACT"))
    return "\n".join(told)[:LONGEST]


def _guests(part: Any) -> list[tuple[str, str]]:
    """Those who are invited; never who invites, for that is us."""
    told = part.get("ATTENDEE") or []
    found = []
    for guest in told if isinstance(told, list) else [told]:
        address = str(guest)
        email = address.partition(":")[2] if address.lower().startswith("mailto:") else address
        name = str(getattr(guest, "params", {}).get("CN", ""))
        found.append((email if EMAIL.fullmatch(email) else "", name))
    return [(email, name) for email, name in found[:100]]


def _once(found: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.strip() for one in found if one.strip()))[:50]


def moment(starts: datetime | date, *, zone: tzinfo) -> datetime | None:
    """In UTC; a moment of no zone is the place's own. None for a whole day."""
    if not isinstance(starts, datetime):
        return None
    return (starts if starts.tzinfo else starts.replace(tzinfo=zone)).astimezone(UTC)
