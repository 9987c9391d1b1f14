"""The mail intake: listens where the environment says, reads the mailboxes of the settings, and passes
each message to the recovery."""

import ipaddress
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.db import close_old_connections, connections

from amends.config import alarming, heartbeat
from amends.config.environment import Address
from amends.kit.allocating import give_back_what_is_large
from amends.mailroom import heard, smtp, tending
from amends.mailroom.addresses import is_ours
from amends.mailroom.mailbox import Mailbox
from amends.people.business import Business
from amends.people.place import Place
from amends.recovery.intake import take_in

log = structlog.get_logger(__name__)
LOOK = 15.0  # seconds between two looks for troubles
ALWAYS_THERE = ("postmaster", "abuse")  # whoever runs a mail server must hear these


class Deaf(Exception):
    """A listener ended by itself."""


@dataclass
class Certificate:
    """With which STARTTLS is offered. A renewed file is taken up without a new start."""

    context: ssl.SSLContext
    files: tuple[str, str]
    changed: tuple[float, ...] = field(default=())

    @classmethod
    def of_the_settings(cls) -> "Certificate | None":
        surroundings = settings.ENVIRONMENT
        if surroundings.smtp_certificate is None:
            return None
        files = (str(surroundings.smtp_certificate), str(surroundings.smtp_key))
        made = cls(ssl.create_default_context(ssl.Purpose.CLIENT_AUTH), files)
        made.look()
        return made

    def look(self) -> None:
        changed = tuple(Path(file).stat().st_mtime for file in self.files)
        if changed != self.changed:
            self.context.load_cert_chain(*self.files)
            self.changed = changed


def run(stop: threading.Event) -> None:
    """Until `stop` is set, or until a listener ends: then the whole part is started again."""
    give_back_what_is_large()
    surroundings = settings.ENVIRONMENT
    certificate = Certificate.of_the_settings()
    parts = [
        threading.Thread(target=_listen, args=(address, stop, certificate), kwargs={"way": way})
        for address, way in ((surroundings.smtp_listen, "smtp"), (surroundings.lmtp_listen, "lmtp"))
        if address is not None
    ]
    parts.append(threading.Thread(target=_tend, args=(stop,), name="mailboxes"))
    parts.append(threading.Thread(target=_watch, args=(stop,), name="alarms"))
    for part in parts:
        part.start()
    pulse = heartbeat.Pulse("mail")
    while not stop.wait(1.0):
        if not all(part.is_alive() for part in parts):
            stop.set()
            raise Deaf("a mail listener ended")
        if certificate is not None:
            _renew(certificate)
        pulse.note()
    for part in parts:
        part.join()
    connections.close_all()


def _watch(stop: threading.Event) -> None:
    """The worker looks too: of the two each watches the other."""
    while not stop.wait(LOOK):
        try:
            alarming.look()
        except Exception:
            log.exception("no look for troubles could be taken")
        finally:
            close_old_connections()
    connections.close_all()


def _renew(certificate: Certificate) -> None:
    try:
        certificate.look()
    except (OSError, ssl.SSLError) as trouble:  # half written, perhaps: the old one is good still
        log.warning("the certificate could not be read again", trouble=str(trouble))


def _listen(
    address: Address, stop: threading.Event, certificate: Certificate | None, *, way: str
) -> None:
    try:
        smtp.serve(
            _take_in,
            accepts=accepts_at(address),
            host=address.host,
            port=address.port,
            stop=stop,
            lmtp=way == "lmtp",
            size_limit=settings.AMENDS_SMTP_SIZE,
            hostname=settings.AMENDS_MAIL_DOMAIN,
            tls=certificate.context if certificate else None,
            alive=heartbeat.Pulse(way).note,
        )
    except Exception:
        log.exception("a mail listener ended", address=str(address))


def _take_in(raw: bytes, *, way: str, **envelope: Any) -> None:
    take_in(raw, way=way, **envelope)
    heard.note(way)


def _tend(stop: threading.Event) -> None:
    try:
        tending.tend(take_in, stop=stop, alive=heartbeat.Pulse("mailboxes").note)
    except Exception:
        log.exception("the mailboxes are read no longer")


def accepts_at(listen: Address) -> Callable[[str], bool]:
    """From this machine alone everything is taken: the mail server here has decided already."""
    return _anything if _is_loopback(listen.host) else _for_us


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _anything(address: str) -> bool:
    return True


def _for_us(address: str) -> bool:
    """Our own address with a token that we signed or none, and the addresses that a business, a
    place or a mailbox goes by. Nobody else: their sender hears at once that nobody is there."""
    meant = address.strip().lower()
    local, _, domain = meant.rpartition("@")
    if is_ours(meant) or (domain == settings.AMENDS_MAIL_DOMAIN and local in ALWAYS_THERE):
        return True
    spoken = {meant, f"{local.partition('+')[0]}@{domain}"}
    known = (
        Business.objects.filter(mail_address__iexact=each).exists()
        or Place.objects.filter(mail_address__iexact=each).exists()
        or Mailbox.objects.filter(address__iexact=each).exists()
        for each in spoken
    )
    return any(known)
