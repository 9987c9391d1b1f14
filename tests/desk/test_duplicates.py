import pytest

from amends.customers.customer import AddressKind, Customer
from amends.customers.merging import Merge
from amends.recovery import journey
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
CUSTOMERS = "/desk/customers/"


@pytest.fixture
def twin():
    cast.finch().reachable_at(AddressKind.PHONE, "020 7946 0018")
    made = Customer.met(name="Bob Finch", email="bob@finch.example", place=cast.place())
    made.reachable_at(AddressKind.PHONE, "+44 20 7946 0018")
    return made


def words(response):
    return " ".join(response.content.decode().split())


def merge_of(one, other):
    return f"{CUSTOMERS}{one.ref}/alike/{other.ref}/"


def test_who_may_be_the_same_is_told_with_the_reason(client, twin):
    client.force_login(cast.ana())
    page = words(client.get(f"{CUSTOMERS}{cast.finch().ref}/alike/"))
    assert "Bob Finch" in page
    assert "The same telephone, +44 20 7946 0018" in page
    asked = {"headers": {"HX-Request": "true"}}
    part = words(client.get(f"{CUSTOMERS}{cast.finch().ref}/alike/", **asked))
    assert "Look at both" in part
    assert "<html" not in part
    alone = Customer.met(name="Jo Lane", place=cast.place())
    assert "Nobody here looks like" in words(client.get(f"{CUSTOMERS}{alone.ref}/alike/"))
    assert "Nobody" not in words(client.get(f"{CUSTOMERS}{alone.ref}/alike/", **asked))


def test_both_are_seen_before_they_are_one_and_it_can_be_undone(client, twin):
    recovery = cast.heard(customer=twin)
    finch = cast.finch()
    client.force_login(cast.ana())
    both = words(client.get(merge_of(finch, twin)))
    assert "Nothing is deleted, and it can be undone." in both
    assert "1 recovery, 0 orders, 0 visits" in both
    assert client.post(merge_of(finch, twin)).status_code == 303
    page = words(client.get(f"{CUSTOMERS}{finch.ref}/"))
    for told in ("Also known as", "bob@finch.example", recovery.about, "is the same customer"):
        assert told in page
    old = client.get(f"{CUSTOMERS}{twin.ref}/")
    assert old.status_code == 303
    assert old["Location"] == f"{CUSTOMERS}{finch.ref}/"
    undone = client.post(f"/desk/merges/{Merge.objects.get().ref}/undone/")
    assert undone.status_code == 303
    assert client.get(f"{CUSTOMERS}{twin.ref}/").status_code == 200
    assert "Also known as" not in words(client.get(f"{CUSTOMERS}{finch.ref}/"))


def test_merged_a_moment_ago_by_somebody_else_is_said(client, twin):
    journey.merge_customers(cast.finch(), merged=twin, by=cast.mona())
    client.force_login(cast.ana())
    assert client.post(merge_of(cast.finch(), twin)).status_code == 404
    made = Merge.objects.get()
    journey.unmerge_customers(made, by=cast.mona())
    again = client.post(f"/desk/merges/{made.ref}/undone/")
    assert "two customers again already" in words(again)


def test_said_to_be_two_they_are_not_suggested_again(client, twin):
    client.force_login(cast.ana())
    assert client.post(f"{merge_of(cast.finch(), twin)}two/").status_code == 303
    assert "Bob Finch" not in words(client.get(f"{CUSTOMERS}{cast.finch().ref}/alike/"))


def test_pairs_met_lately_are_listed(client, twin):
    client.force_login(cast.ana())
    page = words(client.get(f"{CUSTOMERS}twins/"))
    assert "Bob Finch" in page
    assert "Look at both" in page
    client.force_login(cast.person("Sam Poole", at=cast.place("larder-york")))
    assert "Nobody twice" in words(client.get(f"{CUSTOMERS}twins/"))


def test_cve_2026_40591_nobody_merges_whom_they_may_not_see(client, twin):
    finch = cast.finch()
    client.force_login(cast.person("Sam Poole", at=cast.place("larder-york")))
    assert client.get(merge_of(finch, twin)).status_code == 404
    assert client.post(merge_of(finch, twin)).status_code == 404
    made = journey.merge_customers(finch, merged=twin, by=cast.mona())
    assert client.post(f"/desk/merges/{made.ref}/undone/").status_code == 404
    client.force_login(cast.ana())
    assert client.get(merge_of(finch, finch)).status_code == 404


def test_an_auditor_looks_and_changes_nothing(client, twin):
    client.force_login(cast.audrey())
    assert "Yes, they are one" not in words(client.get(merge_of(cast.finch(), twin)))
    assert client.post(merge_of(cast.finch(), twin)).status_code == 403
    assert client.post(f"{merge_of(cast.finch(), twin)}two/").status_code == 403
