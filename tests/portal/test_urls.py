"""Every address behind a customer's link, walked with links that are no good."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from amends.kit.clock import now
from amends.portal import urls
from amends.recovery import journey
from amends.recovery.link import LASTS, Link
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SECRETS = ("Robert", "Finch", "bacon", "The Larder", "Ana")


def addresses(recovery, token):
    """All that the link leads to, with the references that are really there."""
    known = {
        "understood": recovery.restatements.get().ref,
        "offer": recovery.offers.get().ref,
        "extra": recovery.offers.get().lines.last().ref,
        "files": "abcdefghjk",
    }
    for pattern in urls.theirs:
        ref = known.get(str(pattern.pattern).split("/")[0])
        words = {"token": token} | ({"ref": ref} if "<str:ref>" in str(pattern.pattern) else {})
        yield reverse(f"portal:{pattern.name}", kwargs=words)


def forged(link, clock):
    last = link.token[-1]
    return link.token[:-1] + ("0" if last != "0" else "1")


def for_another_purpose(link, clock):
    return f"{link.ref}.{'0' * 16}"


def expired(link, clock):
    clock.shift(LASTS + timedelta(seconds=1))
    return link.token


def revoked(link, clock):
    journey.revoke_link(link.recovery, by=cast.ana())
    return link.token


@pytest.mark.parametrize("spoil", [forged, for_another_purpose, expired, revoked])
def test_a_link_that_is_no_good_opens_nothing_and_does_nothing(client, clock, spoil):
    recovery = cast.offered().recovery
    token = spoil(Link.to(recovery, at=now()), clock)
    before = cast.fresh(recovery).entries
    for address in addresses(recovery, token):
        for answer in (client.get(address), client.post(address, {"words": "x", "trust": "yes"})):
            assert answer.status_code in (404, 405, 410, 429), address
            told = re.sub(r"<[^>]+>", " ", answer.content.decode())
            assert [secret for secret in SECRETS if secret in told] == [], address
    assert cast.fresh(recovery).entries == before


def test_the_demos_post_office_is_closed_everywhere_else(client, settings):
    settings.AMENDS_DEMO = False
    cast.understood()
    for pattern in urls.demo:
        words = {"ref": "abc"} if "<str:ref>" in str(pattern.pattern) else None
        address = reverse(f"portal:{pattern.name}", kwargs=words)
        assert {client.get(address).status_code, client.post(address).status_code} <= {404, 405}


def test_the_door_to_a_link_is_the_only_one(client):
    """Nothing of a recovery stands outside its link."""
    recovery = cast.offered().recovery
    for address in ("/tell/", "/tell/larder-bath/", f"/r/{recovery.ref}/", "/r/"):
        assert "Robert" not in client.get(address, follow=True).content.decode()
