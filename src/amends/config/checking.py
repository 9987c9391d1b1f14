"""What is wrong with this installation, in plain words: for `amends check` and for /readyz."""

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from amends.config import heartbeat
from amends.config.schedule import TABLE
from amends.kit.clock import now
from amends.mailroom import heard, oauth
from amends.mailroom.letter import Letter, State
from amends.mailroom.mailbox import AT_LAST, Mailbox
from amends.mailroom.post import Post
from amends.mailroom.road import Road
from amends.mailroom.set_up import GOOD, look_at_sending
from amends.people.person import Person
from amends.people.place import Place

LEAST_ROOM = 500 * 1024 * 1024
NOT_SEEN, A_WEEK = timedelta(minutes=5), timedelta(days=7)
WORKER = [row.name for row in TABLE if row.every < heartbeat.QUIET.total_seconds()]
PARTS = {*WORKER, "mail", "smtp", "lmtp", "mailboxes"}


@dataclass(frozen=True)
class Trouble:
    """One thing that is not in order; `stops` when Amends cannot do its work because of it."""

    about: str
    words: str
    stops: bool = False


def troubles() -> list[Trouble]:
    found = [*_folder(), *_database()]
    if not any(trouble.stops for trouble in found):
        found += [trouble for look in LOOKS for trouble in look()]
    return found


def not_ready() -> list[Trouble]:
    """What keeps the whole from working now: the database, the worker, the mail intake."""
    found = list(_database())
    return found or [trouble for trouble in (*_signs_of_life(), *_letters()) if trouble.stops]


def _folder() -> Iterator[Trouble]:
    if not os.access(settings.DATA, os.W_OK):
        yield Trouble("folder", f"The data folder {settings.DATA} cannot be written.", stops=True)
        return
    if shutil.disk_usage(settings.DATA).free < LEAST_ROOM:
        yield Trouble("folder", "Less than 500 MB are left on the disk of the data folder.")
    key = settings.DATA / "secret_key"
    if key.exists() and stat.S_IMODE(key.stat().st_mode) & 0o077:
        yield Trouble("folder", f"Others can read the secret key: chmod 600 {key}")


def _database() -> Iterator[Trouble]:
    try:
        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as trouble:
        yield Trouble("database", f"The database does not answer: {trouble}", stops=True)
        return
    if behind:
        words = "The database is not set up for this version: run amends prepare."
        yield Trouble("database", words, stops=True)


def _address() -> Iterator[Trouble]:
    loopback = any(
        name in settings.AMENDS_URL for name in ("//localhost", "//127.0.0.1", "//[::1]")
    )
    if not loopback and not settings.AMENDS_URL.startswith("https://"):
        words = (
            "AMENDS_URL is plain http: passwords and customers' words cross the net unprotected."
        )
        yield Trouble("address", words)
    if settings.DEBUG:
        yield Trouble(
            "address", "AMENDS_DEBUG is on: errors show the inside of Amends to visitors."
        )


def _people() -> Iterator[Trouble]:
    if not Person.objects.active().owners().exists():
        yield Trouble("people", "There is no owner yet: open the link that amends serve prints.")
    if not Place.objects.exists():
        yield Trouble(
            "people", "There is no place yet: mail that comes in waits until there is one."
        )


def _letters() -> Iterator[Trouble]:
    if settings.AMENDS_MAIL_URL is None:
        waiting = Letter.objects.filter(state=State.QUEUED).count()
        words = f"AMENDS_MAIL_URL is not set: letters do not leave. {waiting:,} are waiting."
        yield Trouble("letters", words)
    unsure = Letter.objects.needing_a_look().count()
    if unsure:
        where = f"{settings.AMENDS_URL.rstrip('/')}/desk/letters/"
        words = f"{unsure:,} letters failed or may not have arrived: look at them at {where}"
        yield Trouble("letters", words)


def _ways_out() -> Iterator[Trouble]:
    """A wrong login is told at once, an absence when it lasts."""
    at = now()
    for road in Road.objects.all():
        if road.is_worth_saying(at):
            how = "does not let us in" if road.is_locked_out else "is away, and letters wait"
            yield Trouble(f"way out {road.name}", f"The {road.name} way out {how}: {road.trouble}")


def looked_up() -> list[Trouble]:
    """What others see of our domain. It asks name servers, so only when somebody wants to know."""
    ours = Person.objects.active().filter(email__iendswith=f"@{settings.AMENDS_MAIL_DOMAIN}")
    found = look_at_sending(own_people=ours.count())
    return [
        Trouble("sending domain", f"{each.about}: {each.words} {each.add}".strip())
        for each in found
        if each.state != GOOD
    ]


def _post() -> Iterator[Trouble]:
    unread = Post.objects.filter(read_at=None).exclude(trouble="").count()
    if unread:
        yield Trouble("post", f"{unread:,} mails could not be opened yet; they are tried again.")


def _signs_of_life() -> Iterator[Trouble]:
    at, expected = now(), [*WORKER, *(["mail"] if settings.AMENDS_TAKES_MAIL else []), *listeners()]
    if Mailbox.objects.on().exists():
        expected.append("mailboxes")
    signs = heartbeat.last_of(expected)
    for name in expected:
        moment = signs.get(name)
        if moment is None or at - moment > heartbeat.QUIET:
            since = f"since {moment:%d %B %H:%M} UTC" if moment else "so far"
            yield Trouble(
                name, f"No sign of life from “{name}” {since}: is it running?", stops=True
            )


def listeners() -> list[str]:
    """The ways in that listen here, by the names of their signs of life."""
    here = settings.ENVIRONMENT
    both = (("smtp", here.smtp_listen), ("lmtp", here.lmtp_listen))
    return [name for name, address in both if address is not None]


def mailboxes(*, lasting: timedelta = timedelta(0)) -> Iterator[Trouble]:
    """Mailboxes that are not read, or will not be for long."""
    at = now()
    for box in Mailbox.objects.on():
        if words := _not_read(box, at - lasting, at) or _not_for_long(box):
            yield Trouble(f"mailbox {box.ref}", words)


def _not_read(box: Mailbox, before: datetime, at: datetime) -> str:
    if not box.is_signed_in:
        waits = box.changed_at <= before
        return f"Somebody must sign in to the mailbox {box} first." if waits else ""
    if box.failing_since and box.failing_since <= before:
        since = f"{box.failing_since:%d %B %H:%M} UTC"
        return f"The mailbox {box} is not read since {since}: {box.trouble}"
    if box.seen_at and at - box.seen_at > NOT_SEEN:
        return f"Nobody reads the mailbox {box} since {box.seen_at:%d %B %H:%M} UTC."
    return ""


def _not_for_long(box: Mailbox) -> str:
    if box.warning:
        return f"The mailbox {box}: {box.warning}"
    ends = oauth.runs_out(box)
    return f"The sign-in to {box} ends on {box.refresh_until:%d %B}." if ends else ""


def _providers() -> Iterator[Trouble]:
    for name in heard.locked_out():
        words = (
            f"{name} is turned away with its mail: the password or key that it uses is not ours. "
            "Enter the address of docs/operate/mail.md there anew."
        )
        yield Trouble(f"mailbox at {name}", words)


def _certificate() -> Iterator[Trouble]:
    """The one with which mail is taken: expired, senders that insist on TLS stay away."""
    path = settings.ENVIRONMENT.smtp_certificate
    if path is None:
        return
    from cryptography.x509 import load_pem_x509_certificate

    try:
        until = load_pem_x509_certificate(path.read_bytes()).not_valid_after_utc
    except (OSError, ValueError):
        yield Trouble("certificate", "AMENDS_SMTP_CERTIFICATE cannot be read as a certificate.")
        return
    if until < now() + A_WEEK:
        yield Trouble("certificate", f"The certificate for SMTP ends on {until:%d %B %Y}.")


def _alarm_roads() -> Iterator[Trouble]:
    if not settings.AMENDS_ALARM_URLS:
        return
    from apprise import Apprise

    for url in settings.AMENDS_ALARM_URLS:
        if Apprise.instantiate(url) is None:
            kind = url.partition("://")[0]
            yield Trouble(
                "alarm addresses", f"AMENDS_ALARM_URLS: {kind}://… is not understood by Apprise."
            )


def alarming() -> list[Trouble]:
    """What somebody should be woken for, and what will soon be so."""
    found = [*_folder(), *_database()]
    if not any(trouble.stops for trouble in found):
        found += [*_signs_of_life(), *_ways_out(), *mailboxes(lasting=AT_LAST)]
        found += [*_providers(), *_certificate()]
    return found


LOOKS: tuple[Callable[[], Iterator[Trouble]], ...] = (
    _address,
    _people,
    _letters,
    _ways_out,
    _post,
    mailboxes,
    _providers,
    _certificate,
    _alarm_roads,
    _signs_of_life,
)
