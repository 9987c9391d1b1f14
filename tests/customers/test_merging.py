from datetime import date, timedelta
from decimal import Decimal

import pytest

from amends.customers.customer import AddressKind, Customer
from amends.customers.merging import Merge, NotTheSame, TwoPeople
from amends.customers.order import Order
from amends.customers.visit import Visit
from amends.customers.worth import Worth
from amends.kit.clock import now
from amends.recovery import journey
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def ida():
    return cast.finch(
        name="Ida Moss", email="ida@moss.example", phone="020 7946 0018", outside_id="C-1"
    )


@pytest.fixture
def i_moss():
    """The same person, met in another place by another address."""
    made = Customer.met(name="I. Moss", email="ida@work.example", place=cast.place("larder-york"))
    made.reachable_at(AddressKind.EMAIL, "ida@moss.example")
    made.described(name="I. Moss", values="A window seat", dislikes="Red lollipops", wants="heard")
    return made


def merged(kept, other):
    return Merge.make(kept, other, by=cast.mona(), at=now())


def rows(customer):
    """All that is somebody's, as it can be told apart."""
    customer = Customer.objects.get(pk=customer.pk)
    plain = {
        f.name: getattr(customer, f.attname)
        for f in Customer._meta.concrete_fields
        if f.name != "findable"
    }
    return {
        **plain,
        "found by": set(customer.findable.split()),
        "places": set(customer.places.all()),
        "addresses": set(customer.addresses.all()),
        "orders": set(customer.orders.all()),
        "visits": set(customer.visits.all()),
        "recoveries": set(customer.recoveries.all()),
        "purchases": getattr(getattr(customer, "rhythm", None), "purchases", 0),
    }


def lived(customer, number, place):
    """Orders, a visit and a recovery of theirs."""
    for day in range(2):
        journey.order(
            customer=customer,
            outside_id=f"{number}-{day}",
            place=place,
            amount=Decimal(20),
            currency="GBP",
            ordered_at=now() - timedelta(days=9 * number + day),
        )
    journey.visit(customer=customer, place=place, arrived_at=now() - timedelta(days=number))
    return cast.heard(customer=customer, place=place, by=cast.olive())


def test_everything_follows(ida, i_moss):
    lived(ida, 1, cast.place())
    theirs = lived(i_moss, 2, cast.place("larder-york"))
    merged(ida, i_moss)
    told = rows(ida)
    assert len(told["orders"]) == 4
    assert len(told["visits"]) == 2
    assert theirs in told["recoveries"]
    assert told["purchases"] == 4
    assert {str(place) for place in told["places"]} == {"The Larder, Bath"}
    assert len(told["places"]) == 2
    emails = {a.value for a in told["addresses"] if a.kind == "email"}
    assert emails == {"ida@moss.example", "ida@work.example"}
    assert not Order.objects.filter(customer=i_moss).exists()
    assert not Visit.objects.filter(customer=i_moss).exists()


def test_what_we_know_of_both_is_put_together(ida, i_moss):
    ida.described(name="Ida Moss", values="A quiet table", dislikes="red lollipops")
    merged(ida, i_moss)
    ida.refresh_from_db()
    assert ida.name == "Ida Moss"
    assert ida.values == "A quiet table\nA window seat"
    assert ida.dislikes == "red lollipops"
    assert ida.wants == "heard"


def test_who_asked_for_peace_once_is_left_in_peace(ida, i_moss):
    i_moss.leave_in_peace(at=now())
    i_moss.is_away(date(2026, 7, 1))
    merged(ida, i_moss)
    ida.refresh_from_db()
    assert ida.left_in_peace_at
    assert ida.away_until == date(2026, 7, 1)


def test_names_numbers_and_references_of_the_one_lead_to_the_other(ida, i_moss):
    i_moss.described(name="Ida Featherstone", values="", dislikes="")
    merged(ida, i_moss)
    seen = Customer.objects.visible_to(cast.olive())
    assert seen.called_for(i_moss.ref).get() == ida
    assert seen.matching("featherstone").get() == ida
    assert Customer.at(AddressKind.EMAIL, "ida@work.example") == ida
    assert Customer.met(email="IDA@moss.example") == ida
    assert list(seen) == [ida]


def test_undone_everything_is_as_it_was(ida, i_moss):
    lived(ida, 1, cast.place())
    lived(i_moss, 2, cast.place("larder-york"))
    ida.refresh_from_db()
    before = rows(ida), rows(i_moss)
    merged(ida, i_moss).undo(by=cast.mona(), at=now())
    assert (rows(ida), rows(i_moss)) == before


def test_what_came_since_stays_and_what_somebody_changed_since_too(ida, i_moss):
    made = merged(ida, i_moss)
    ida.described(name="Ida Moss", values="Nothing but tea", dislikes=ida.dislikes)
    journey.order(customer=ida, outside_id="late", place=cast.place())
    made.undo(by=cast.mona(), at=now())
    ida.refresh_from_db()
    assert ida.values == "Nothing but tea"
    assert ida.dislikes == ""
    assert ida.orders.get().outside_id == "late"


def test_a_chain_comes_apart_in_any_order(ida, i_moss):
    third = Customer.met(name="Mrs Moss", email="mrs@moss.example", place=cast.place())
    first = merged(ida, i_moss)
    second = merged(third, ida)
    seen = Customer.objects.visible_to(cast.olive())
    assert seen.called_for(i_moss.ref).get() == third
    assert set(Merge.objects.of(third)) == {first, second}
    first.undo(by=cast.mona(), at=now())
    assert Customer.at(AddressKind.EMAIL, "ida@work.example") == i_moss
    assert Customer.at(AddressKind.PHONE, "020 7946 0018", place=cast.place()) == third
    second.undo(by=cast.mona(), at=now())
    assert Customer.at(AddressKind.PHONE, "020 7946 0018", place=cast.place()) == ida
    assert set(seen) == {ida, i_moss, third}


def test_nobody_is_merged_twice_or_with_themselves(ida, i_moss):
    made = merged(ida, i_moss)
    for kept, other in [(ida, ida), (ida, i_moss), (i_moss, cast.finch())]:
        with pytest.raises(NotTheSame):
            merged(kept, other)
    made.undo(by=cast.mona(), at=now())
    with pytest.raises(NotTheSame):
        Merge.objects.get().undo(by=cast.mona(), at=now())


def test_two_people_are_said_to_be_two_once(ida, i_moss):
    for one, other in [(ida, i_moss), (i_moss, ida)]:
        TwoPeople.say(one, other, by=cast.mona(), at=now())
    assert TwoPeople.apart_from(ida) == {i_moss.pk}
    assert TwoPeople.apart_from(i_moss) == {ida.pk}
    assert TwoPeople.objects.count() == 1


def test_no_column_that_says_whose_a_row_is_is_forgotten():
    """A new table that names a customer follows by itself."""
    from amends.customers.merging import _relations

    followed = {f"{one.model.__name__}.{one.name}" for one in _relations()}
    assert followed >= {
        "Address.customer",
        "Customer.merged_into",
        "Order.customer",
        "Rating.customer",
        "Recovery.customer",
        "Visit.customer",
    }
    assert not {name for name in followed if name.startswith(("Merge.", "TwoPeople.", "Worth."))}


def test_what_they_are_worth_is_no_sum_of_somebody_else_until_it_is_reckoned_anew(ida, i_moss):
    def reckoned():
        for one in (ida, i_moss):
            Worth.objects.create(customer=one, as_of=now().date(), rung="compared", amount=900)

    reckoned()
    made = merged(ida, i_moss)
    assert not Worth.objects.exists()
    reckoned()
    made.undo(by=cast.mona(), at=now())
    assert not Worth.objects.exists()
