import pytest
from django.db import connection

from amends.customers.customer import AddressKind, Customer
from amends.customers.searching import best, search
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def zoe():
    made = cast.finch(
        name="Zoë Müller-Lüdenscheidt",
        email="z.mueller@kaffee.example",
        phone="020 7946 0018",
        outside_id="C-100234",
    )
    made.reachable_at(AddressKind.EMAIL, "zoe@work.example")
    made.reachable_at(AddressKind.PHONE, "ring the bell 99")
    cast.finch()
    cast.finch(name="Roberta Flinch", email="rf@elsewhere.example")
    return made


def names(typed, *, by=None, most=8):
    return [
        one.called for one in best(Customer.objects.visible_to(by or cast.ana()), typed, most=most)
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "zoe",
        "Zoë mul",
        "mueller",
        "MÜLLER zoe",
        "lüdenscheidt",
        "z.mueller@kaf",
        "zoe@work",
        "+44 20 7946 0018",
        "02079460018",
        "020 7946",
        "0044 207946",
        "C-100234",
        "c100234",
        "c 1002",
        "99",
    ],
)
def test_found_by_names_and_all_addresses_however_typed(zoe, typed):
    assert names(typed)[0] == zoe.name


@pytest.mark.parametrize(
    "typed",
    [
        "Ludenschiedt",
        "Zoe Muler",
        "meuller",
        "zoe@wrok.example",
        "020 7946 0081",
        "C-100324",
        "lüdenshc",
    ],
)
def test_a_slip_of_the_finger_is_forgiven(zoe, typed):
    assert names(typed) == [zoe.name]


def test_a_slip_is_looked_at_only_when_nobody_has_that_name(zoe):
    assert names("finch") == ["Robert Finch"]
    assert names("flinhc") == ["Roberta Flinch"]


def test_whole_words_come_before_beginnings(zoe):
    assert names("robert") == ["Robert Finch", "Roberta Flinch"]
    assert names("robert", most=1) == ["Robert Finch"]


def test_nothing_to_look_for_finds_nobody(zoe):
    for typed in ("", "   ", "?!", "zzzz", "nobody at all"):
        assert names(typed) == []


def test_what_is_elsewhere_stays_there_and_hides_nothing(zoe):
    far = cast.place("far-away")
    for number in range(12):
        Customer.met(name=f"Zoe Far {number}", place=far)
    assert names("zoe", most=2) == [zoe.name]
    assert names("zoe", most=8, by=cast.person("Sam Far", at=far))[0].startswith("Zoe Far")


def test_somebody_renamed_or_reached_anew_is_found_by_that(zoe):
    zoe.described(name="Zoe Kahn", values="", dislikes="")
    zoe.reachable_at(AddressKind.ID, "LOYAL-7")
    assert names("kahn") == names("loyal7") == ["Zoe Kahn"]
    assert names("lüdenscheidt") == []


@pytest.mark.engines
def test_an_address_is_looked_up_by_what_stands_before_the_at(django_assert_max_num_queries):
    for number in range(3):
        cast.finch(name=f"Guest {number}", email=f"guest{number}.info@everybody.example")
    seen = Customer.objects.visible_to(cast.olive())
    for typed in ("guest1.info@", "Guest1.Info@every", " guest1.info@everybody.example"):
        with django_assert_max_num_queries(4):
            found = search(seen, typed)
        assert [Customer.objects.get(pk=pk).called for pk in found] == ["Guest 1"]
    assert len(search(seen, "info@everybody.example")) == 3  # a part of it leads there by its words
    assert search(seen, "guest1.info@nobody.example") == []


def test_a_search_asks_little(zoe, django_assert_max_num_queries):
    seen = Customer.objects.visible_to(cast.olive())
    twice = 2 if connection.vendor == "postgresql" else 0  # the newest rows, then the index
    with django_assert_max_num_queries(4 + twice):
        search(seen, "zoe")
