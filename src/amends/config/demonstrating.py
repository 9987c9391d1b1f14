"""`amends demo`: the sample business, and at wish a larger one of real orders and complaints."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import transaction

from amends import demo
from amends.demo import real
from amends.people.person import Person


class NotEmpty(Exception):
    """Somebody works here already; a sample is never mixed with real people."""


def fill(folder: Path | None) -> Iterator[str]:
    """Lines to print. A second call leaves the sample as it is lived by now."""
    if not _is_ours():
        if Person.objects.exists():
            raise NotEmpty("This installation is in use. The sample needs an empty data folder.")
        with transaction.atomic():
            town = demo.settle()
            demo.tell(town)
            demo.buy(town)
            demo.watch(town)
    if folder is not None:
        yield from real.load(folder)
    yield from _welcome()


def _is_ours() -> bool:
    return bool(Person.objects.filter(email=demo.address_of("Olive Grant")))


def _welcome() -> Iterator[str]:
    url = settings.AMENDS_URL.rstrip("/")
    yield ""
    yield "A breakfast room and a gift shop to try, with a story in every part of the journey."
    yield ""
    for name, what in demo.SIGN_INS:
        yield f"  {demo.address_of(name):<24} {what}"
    yield f"  password for each: {demo.PASSWORD}"
    yield ""
    yield f"  letters that went out, and their links: {url}/demo/post/"
    yield f"  the form for customers: {url}/tell/"
    if settings.ENVIRONMENT.smtp_listen:
        server = "{}:{}".format(*settings.ENVIRONMENT.smtp_listen)
        yield f"  complaints by e-mail: the server {server}, the address desk@{settings.AMENDS_MAIL_DOMAIN}"
    yield ""
