"""Questions that several forms of the desk ask: a time zone, a currency, the hours of a week."""

import re
from contextlib import contextmanager
from datetime import time
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from moneyed import list_all_currencies

from amends.kit.errors import Impossible
from amends.people.place import WEEKDAYS
from amends.people.rights import NotYours

STRETCH = re.compile(r"(?P<start>[^-–—]+)[-–—](?P<end>[^-–—]+)")
CLOCK = re.compile(r"(?P<hour>\d{1,2})(?:[.:](?P<minute>\d{2}))?\s*(?P<half>am|pm)?", re.IGNORECASE)


class ZoneField(forms.ChoiceField):
    def __init__(self, **kwargs):
        zones = sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC")
        zones = [zone for zone in zones if not zone.startswith(("Etc/", "posix", "right/"))]
        super().__init__(choices=[(zone, zone.replace("_", " ")) for zone in zones], **kwargs)


class CurrencyField(forms.ChoiceField):
    def __init__(self, **kwargs):
        found = [(str(money), f"{money} {money.name}") for money in list_all_currencies()]
        super().__init__(choices=found, **kwargs)


class StretchesField(forms.CharField):
    """The hours of one day as people write them: 8:00–11:00, 15:00–17:30. Empty is closed."""

    def __init__(self, **kwargs):
        super().__init__(max_length=200, **kwargs)

    def prepare_value(self, value):
        return value if isinstance(value, str) else written(value or [])

    def to_python(self, value):
        return read(super().to_python(value) or "")

    def validate(self, value):
        """Nothing is a good answer."""

    def run_validators(self, value):
        """The length was looked at as it was read."""


class WeekForm(forms.Form):
    """Seven days with their hours, for a place or for a person's shifts."""

    use_required_attribute = False

    def __init__(self, given=None, *, week=()):
        days: dict[str, list[tuple[time, time]]] = {}
        for weekday, starts, ends in week:
            days.setdefault(f"day_{weekday}", []).append((starts, ends))
        super().__init__(given, initial=days)
        for weekday, name in enumerate(WEEKDAYS):
            self.fields[f"day_{weekday}"] = StretchesField(label=name)

    @property
    def week(self):
        return [
            (weekday, *stretch)
            for weekday in range(7)
            for stretch in self.cleaned_data[f"day_{weekday}"]
        ]


@contextmanager
def words_kept(form):
    """What a rule says against the words goes on the form; whoever may not at all gets a page."""
    try:
        yield
    except NotYours:
        raise
    except Impossible as no:
        form.add_error(None, no.message)


def posted(request):
    """What a form is bound to: nothing while it is only looked at."""
    return request.POST if request.method == "POST" else None


def read(words: str) -> list[tuple[time, time]]:
    """The stretches of a day, or a word about what could not be read."""
    return [_stretch(part) for part in re.split(r"[,;\n]| and ", words) if part.strip()]


def written(stretches: list[tuple[time, time]]) -> str:
    return ", ".join(f"{starts:%H:%M}–{ends:%H:%M}" for starts, ends in stretches)


def _stretch(part: str) -> tuple[time, time]:
    found = STRETCH.fullmatch(part.strip())
    if not found:
        raise ValidationError(f"Please write hours like 8:00–11:00, not “{part.strip()}”.")
    return _clock(found["start"]), _clock(found["end"])


def _clock(words: str) -> time:
    found = CLOCK.fullmatch(words.strip())
    hour, minute = (int(found["hour"]), int(found["minute"] or 0)) if found else (99, 0)
    if found and found["half"] and 1 <= hour <= 12:
        hour = hour % 12 + (12 if found["half"].lower() == "pm" else 0)
    if (hour, minute) == (24, 0):
        return time(0)
    if hour > 23 or minute > 59:
        raise ValidationError(f"“{words.strip()}” is not a time of day.")
    return time(hour, minute)
