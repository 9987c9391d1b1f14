"""Customers: found, made known, described, and their story told."""

from datetime import timedelta

import pytest

from amends.customers.customer import Customer
from tests import cast

pytestmark = pytest.mark.django_db
LIST_BUDGET = 5  # whose token, one more call (2), the list, its addresses


def names(answer):
    return [one["name"] for one in answer.json()["results"]]


def test_a_customer_is_made_known_once_and_then_brought_up_to_date(call):
    ana = call(cast.ana())
    told = {"id": "C-7", "name": "Rita Vale", "email": "rita@vale.example", "values": "Quiet"}
    first = ana.post("/customers", told)
    assert first.status_code == 201
    second = ana.post("/customers", {"id": "C-7", "name": "Rita Vale-Moor", "phone": "0117 1"})
    assert second.status_code == 200
    known = second.json()
    assert known["ref"] == first.json()["ref"]
    assert known["name"] == "Rita Vale-Moor"
    assert (known["values"], known["emails"]) == ("Quiet", ["rita@vale.example"])
    assert (known["phones"], known["ids"]) == (["0117 1"], ["C-7"])
    assert Customer.objects.count() == 1


def test_changing_what_is_known_leaves_the_rest(call):
    finch = cast.finch()
    ana = call(cast.ana())
    told = ana.patch(f"/customers/{finch.ref}", {"dislikes": "Red lollipops"})
    assert told.status_code == 200
    assert (told.json()["name"], told.json()["dislikes"]) == ("Robert Finch", "Red lollipops")
    told = ana.patch(f"/customers/{finch.ref}", {"preferred_channel": "telephone"})
    assert told.json()["dislikes"] == "Red lollipops"


def test_customers_are_found_by_name_address_number_and_place(call):
    cast.finch()
    cast.finch(name="Rita Vale", email="rita@vale.example", outside_id="C-7")
    ana = call(cast.ana())
    assert names(ana.get("/customers")) == ["Rita Vale", "Robert Finch"]
    assert names(ana.get("/customers", search="rob")) == ["Robert Finch"]
    assert names(ana.get("/customers", search="rita@")) == ["Rita Vale"]
    assert names(ana.get("/customers", id="C-7")) == ["Rita Vale"]
    assert len(names(ana.get("/customers", place="larder-bath"))) == 2


def test_strangers_see_nothing_and_auditors_change_nothing(call):
    finch = cast.finch(outside_id="C-1")
    cleo = call(cast.person("Cleo Dunn", at=cast.place("larder-wells")))
    assert names(cleo.get("/customers")) == []
    for path in (f"/customers/{finch.ref}", f"/customers/{finch.ref}/timeline"):
        assert cleo.get(path).status_code == 404
    assert cleo.patch(f"/customers/{finch.ref}", {"name": "X"}).status_code == 404
    assert cleo.post("/customers", {"id": "C-1", "name": "X"}).status_code == 403
    audrey = call(cast.audrey())
    assert audrey.get(f"/customers/{finch.ref}").status_code == 200
    assert audrey.patch(f"/customers/{finch.ref}", {"name": "X"}).status_code == 403
    finch.refresh_from_db()
    assert finch.name == "Robert Finch"


def test_the_timeline_tells_the_latest_first_and_only_what_may_be_seen(call, clock):
    here = cast.heard()
    clock.shift(timedelta(days=1))
    wells = cast.place("larder-wells")
    there = cast.heard(place=wells, by=cast.person("Cleo Dunn", at=wells))
    told = call(cast.olive()).get(f"/customers/{here.customer.ref}/timeline").json()["results"]
    assert [one["recovery"] for one in told] == [there.ref, here.ref]
    assert told[-1]["who"] == "Ana Reyes"
    assert told[-1]["did"] == "heard"
    mine = call(cast.ana()).get(f"/customers/{here.customer.ref}/timeline").json()["results"]
    assert {one["recovery"] for one in mine} == {here.ref}


def test_a_list_takes_as_many_queries_for_many_as_for_one(call, django_assert_max_num_queries):
    ana = call(cast.ana())
    for number in range(4):
        cast.finch(name=f"Guest {number}", email=f"{number}@finch.example")
    ana.get("/customers")
    with django_assert_max_num_queries(LIST_BUDGET):
        assert len(names(ana.get("/customers"))) == 4
