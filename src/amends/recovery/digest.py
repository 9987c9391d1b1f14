"""What somebody has not seen on the desk is sent after them: one letter with all of it, when they
like it. What cannot wait goes at once, and never before a customer's letter."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import transaction

from amends.kit.claims import take_turns
from amends.kit.clock import now
from amends.people.person import ByMail, Person
from amends.recovery import letters
from amends.recovery.notice import About, Notice

if TYPE_CHECKING:
    from collections.abc import Sequence

URGENT = frozenset({About.CLOCK, About.BROKEN})
AN_HOUR = timedelta(hours=1)
MORNING = 7  # o'clock, where they work
TOO_OLD = timedelta(days=2)  # what nobody was told of by then is on the desk


def send_digests() -> int:
    """How many letters were written."""
    at = now()
    told = Notice.objects.unmailed().filter(at__gt=at - TOO_OLD, person__is_active=True)
    people = Person.objects.filter(pk__in=told.values("person"))
    return sum(_send_to(person, at=at) for person in people)


@transaction.atomic
def _send_to(person: Person, *, at: datetime) -> bool:
    take_turns(f"digest {person.pk}")
    mine = Notice.objects.unmailed().filter(person=person, at__gt=at - TOO_OLD)
    notices = list(mine.select_related("recovery__place__business").order_by("at", "pk"))
    if not notices or not is_due(notices, how=person.notices_by_mail, at=at, zone=_zone(person)):
        return False
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=at)
    letters.digest(person, notices)
    return True


def is_due(notices: Sequence[Notice], *, how: str, at: datetime, zone: ZoneInfo) -> bool:
    """Pure: the oldest has waited as long as its reader likes, or one of them cannot wait."""
    if how == ByMail.AT_ONCE or any(notice.about in URGENT for notice in notices):
        return True
    oldest = min(notice.at for notice in notices)
    if how == ByMail.HOURLY:
        return at - oldest >= AN_HOUR
    here = at.astimezone(zone)
    morning = here.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    last = morning if here >= morning else morning - timedelta(days=1)
    return oldest < last


def _zone(person: Person) -> ZoneInfo:
    name = person.places_seen().values_list("timezone", flat=True).first()
    return ZoneInfo(name or "UTC")
