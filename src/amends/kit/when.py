"""Moments in words: by 14:30 today, five minutes ago, yesterday at 9:00. The time is given."""

from datetime import date, datetime, timedelta

MINUTE, HOUR, DAY = 60, 3600, 86400


def day(on: date, *, today: date) -> str:
    """today, tomorrow, yesterday, Tuesday, 3 May, 3 May 2024."""
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    apart = (on - today).days
    if apart in near:
        return near[apart]
    if 1 < apart < 7:
        return f"{on:%A}"
    if -7 < apart < -1:
        return f"last {on:%A}"
    return f"{on.day} {on:%B}" if on.year == today.year else f"{on.day} {on:%B %Y}"


def clock(at: datetime) -> str:
    return f"{at.hour}:{at.minute:02}"


def moment(at: datetime, *, now: datetime) -> str:
    """14:30 today, 9:00 on 3 May."""
    words = day(at.date(), today=now.date())
    return f"{clock(at)} on {words}" if words[0].isdigit() else f"{clock(at)} {words}"


def due(at: datetime, *, now: datetime) -> str:
    """by 14:30 today while there is time; was due 14:30 yesterday when there is none."""
    return f"by {moment(at, now=now)}" if at > now else f"was due {moment(at, now=now)}"


def ago(at: datetime, *, now: datetime) -> str:
    """just now, 5 minutes ago, 3 hours ago, yesterday, 3 May; and the same ahead."""
    seconds = int((now - at).total_seconds())
    if abs(seconds) < MINUTE:
        return "just now" if seconds >= 0 else "in a moment"
    if abs(seconds) >= 12 * HOUR:
        return day(at.date(), today=now.date())
    words = length(timedelta(seconds=abs(seconds)))
    return f"{words} ago" if seconds > 0 else f"in {words}"


def length(span: timedelta) -> str:
    """4 minutes, 1 hour, 3 days: the largest whole unit."""
    seconds = max(int(span.total_seconds()), 0)
    for unit, size in (("day", DAY), ("hour", HOUR)):
        if seconds >= size:
            return _many(seconds // size, unit)
    return _many(seconds // MINUTE, "minute")


def _many(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
