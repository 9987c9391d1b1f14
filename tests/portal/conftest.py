"""A customer in the tests: holds a link, presses buttons, has no account."""

import pytest
from django.test import Client

from amends.kit.clock import now
from amends.recovery.link import Link
from tests import cast

HTMX = {"HX-Request": "true"}


class Holder:
    """Whoever holds the link to a recovery."""

    def __init__(self, recovery, *, shown=False):
        link = Link.to(recovery, at=now())
        self.recovery, self.client = recovery, Client()
        self.token = link.shown_token if shown else link.token
        self.address = f"/r/{self.token}/"

    def see(self, path="", **more):
        return self.client.get(self.address + path, **more)

    def reads(self, path=""):
        return self.see(path).content.decode()

    def press(self, path, **given):
        return self.client.post(self.address + path, given)

    def press_by_htmx(self, path, **given):
        return self.client.post(self.address + path, given, headers=HTMX)

    @property
    def fresh(self):
        return cast.fresh(self.recovery)


@pytest.fixture
def holder(db):
    return Holder
