import pytest

from amends.customers.customer import AddressKind, Customer, key_of
from tests import cast

pytestmark = pytest.mark.django_db


def test_the_same_address_in_another_spelling_is_the_same_customer():
    first = cast.finch(email="Robert@Finch.example")
    assert Customer.met(email=" robert@finch.EXAMPLE ") == first


def test_a_typed_name_never_changes_one_we_know():
    cast.finch()
    assert Customer.met(name="Somebody Else", email="robert@finch.example").name == "Robert Finch"


def test_a_guest_without_a_name_is_a_customer_too():
    guest = Customer.met(known_as="Guest at table 7", place=cast.place())
    assert (guest.called, guest.first_name) == ("Guest at table 7", "")


def test_a_family_may_share_an_address():
    first = cast.finch()
    other = Customer.objects.create(name="Jane Finch")
    other.reachable_at(AddressKind.EMAIL, "robert@finch.example")
    assert Customer.at(AddressKind.EMAIL, "robert@finch.example") == other
    assert first.email == other.email


def test_search_finds_names_and_the_start_of_addresses():
    finch = cast.finch(phone="+44 20 7946 0000")
    for words in ("finch", "robert@", "+4420"):
        assert Customer.objects.matching(words).get() == finch


def test_s0_01_s0_16_dislikes_are_kept_once():
    finch = cast.finch()
    finch.dislikes_also("No sugar")
    finch.dislikes_also("no sugar")
    finch.refresh_from_db()
    assert finch.dislikes == "No sugar"


def test_customers_are_seen_where_they_are_known():
    cast.finch()
    stranger = cast.person("Sam Far", at=cast.place("far-away"))
    assert Customer.objects.visible_to(cast.ana()).exists()
    assert not Customer.objects.visible_to(stranger).exists()


@pytest.mark.parametrize(
    ("kind", "typed", "key"),
    [
        ("email", " A@B.Example ", "a@b.example"),
        ("phone", "+44 (0)20", "+44020"),
        ("id", "X9", "X9"),
    ],
)
def test_addresses_are_compared_by_what_matters(kind, typed, key):
    assert key_of(kind, typed) == key
