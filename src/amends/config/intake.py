"""The mail intake: listens where the environment says, and passes each message to the recovery."""

import ipaddress
import threading
from collections.abc import Callable

import structlog
from django.conf import settings
from django.db import connections

from amends.config import heartbeat
from amends.config.environment import Address
from amends.mailroom import smtp
from amends.mailroom.addresses import is_ours
from amends.people.business import Business
from amends.people.place import Place
from amends.recovery.intake import take_in

log = structlog.get_logger(__name__)


class Deaf(Exception):
    """A listener ended by itself."""


def run(stop: threading.Event) -> None:
    """Until `stop` is set, or until a listener ends: then the whole part is started again."""
    surroundings = settings.ENVIRONMENT
    listeners = [
        threading.Thread(target=_listen, args=(address,), kwargs={"lmtp": lmtp, "stop": stop})
        for address, lmtp in ((surroundings.smtp_listen, False), (surroundings.lmtp_listen, True))
        if address is not None
    ]
    for listener in listeners:
        listener.start()
    beaten = heartbeat.NEVER
    while not stop.wait(1.0):
        if not all(listener.is_alive() for listener in listeners):
            stop.set()
            raise Deaf("a mail listener ended")
        beaten = heartbeat.beat_now_and_then("mail", beaten=beaten)
    for listener in listeners:
        listener.join()
    connections.close_all()


def _listen(address: Address, *, lmtp: bool, stop: threading.Event) -> None:
    try:
        smtp.serve(
            take_in,
            accepts=accepts_at(address),
            host=address.host,
            port=address.port,
            stop=stop,
            lmtp=lmtp,
            size_limit=settings.AMENDS_SMTP_SIZE,
            hostname=settings.AMENDS_MAIL_DOMAIN,
        )
    except Exception:
        log.exception("a mail listener ended", address=str(address))


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
    """Our own domain, and the addresses that a business or a place goes by."""
    meant = address.strip().lower()
    if is_ours(meant) or meant.rpartition("@")[2] == settings.AMENDS_MAIL_DOMAIN:
        return True
    named = (model.objects.filter(mail_address__iexact=meant) for model in (Business, Place))
    return any(found.exists() for found in named)
