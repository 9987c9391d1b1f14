"""Calendars as booking books write them."""

from textwrap import dedent


def event(uid="a", starts="20260605T110000Z", **told):
    """`told` are its lines: summary="Robert Finch", dtstart__tzid="…"."""
    lines = {"uid": uid, "dtstart": starts, **told}
    said = [
        f"{name.upper().replace('__', ';').replace('_', '-')}:{value}"
        for name, value in lines.items()
    ]
    return "\n".join(["BEGIN:VEVENT", *said, "END:VEVENT"])


def calendar(*events, **told):
    said = "\n".join(f"{name.upper().replace('_', '-')}:{value}" for name, value in told.items())
    text = dedent(f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Bookings//EN\n{said}\n")
    text = text.rstrip() + "\n" + "\n".join(events) + "\nEND:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()
