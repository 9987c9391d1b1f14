"""The coach's rules over everybody: for the owner, without names."""

import pytest
from django.urls import reverse

from amends.recovery import coaching
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PAGE = "/desk/settings/coach/"


def spoken(*people, times=4):
    for person in people:
        for _ in range(times):
            coaching.was_shown(["boilerplate", "excuse"], to=person)
            coaching.was_dismissed("boilerplate", by=person)
        coaching.was_accepted("excuse", by=person)


@pytest.mark.parametrize("who", [cast.olive, cast.audrey])
def test_a_rule_that_annoys_is_seen_and_nobody_is_named(client, who):
    spoken(cast.ana(), cast.ben(), cast.mona())
    client.force_login(who())
    page = client.get(PAGE).content.decode()
    assert page.index("Stock phrases") < page.index("Excuses")
    assert page.count("mostly set aside</span>") == 1
    for name in ("Ana Reyes", "Ben Okafor", "Mona Hart"):
        assert name not in page


def test_s4_16_the_sum_of_a_few_is_not_shown(client):
    spoken(cast.ana(), cast.ben())
    client.force_login(cast.olive())
    page = client.get(PAGE).content.decode()
    assert "until 3 people have written" in page
    assert "Excuses" not in page


@pytest.mark.parametrize("who", [cast.ana, cast.mona])
def test_it_is_for_the_owner(client, who):
    client.force_login(who())
    assert client.get(PAGE).status_code == 403
    assert PAGE not in client.get(reverse("desk:settings")).content.decode()


def test_a_rule_that_has_spoken_a_few_times_annoys_nobody_yet(client):
    spoken(cast.ana(), cast.ben(), cast.mona(), times=1)
    client.force_login(cast.olive())
    assert "mostly set aside</span>" not in client.get(PAGE).content.decode()
