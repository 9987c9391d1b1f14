"""Alarms: what is wrong is told once by a road other than e-mail, stands on every page of whoever can
act, and is told again when it is over.

The worker and the mail part both look, so that each is watched by the other; the pages watch both.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import structlog
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from amends.config import checking, heartbeat
from amends.kit.clock import now
from amends.mailroom.alarm import Alarm

if TYPE_CHECKING:
    from django.http import HttpRequest

log = structlog.get_logger(__name__)
STANDING = "standing-troubles"
PARTS = {
    "letters": "Letters do not leave, promises are not watched",
    "clock": "Letters do not leave, promises are not watched",
    "post": "Letters do not leave, promises are not watched",
    "mail": "Mail does not come in",
    "smtp": "Mail does not come in by SMTP",
    "lmtp": "Mail does not come in by LMTP",
}
AT_MACHINE = "Somebody must look at the machine: amends check says more."


class Banner(NamedTuple):
    """What stands on every page of the desk; `where` is the page on which something can be done."""

    words: str
    where: str = ""


def look() -> None:
    """What is wrong now, for the pages and for whoever is to be woken."""
    at = now()
    found = {trouble.about: trouble.words for trouble in checking.alarming()}
    Alarm.note(found, at=at)
    cache.set(STANDING, json.dumps(found), timeout=None)
    if settings.AMENDS_ALARM_URLS:
        _tell(at)


def ring() -> list[tuple[str, bool]]:
    """Every address once, to see whether somebody hears it."""
    words = "This is a test: nothing is wrong."
    urls = settings.AMENDS_ALARM_URLS
    return [(_kind(url), _ring(url, "Amends tries its alarm", words)) for url in urls]


def _tell(at: datetime) -> None:
    for alarm in Alarm.objects.to_tell(at):
        if alarm.claim_telling(at=at) and not _say("Amends needs a look", alarm.words):
            alarm.not_told(at=at, told_at=None)
    for alarm in Alarm.objects.to_clear(at):
        told_at = alarm.told_at
        if alarm.claim_clearing(at=at) and not _say("It is over", f"It is over: {alarm.words}"):
            alarm.not_told(at=at, told_at=told_at)


def _say(title: str, words: str) -> bool:
    """By every road that is set up; one that was open is enough."""
    said = [_ring(url, title, words) for url in settings.AMENDS_ALARM_URLS]
    if not all(said):
        log.error("an alarm could not be told", roads=[_kind(url) for url in _closed(said)])
    return any(said)


def _ring(url: str, title: str, words: str) -> bool:
    from apprise import Apprise  # large, and hardly ever needed

    road = Apprise()
    understood = road.add(url)
    return understood and bool(road.notify(body=f"{words}\n{settings.AMENDS_URL}", title=title))


def _closed(said: list[bool]) -> list[str]:
    told = zip(settings.AMENDS_ALARM_URLS, said, strict=True)
    return [url for url, was_open in told if not was_open]


def _kind(url: str) -> str:
    """The address itself may hold a secret."""
    return f"{url.partition('://')[0]}://…"


def banners(request: HttpRequest) -> dict[str, Callable[[], list[Banner]]]:
    """A context processor: asked only by pages that show it."""
    return {"standing_troubles": lambda: _banners_for(request)}


def _banners_for(request: HttpRequest) -> list[Banner]:
    """One question to the database, and only for people who can act."""
    person: Any = getattr(request, "user", None)
    if person is None or not person.is_authenticated or not person.is_manager:
        return []
    kept = cache.get_many([STANDING, *(f"heartbeat:{name}" for name in PARTS)])
    silent = _silent_parts(kept)
    found: dict[str, str] = json.loads(kept.get(STANDING) or "{}")
    others = {about: words for about, words in found.items() if about not in checking.PARTS}
    return silent + [
        Banner(words, _where(about, is_owner=person.is_owner)) for about, words in others.items()
    ]


def _where(about: str, *, is_owner: bool) -> str:
    if about.startswith("way out"):
        return "desk:outbox"
    return "desk:mailboxes" if about.startswith("mailbox") and is_owner else ""


def _silent_parts(kept: dict[str, Any]) -> list[Banner]:
    """A part that was never heard of has only just been installed."""
    at = now()
    silent: dict[str, datetime] = {}
    for name, words in PARTS.items():
        said = kept.get(f"heartbeat:{name}")
        moment = datetime.fromisoformat(said) if said else at
        if at - moment > heartbeat.QUIET and _is_expected(name):
            silent[words] = max(moment, silent.get(words, moment))
    return [
        Banner(f"{words} since {timezone.localtime(moment):%H:%M on %-d %B}. {AT_MACHINE}")
        for words, moment in silent.items()
    ]


def _is_expected(name: str) -> bool:
    return name not in ("smtp", "lmtp") or name in checking.listeners()
