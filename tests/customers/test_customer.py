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


@pytest.mark.parametrize("typed", ["+44 20 7946 0018", "0044-20-7946-0018", "(020) 79460018"])
def test_one_number_however_it_is_written_is_one_customer(typed):
    first = cast.finch(phone="020 7946 0018")
    assert Customer.at(AddressKind.PHONE, typed, place=cast.place()) == first
    assert Customer.met(phone=typed, place=cast.place()) == first
    assert [a.value for a in first.addresses.filter(kind="phone")] == ["020 7946 0018"]


def test_a_number_rings_in_the_country_of_the_place():
    berlin = cast.place("berlin", timezone="Europe/Berlin")
    first = Customer.met(name="Uwe", phone="030 901820", place=berlin)
    assert Customer.met(phone="+49 30 901820") == first
    assert Customer.met(phone="030 901820", place=cast.place()) != first


def test_a_number_that_rings_nowhere_is_kept_and_found():
    first = cast.finch(phone="01225 12")
    assert first.phone == "01225 12"
    assert Customer.met(phone="0122512", place=cast.place()) == first


def test_who_gave_no_number_at_all_is_nobody_else():
    first = Customer.met(name="Ida Moss", phone="none", place=cast.place())
    assert Customer.met(name="Jo Lane", phone="rang from the hall", place=cast.place()) != first


def test_several_addresses_of_each_kind():
    first = cast.finch(phone="020 7946 0018", outside_id="C-1")
    for kind, value in [("email", "r@f.example"), ("phone", "+49 30 901820"), ("id", "LOYAL-7")]:
        first.reachable_at(kind, value)
        first.reachable_at(kind, f" {value} ")
        assert Customer.at(kind, value) == first
    assert first.addresses.count() == 6


def test_s1_10_what_would_mean_most_is_kept():
    finch = cast.finch()
    finch.means_most("heard")
    finch.means_most("")
    finch.refresh_from_db()
    assert finch.get_wants_display() == "only to be heard"
