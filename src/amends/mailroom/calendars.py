"""An invitation as words: what, when, where, who. The file itself stays enclosed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from amends.mailroom.charsets import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 200_000
LONGEST_NOTE = 2_000
MOST_EVENTS, MOST_GUESTS = 10, 20
FOLD = re.compile(r"\r?\n[ \t]")
LINE = re.compile(
    r"([A-Za-z0-9-]{1,60})((?:;[^:\"]{0,400}(?:\"[^\"]{0,400}\"[^:\"]{0,400})*)?):(.*)"
)
PARAMETER = re.compile(r";([A-Za-z-]{1,40})=(?:\"([^\"]*)\"|([^;:\"]*))")
ESCAPE = re.compile(r"\\([nN,;\\])")
KINDS = {"VEVENT", "VTODO", "VJOURNAL"}
TITLES = {
    "REQUEST": "Invitation",
    "CANCEL": "Cancelled",
    "REPLY": "Answer to an invitation",
    "COUNTER": "Another time proposed",
    "ADD": "Invitation",
}
ANSWERS = {
    "ACCEPTED": "accepts",
    "DECLINED": "declines",
    "TENTATIVE": "says perhaps",
    "DELEGATED": "sends somebody else",
}


@dataclass
class _Line:
    name: str
    parameters: dict[str, str]
    value: str


@dataclass
class _Event:
    lines: list[_Line] = field(default_factory=list)

    def first(self, name: str) -> _Line | None:
        return next((line for line in self.lines if line.name == name), None)

    def words(self, name: str) -> str:
        line = self.first(name)
        return " ".join(_plain(line.value).split()) if line else ""


def words_of(source: str) -> str:
    """Nothing when there is no event in it."""
    lines = list(_lines(clean(source[:LONGEST])))
    method = next((line.value.strip().upper() for line in lines if line.name == "METHOD"), "")
    told = [_told(event, method) for event in _events(lines)]
    return "\n\n".join(told[:MOST_EVENTS])


def _lines(source: str) -> Iterator[_Line]:
    for line in FOLD.sub("", source).split("\n"):
        if found := LINE.match(line):
            parameters = {
                name.upper(): quoted or bare for name, quoted, bare in PARAMETER.findall(found[2])
            }
            yield _Line(found[1].upper(), parameters, found[3].strip())


def _events(lines: list[_Line]) -> Iterator[_Event]:
    """Alarms within an event are none of ours."""
    inside: list[str] = []
    event: _Event | None = None
    for line in lines:
        kind = line.value.upper()
        if line.name == "BEGIN":
            inside.append(kind)
            event = _Event() if kind in KINDS else event
        elif line.name == "END" and inside:
            inside.pop()
            if kind in KINDS and event is not None:
                yield event
                event = None
        elif event is not None and inside[-1:] and inside[-1] in KINDS:
            event.lines.append(line)
    if event is not None and event.lines:
        yield event


def _told(event: _Event, method: str) -> str:
    told = {
        TITLES.get(method, "Appointment"): event.words("SUMMARY") or "(no title)",
        "When": _when(event),
        "Repeats": event.words("RRULE").replace(";", "; "),
        "Where": event.words("LOCATION"),
        "From": _people(event, "ORGANIZER"),
        "Who": _people(event, "ATTENDEE"),
        "Note": _note(event),
    }
    return "\n".join(f"{label}: {words}" for label, words in told.items() if words)


def _note(event: _Event) -> str:
    line = event.first("DESCRIPTION")
    return _plain(line.value).strip()[:LONGEST_NOTE] if line else ""


def _when(event: _Event) -> str:
    begins, ends = event.first("DTSTART"), event.first("DTEND") or event.first("DUE")
    if begins is None:
        return f"until {_moment(ends)}" if ends else ""
    return f"{_moment(begins)} – {_moment(ends)}" if ends else _moment(begins)


def _moment(line: _Line) -> str:
    """As it was written, with the zone it names: nobody's clock is guessed."""
    written = line.value.strip()
    zone = "UTC" if written.endswith("Z") else line.parameters.get("TZID", "")
    for shape, shown in (("%Y%m%dT%H%M%S", "%H:%M"), ("%Y%m%dT%H%M", "%H:%M"), ("%Y%m%d", "")):
        try:
            at = datetime.strptime(written.rstrip("Z"), shape)  # noqa: DTZ007 - the zone is named
        except ValueError:
            continue
        day = f"{at:%A} {at.day} {at:%B} {at.year}"
        hour = f", {at.strftime(shown)}{f' ({zone})' if zone else ''}" if shown else ""
        return day + hour
    return " ".join(_plain(written).split())[:100]


def _people(event: _Event, name: str) -> str:
    lines = [line for line in event.lines if line.name == name]
    people = [_person(line) for line in lines[:MOST_GUESTS]]
    more = f" and {len(lines) - MOST_GUESTS} more" if len(lines) > MOST_GUESTS else ""
    return ", ".join(person for person in people if person) + more


def _person(line: _Line) -> str:
    address = re.sub(r"(?i)^mailto:", "", line.value.strip())[:320]
    name = line.parameters.get("CN", "").strip()[:200]
    shown = f"{name} <{address}>" if name and name != address else address
    answer = ANSWERS.get(line.parameters.get("PARTSTAT", "").upper())
    return f"{shown} {answer}" if answer and shown else shown


def _plain(value: str) -> str:
    return ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)
