"""Lists of recoveries, and one with everything in it, seen by those who may."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amends.people.person import Role
from amends.recovery import journey
from amends.recovery.learning import Cause
from tests import cast

pytestmark = pytest.mark.django_db
LIST_BUDGET = 4  # whose token, one more call (2), the list itself


def refs(answer):
    return [one["ref"] for one in answer.json()["results"]]


def guest(name, **more):
    return cast.heard(customer=cast.finch(name=name, email=f"{name}@finch.example"), **more)


def test_a_list_shows_what_the_desk_shows(call):
    recovery = cast.heard()
    (told,) = call(cast.ana()).get("/recoveries").json()["results"]
    assert told["ref"] == recovery.ref
    assert told["customer"] == {"ref": recovery.customer.ref, "name": "Robert Finch"}
    assert told["place"] == "larder-bath"
    assert told["owner"]["name"] == "Ana Reyes"
    assert told["part"] == "understood"
    assert told["closed_at"] is None


def test_only_the_recoveries_of_ones_places_are_seen(call):
    elsewhere = cast.place("larder-wells")
    cleo = cast.person("Cleo Dunn", at=elsewhere)
    here, there = cast.heard(), cast.heard(place=elsewhere, by=cleo)
    assert refs(call(cast.ana()).get("/recoveries")) == [here.ref]
    assert refs(call(cleo).get("/recoveries")) == [there.ref]
    assert len(refs(call(cast.audrey()).get("/recoveries"))) == 2
    assert call(cleo).get(f"/recoveries/{here.ref}").status_code == 404


def test_filters_narrow_the_list(call):
    open_, closed = guest("ann"), guest("bob")
    journey.let_go(closed, why="Moved abroad.", by=cast.ana())
    ana = call(cast.ana())
    assert refs(ana.get("/recoveries", open="true")) == [open_.ref]
    assert refs(ana.get("/recoveries", open="false")) == [closed.ref]
    assert refs(ana.get("/recoveries", customer=closed.customer.ref)) == [closed.ref]
    assert refs(ana.get("/recoveries", owner="nobody")) == []
    assert len(refs(ana.get("/recoveries", owner="me"))) == 2
    assert len(refs(ana.get("/recoveries", part="understood", place="larder-bath"))) == 2


def test_those_who_wait_longest_come_first(call, clock):
    first = guest("ann", channel="web form")
    clock.shift(60)
    second = guest("bob", channel="web form")
    guest("cat")
    ana = call(cast.ana())
    assert refs(ana.get("/recoveries", order="waiting")) == [first.ref, second.ref]
    assert refs(ana.get("/recoveries", order="oldest"))[0] == first.ref


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"order": "customer__addresses"}, "order"),
        ({"part": "won"}, "part"),
        ({"open": "perhaps"}, "open"),
        ({"limit": "0"}, "limit"),
        ({"limit": "101"}, "limit"),
        ({"place": "nowhere"}, "place"),
        ({"owner": "nobody-known"}, "owner"),
        ({"customer": "unknown"}, "customer"),
        ({"after": "abc"}, "after"),
        ({"customer__name": "x"}, "customer__name"),
    ],
)
def test_dj_171c4c14_a_filter_or_order_that_does_not_exist_is_refused(call, asked, field):
    answer = call(cast.ana()).get("/recoveries", **asked)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field


def test_one_recovery_tells_everything(call):
    recovery = cast.agreed()
    journey.link_cause(recovery, cause=Cause.called("Old suppliers"), by=cast.ana())
    journey.give_idea(recovery, words="Warm the plates.")
    told = call(cast.ana()).get(f"/recoveries/{recovery.ref}").json()
    assert told["parts"]["agreed"]
    assert told["parts"]["back"] is None
    assert told["complaints"][0]["words"] == cast.STORY
    assert [one["severity"] for one in told["failures"]] == ["moderate", "minor"]
    assert told["restatements"][0]["confirmed_at"]
    assert told["apologies"][0]["words"] == cast.SORRY
    assert told["wishes"][0]["words"] == cast.WISH
    assert told["offers"][0]["state"] == "accepted"
    assert len(told["offers"][0]["lines"]) == len(told["promises"]) == 2
    assert told["finding"]["cause"] == "Old suppliers"
    assert told["ideas"][0]["words"] == "Warm the plates."
    assert {"apology", "offer", "agreed"} <= {one["kind"] for one in told["letters"]}
    assert [one["number"] for one in told["timeline"]][:2] == [1, 2]
    assert told["timeline"][0]["did"] == "heard"


def test_a_list_takes_as_many_queries_for_many_as_for_one(call, django_assert_max_num_queries):
    ana = call(cast.ana())
    for name in ("ann", "bob", "cat", "dan"):
        guest(name)
    ana.get("/recoveries")
    with django_assert_max_num_queries(LIST_BUDGET):
        assert len(refs(ana.get("/recoveries"))) == 4


def test_one_recovery_takes_as_many_queries_however_long_its_story(call):
    cast.person("Mona Hart", Role.MANAGER)
    short, long = cast.heard(), cast.put_right(customer=cast.finch(name="Ann", email="a@b.example"))
    ana = call(cast.ana())
    counts = []
    for recovery in (short, long):
        ana.get(f"/recoveries/{recovery.ref}")
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert ana.get(f"/recoveries/{recovery.ref}").status_code == 200
        counts.append(len(seen))
    assert counts[1] - counts[0] <= 2, counts
    assert counts[1] <= 24, counts
