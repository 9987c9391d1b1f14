"""Some thousands of customers met at once, by the rules for meeting one."""

import pytest

from amends.customers.customer import Address, Customer
from amends.customers.importing.meeting import Meeting, Named
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


def named(cid="", email="", phone="", name="", **more):
    return Named(cid, email, phone, name, country="GB", **more)


def test_rows_of_one_stranger_make_one_customer():
    met = Meeting(
        [
            named("7", "ann@x.example"),
            named(email="ANN@x.example", name="Ann Lee"),
            named("7", phone="020 7946 0000"),
            named("8"),
        ]
    ).meet()
    assert (met.new, met.known_better) == (2, 0)
    assert len(set(met.customers)) == 2
    assert met.customers[0] == met.customers[1] == met.customers[2]
    ann = Customer.at("phone", "+442079460000")
    assert (ann.pk, ann.name, ann.addresses.count()) == (met.customers[0], "Ann Lee", 3)


def test_whoever_is_known_is_found_and_nothing_known_is_changed():
    finch = cast.finch()
    rows = [named(email="robert@finch.example", name="Bob", values="Tea"), named("9")]
    met = Meeting(rows).meet()
    assert met.customers[0] == finch.pk
    assert (met.new, met.known_better) == (1, 1)
    finch.refresh_from_db()
    assert (finch.name, finch.values) == ("Robert Finch", "Tea")
    again = Meeting(rows).meet()
    assert (again.customers, again.new, again.known_better) == (met.customers, 0, 0)


def test_a_further_address_leads_to_them_from_now_on():
    finch = cast.finch()
    Meeting([named("77", "robert@finch.example")]).meet()
    assert Customer.at("id", "77") == finch
    assert Customer.objects.matching("77").get() == finch


def test_of_several_at_one_address_it_is_whoever_was_known_there_last():
    first, last = cast.finch(), cast.finch(email="other@finch.example")
    last.reachable_at("email", "robert@finch.example")
    assert Meeting([named(email="robert@finch.example")]).meet().customers == [last.pk]
    assert first != last
    assert Address.objects.count() == 3
