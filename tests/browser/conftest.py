"""Browsers of people who work here, and the look of a page as axe sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client

from tests.journeys.conftest import post_office

if TYPE_CHECKING:
    from collections.abc import Callable

    from amends.people.person import Person

__all__ = ["post_office"]

PHONE = {"width": 390, "height": 844}
TOUCH = {**PHONE, "has_touch": True, "is_mobile": True}
# Without preload axe fetches no style sheets of its own, which the strict policy would refuse.
WHOLE = {"preload": False, "resultTypes": ["violations"]}


@pytest.fixture
def desk(open_page: Callable[..., Any], live: Any) -> Callable[..., Any]:
    """`desk(cast.ana())`: a browser in which Ana is signed in already."""

    def opened(person: Person, **more: Any) -> Any:
        page, client = open_page(**more), Client()
        client.force_login(person)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live.url}
        page.context.add_cookies([cookie])
        return page

    return opened


def troubles(page: Any) -> list[tuple[str, str]]:
    """What axe finds wrong: the rule, and where. A page needs to be given axe only once."""
    axe = Axe("0") if page.evaluate("'axe' in window") else Axe()
    return [
        (found["id"], node["html"])
        for found in axe.run(page, options=WHOLE).response["violations"]
        for node in found["nodes"]
    ]


def fits(page: Any) -> bool:
    """Nothing has to be pushed sideways to be read."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
