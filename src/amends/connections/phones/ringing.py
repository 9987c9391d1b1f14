"""What one of us must know now, told on their phones and messengers: each notice once each way."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import structlog
from django.db import transaction
from django.db.models import Q

from amends.connections.phones.messenger import HOSTED, NTFY, Messenger, NoMessenger, look_at
from amends.connections.phones.phone import Phone
from amends.connections.phones.push import Sent, push
from amends.connections.phones.telling import KEEPS, Telling
from amends.connections.phones.wording import RINGS, Message, a_test, message
from amends.kit.claims import claim
from amends.kit.clock import now
from amends.kit.sealing import Broken
from amends.people.roster import Away
from amends.recovery.notice import Notice

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

log = structlog.get_logger(__name__)
AT_ONCE = 200
UNUSED = timedelta(days=90)
SIDE_BY_SIDE = 4  # one slow way holds up no other
PERHAPS = "Perhaps you have this already. "
UNREADABLE = "It can no longer be read: set it up again."


def ring() -> int:
    """One round of the worker: how many were told."""
    at = now()
    _hand_out(at)
    return _send(at)


def try_out(way: Phone | Messenger) -> Sent:
    """The button «Test»: one message, now, by exactly this way."""
    sent = _by(way, a_test(way.says_names), seconds=60, perhaps_told=False)()
    _note(way, sent, at=now())
    return sent


def forget_old() -> None:
    """Rows of what was told long ago say nothing to anybody, nor do phones nobody signed in to."""
    Telling.objects.filter(done_at__lt=now() - 4 * KEEPS).delete()
    Phone.objects.filter(session=None, since__lt=now() - UNUSED).delete()


def _hand_out(at: datetime) -> None:
    """Each new notice becomes a row for each way of its person; both or neither are kept."""
    for notice in Notice.objects.untold().order_by("pk")[:AT_ONCE]:
        with transaction.atomic():
            if claim(Notice.objects.untold().filter(pk=notice.pk), told_at=at):
                Telling.objects.bulk_create(_ways_of(notice, at))


def _ways_of(notice: Notice, at: datetime) -> list[Telling]:
    """None for what is no news, for what was seen, and for whoever is away."""
    if notice.about not in RINGS or notice.seen_at or at - notice.at > KEEPS:
        return []
    phones = list(Phone.objects.able(at=at).filter(person=notice.person_id))
    messengers = list(Messenger.objects.filter(person=notice.person_id, person__is_active=True))
    if not phones and not messengers:
        return []
    if Away.objects.at(at).filter(person=notice.person_id).exists():
        return []
    return [
        *(Telling(notice=notice, phone=phone, next_at=at) for phone in phones),
        *(Telling(notice=notice, messenger=way, next_at=at) for way in messengers),
    ]


def _send(at: datetime) -> int:
    due = Telling.objects.due(at=at).filter(Q(phone__isnull=False) | Q(messenger__isnull=False))
    found = due.select_related("notice__recovery__customer", "phone", "messenger")[:AT_ONCE]
    news = [one for one in found if _is_news(one, at)]
    if not news:
        return 0
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        few = (news[first : first + SIDE_BY_SIDE] for first in range(0, len(news), SIDE_BY_SIDE))
        return sum(_send_few(some, pool, at) for some in few)


def _send_few(some: list[Telling], pool: ThreadPoolExecutor, at: datetime) -> int:
    """Only what speaks to the world runs side by side; every row is written by this thread. Few at
    a time are on the way, so that few are in doubt when it dies."""
    mine = [one for one in some if one.claim(at=at)]
    waiting = [pool.submit(_told(one, at)) for one in mine]
    for one, sent in zip(mine, waiting, strict=True):
        _settle(one, sent.result(), at=now())
    return len(mine)


def _is_news(telling: Telling, at: datetime) -> bool:
    if telling.notice.seen_at is None and at < telling.until:
        return True
    telling.done(at=at, why="Seen, or over.")
    return False


def _told(telling: Telling, at: datetime) -> Callable[[], Sent]:
    words = message(telling.notice, with_names=telling.way.says_names)
    left = int((telling.until - at).total_seconds())
    return _by(telling.way, words, seconds=left, perhaps_told=telling.perhaps_told)


def _by(
    way: Phone | Messenger, words: Message, *, seconds: int, perhaps_told: bool
) -> Callable[[], Sent]:
    """A phone shows what it is told twice once, by its tag; a messenger cannot, and is told so."""
    try:
        if isinstance(way, Phone):
            subscription = way.subscription
            return lambda: push(subscription, words, seconds=seconds)
        url = way.url
    except Broken:
        return lambda: Sent(why=UNREADABLE)
    return lambda: _by_apprise(url, words, before=PERHAPS if perhaps_told else "")


def _by_apprise(url: str, words: Message, *, before: str) -> Sent:
    from apprise import Apprise, AppriseAsset  # large, and hardly ever needed

    try:
        _still_outside(url)
    except NoMessenger as no:
        return Sent(may_try_again=True, why=no.message)
    road = Apprise(asset=AppriseAsset(http_redirects=False))
    if not road.add(url):
        return Sent(why=UNREADABLE)
    for server in road:
        server.redirects = False  # whatever the address says of it
    body = "\n".join(filter(None, [before + words.body, words.address]))
    if road.notify(title=words.title, body=body):
        return Sent(is_taken=True)
    return Sent(may_try_again=True, why="It did not take our message.")


def _still_outside(url: str) -> None:
    """A name may point elsewhere today than when it was typed."""
    parts = urlsplit(url)
    if parts.scheme in HOSTED or (parts.scheme in NTFY and parts.path.strip("/")):
        look_at(parts.hostname or "", parts.port)


def _settle(telling: Telling, sent: Sent, *, at: datetime) -> None:
    if sent.is_taken or not sent.may_try_again:
        telling.done(at=at, why=sent.why)
    else:
        telling.again(at=at, why=sent.why)
    _note(telling.way, sent, at=at)


def _note(way: Phone | Messenger, sent: Sent, *, at: datetime) -> None:
    """A browser that took back its yes is forgotten, and so is everything on its way there."""
    if sent.is_taken:
        way.reached(at=at)
    elif sent.is_gone:
        way.forget()
    else:
        log.warning("somebody could not be told", by=way._meta.model_name, why=sent.why)
        way.not_reached(sent.why)
