import pytest

from amends.customers.customer import AddressKind, Customer
from amends.customers.duplicates import LOOKED_AT, lately, like
from amends.customers.merging import Merge, TwoPeople
from amends.kit.clock import now
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def ida():
    return cast.finch(name="Ida Moss", email="ida@moss.example", phone="020 7946 0018")


def met(name, email="", *, at=None, **more):
    return Customer.met(name=name, email=email, place=at or cast.place(), **more)


def alike(customer, *, by=None):
    found = like(customer, Customer.objects.visible_to(by or cast.olive()))
    return {one.customer.name: one.reasons for one in found}


def test_the_same_address_is_the_best_sign(ida):
    twin = met("I. M.", "im@x.example")
    twin.reachable_at(AddressKind.EMAIL, "IDA@moss.example")
    twin.reachable_at(AddressKind.PHONE, "+44 20 7946 0018")
    assert alike(ida) == {
        "I. M.": "the same e-mail address, IDA@moss.example; the same telephone, +44 20 7946 0018"
    }
    assert list(alike(twin)) == ["Ida Moss"]


@pytest.mark.parametrize("email", ["ida@mos.example", "iad@moss.example", "ida+shop@moss.example"])
def test_nearly_the_same_address_is_a_sign(ida, email):
    met("Somebody", email)
    assert alike(ida) == {"Somebody": f"nearly the same e-mail address, {email}"}


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("ida MOSS", "the same name at The Larder, Bath"),
        ("Moss, Ida", "the same name at The Larder, Bath"),
        ("Ida Mosss", "nearly the same name at The Larder, Bath"),
    ],
)
def test_a_like_name_at_the_same_place_is_a_sign(ida, name, why):
    met(name)
    assert alike(ida) == {name: why}


def test_a_name_elsewhere_a_first_name_or_another_name_is_none(ida):
    met("Ida Moss", at=cast.place("larder-york"))
    met("Ida")
    met("Ida Lane")
    met("Jo Moss")
    assert alike(ida) == {}
    assert alike(met("Ida")) == {}


def test_one_shares_the_mailbox_of_a_whole_family_and_all_are_told(ida):
    for name in ("Jo Lane", "Max Lane"):
        met(name, f"{name[:2]}@x.example").reachable_at(AddressKind.EMAIL, "ida@moss.example")
    assert set(alike(ida)) == {"Jo Lane", "Max Lane"}


def test_whom_somebody_said_to_be_another_is_not_suggested_again(ida):
    twin = met("Ida Moss", "other@moss.example")
    assert alike(ida)
    TwoPeople.say(twin, ida, by=cast.ana(), at=now())
    assert alike(ida) == alike(twin) == {}


def test_who_is_merged_already_or_not_seen_is_not_suggested(ida):
    twin = met("Ida Moss", "other@moss.example")
    stranger = cast.person("Sam Far", at=cast.place("far-away"))
    assert alike(ida, by=stranger) == {}
    Merge.make(ida, twin, by=cast.mona(), at=now())
    assert alike(ida) == {}


def test_those_met_lately_are_looked_through_for_pairs(ida):
    twin = met("I. M.", "im@x.example")
    twin.reachable_at(AddressKind.EMAIL, "ida@moss.example")
    other = met("Jo Lane", "jo@lane.example")
    seen = Customer.objects.visible_to(cast.olive())
    assert lately(seen) == [(ida, twin, "the same e-mail address, ida@moss.example")]
    assert lately(Customer.objects.visible_to(cast.person("Sam", at=cast.place("far")))) == []
    TwoPeople.say(ida, twin, by=cast.ana(), at=now())
    assert lately(seen) == []
    assert other.name == "Jo Lane"


def test_a_common_name_asks_no_more_than_a_rare_one(ida, django_assert_max_num_queries):
    for number in range(LOOKED_AT):
        met(f"Ida Moss {'x' * number}", f"{number}@x.example")
    with django_assert_max_num_queries(28):
        alike(ida)


def test_twins_are_looked_for_by_the_index_of_addresses(django_assert_max_num_queries):
    """A kind and its keys: by the keys alone every address of a large business would be read."""
    met("Ida Moss", "ida@moss.example", phone="020 7946 0018")
    met("I. M.", "im@x.example", outside_id="7").reachable_at(AddressKind.EMAIL, "ida@moss.example")
    seen = Customer.objects.visible_to(cast.olive())
    with django_assert_max_num_queries(7) as asked:
        assert len(lately(seen)) == 1
    shared = [one["sql"] for one in asked if '."key" IN' in one["sql"]]
    assert len(shared) == 3
    assert all('."kind" = ' in sql for sql in shared)
