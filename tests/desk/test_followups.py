from datetime import timedelta

import pytest

from amends.recovery import journey
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
FOLLOWUPS = "/desk/followups/"


def listed(client, **chosen):
    return " ".join(client.get(FOLLOWUPS, chosen).content.decode().split())


def test_s2_19_a_few_days_after_the_fix_the_question_comes_up(client, clock):
    recovery = cast.put_right()
    client.force_login(cast.ana())
    assert "Nobody to ask today" in listed(client)
    assert "Robert Finch" in listed(client, show="planned")
    clock.shift(timedelta(days=3))
    page = listed(client)
    assert "Is it really fixed?" in page
    assert f"/desk/recoveries/{recovery.ref}/#followup-" in page
    planned = recovery.followups.get()
    journey.follow_up(planned, words="Is the juice back to your taste?", by=cast.ana())
    assert "Is the juice back" in listed(client, show="done")
    assert "How are things?" in listed(client, show="planned")


def test_mine_are_those_of_my_recoveries(client, clock):
    cast.put_right()
    clock.shift(timedelta(days=4))
    client.force_login(cast.ben())
    assert "Robert Finch" not in listed(client, **{"for": "me"})
    assert "Robert Finch" in listed(client, **{"for": "place"})


def test_a_stranger_sees_none(client, clock):
    cast.put_right()
    clock.shift(timedelta(days=4))
    client.force_login(cast.person("Sam Poole", at=cast.place("larder-york")))
    assert "Robert Finch" not in listed(client, **{"for": "all"})


def test_the_page_asks_little_however_many(client, clock, django_assert_max_num_queries):
    for number in range(5):
        cast.put_right(customer=cast.finch(name=f"G {number}", email=f"g{number}@finch.example"))
    clock.shift(timedelta(days=4))
    client.force_login(cast.ana())
    with django_assert_max_num_queries(6):
        client.get(FOLLOWUPS)
