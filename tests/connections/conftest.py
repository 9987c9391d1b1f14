"""A site on this machine, and phones that said yes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from amends.connections.phones.phone import Phone
from tests.connections.serving import Browser, Site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from amends.people.person import Person


@pytest.fixture
def site(settings: Any) -> Iterator[Site]:
    settings.AMENDS_PRIVATE_ADDRESSES = True
    opened = Site()
    yield opened
    opened.close()


@pytest.fixture
def phone(site: Site, db: None) -> Callable[[Person], tuple[Phone, Browser]]:
    """`phone(ana)`: Ana said yes on a phone; and the browser on it."""

    def said_yes(person: Person) -> tuple[Phone, Browser]:
        browser, client = Browser(site, person.first_name), Client()
        client.force_login(person)
        session = client.session.session_key
        kept = Phone.keep(
            browser.subscription, person=person, session=session, browser="Chrome Android"
        )
        return kept, browser

    return said_yes
