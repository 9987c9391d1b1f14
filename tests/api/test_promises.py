"""Promises that are due or broken, and what became of them."""

from datetime import timedelta

import pytest

from amends.kit.clock import now
from amends.recovery import clockwork, journey
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
LIST_BUDGET = 4


def promised(words="We ring you.", **more):
    due = more.pop("due", now() + timedelta(days=1))
    return journey.promise(cast.heard(), words=words, by=cast.ana(), due=due, **more)


def refs(answer):
    return [one["ref"] for one in answer.json()["results"]]


def test_due_open_and_broken_promises(call, clock):
    late, early = promised(due=now() + timedelta(days=2)), promised()
    waiting = promised(due=None, trigger="next_visit")
    ana = call(cast.ana())
    assert refs(ana.get("/promises")) == []
    until = (now() + timedelta(days=3)).isoformat()
    assert refs(ana.get("/promises", until=until)) == [early.ref, late.ref]
    assert set(refs(ana.get("/promises", state="open"))) == {early.ref, late.ref, waiting.ref}
    clock.shift(timedelta(days=2, hours=2))
    assert refs(ana.get("/promises")) == [early.ref, late.ref]
    clockwork.what_is_due()
    told = ana.get("/promises", state="broken", owner="me", place="larder-bath").json()["results"]
    assert [one["ref"] for one in told] == [early.ref]
    assert told[0]["state"] == "broken"


def test_a_promise_is_kept_once(call):
    promise, ana = promised(), call(cast.ana())
    assert ana.post(f"/promises/{promise.ref}/keep").json()["state"] == "kept"
    again = ana.post(f"/promises/{promise.ref}/keep")
    assert (again.status_code, again.json()["code"]) == (422, "already-settled")


def test_a_promise_moves_only_with_leave(call):
    promise, ana = promised(), call(cast.ana())
    to = (now() + timedelta(days=5)).isoformat()
    refused = ana.post(f"/promises/{promise.ref}/move", {"to": to, "leave": " "})
    assert refused.status_code == 422
    told = ana.post(f"/promises/{promise.ref}/move", {"to": to, "leave": "Friday is fine."})
    assert told.json()["times_moved"] == 1
    promise.refresh_from_db()
    assert promise.due_at.isoformat() == to


def test_only_the_customer_lets_us_off_and_their_words_are_kept(call):
    promise, ana = promised(), call(cast.ana())
    assert ana.post(f"/promises/{promise.ref}/release", {}).status_code == 422
    told = ana.post(f"/promises/{promise.ref}/release", {"why": "No need any more, she said."})
    assert told.json()["state"] == "released"


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ("keep", {}),
        ("move", {"to": "2199-01-01T00:00:00Z", "leave": "yes"}),
        ("release", {"why": "No need."}),
    ],
)
def test_strangers_find_nothing_and_auditors_change_nothing(call, step, told):
    promise = promised()
    cleo = cast.person("Cleo Dunn", at=cast.place("larder-wells"))
    path = f"/promises/{promise.ref}/{step}"
    assert call(cleo).post(path, told).status_code == 404
    assert call(cast.audrey()).post(path, told).status_code == 403
    promise.refresh_from_db()
    assert promise.is_open


def test_a_list_takes_as_many_queries_for_many_as_for_one(call, django_assert_max_num_queries):
    ana = call(cast.ana())
    for number in range(4):
        promised(f"Promise {number}")
    ana.get("/promises", state="open")
    with django_assert_max_num_queries(LIST_BUDGET):
        assert len(refs(ana.get("/promises", state="open"))) == 4
