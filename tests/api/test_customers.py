"""Customers: found, made known, described, and their story told."""

from datetime import timedelta

import pytest

from amends.customers.customer import Customer
from amends.recovery import journey
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
    assert {one["of"] for one in told} == {"step"}
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


def test_the_timeline_is_whole_and_goes_on_where_it_stopped(call, clock):
    recovery = cast.heard()
    ana, path = call(cast.ana()), f"/customers/{recovery.customer.ref}/timeline"
    for number in range(3):
        clock.shift(timedelta(hours=1))
        journey.order(customer=recovery.customer, outside_id=f"A-{number}", place=recovery.place)
    first = ana.get(path, limit=2).json()
    assert [one["did"] for one in first["results"]] == ["ordered, A-2", "ordered, A-1"]
    second = ana.get(path, limit=2, after=first["after"]).json()
    assert [one["of"] for one in second["results"]] == ["order", "step"]
    assert second["after"] is None
    assert ana.get(path, after="made-up").status_code == 422


def test_two_are_one_and_two_again(call):
    finch = cast.finch()
    twin = cast.finch(name="Bob Finch", email="bob@finch.example", outside_id="C-9")
    cast.heard(customer=twin)
    ana = call(cast.ana())
    done = ana.post(f"/customers/{finch.ref}/merge", {"other": twin.ref})
    assert done.status_code == 201
    told = done.json()
    assert (told["merged"], told["customer"]["ref"]) == (twin.ref, finch.ref)
    assert set(told["customer"]["emails"]) == {"robert@finch.example", "bob@finch.example"}
    assert ana.get(f"/customers/{twin.ref}").json()["ref"] == finch.ref
    assert len(ana.get(f"/customers/{twin.ref}/timeline").json()["results"]) == 3
    assert ana.post("/customers", {"id": "C-9", "name": "Robert Finch"}).json()["ref"] == finch.ref
    again = ana.post(f"/customers/{finch.ref}/merge", {"other": twin.ref})
    assert again.status_code == 422
    undone = ana.post(f"/customers/{finch.ref}/merge/{told['ref']}/undo", {})
    assert undone.json()["emails"] == ["bob@finch.example"]
    assert ana.get(f"/customers/{twin.ref}").json()["name"] == "Bob Finch"


def test_strangers_and_auditors_merge_nobody(call):
    finch = cast.finch()
    far = cast.finch(name="Far", email="far@x.example", place=cast.place("larder-wells"))
    told = {"other": far.ref}
    assert call(cast.ana()).post(f"/customers/{finch.ref}/merge", told).status_code == 422
    assert call(cast.ana()).post(f"/customers/{far.ref}/merge", told).status_code == 404
    assert call(cast.audrey()).post(f"/customers/{finch.ref}/merge", told).status_code == 403


def test_s1_10_what_means_most_to_them_is_told_and_kept(call):
    finch = cast.finch()
    ana = call(cast.ana())
    told = ana.patch(f"/customers/{finch.ref}", {"wants": "heard", "word_of_mouth": "Tells all."})
    assert (told.json()["wants"], told.json()["word_of_mouth"]) == ("heard", "Tells all.")
    assert ana.patch(f"/customers/{finch.ref}", {"wants": "gold"}).status_code == 422
