"""How a customer buys, kept right by every way in which a row arrives or changes."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from amends.customers import rhythm
from amends.customers.customer import Customer
from amends.customers.order import Order
from amends.customers.rhythm import Rhythm, purchases
from amends.customers.visit import Visit
from amends.kit.clock import now
from amends.recovery import journey
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def ordered(number, *, days=0, **told):
    at = now() - timedelta(days=days)
    return journey.order(
        customer=told.pop("customer", None) or cast.finch(),
        outside_id=number,
        **{"ordered_at": at, "amount": Decimal(20), "currency": "GBP", **told},
    )


def of_finch():
    found = Rhythm.objects.get(customer=cast.finch())
    return found.purchases, found.spent, found.spent_again, found.paid_again


@pytest.mark.engines
def test_two_orders_of_one_day_are_one_purchase():
    ordered("A-1", days=9)
    ordered("A-2", days=9)
    ordered("A-3", days=2, amount=Decimal("12.50"))
    assert of_finch() == (2, Decimal("52.50"), Decimal("12.50"), 1)
    found = Rhythm.objects.get()
    assert (found.first_on, found.last_on) == (date(2026, 5, 23), date(2026, 5, 30))
    assert (found.currency, found.repeats, str(found)) == ("GBP", 1, "2 purchases")


def test_with_us_since_they_first_bought_or_since_we_first_knew_them():
    assert cast.finch().with_us_since == date(2026, 6, 1)
    ordered("A-1", days=9)
    bought = Customer.objects.select_related("rhythm").get()
    assert bought.with_us_since == date(2026, 5, 23)


def test_told_again_nothing_counts_twice_and_what_is_corrected_counts_anew():
    for amount in (20, 20, 30):
        ordered("A-1", amount=Decimal(amount))
    assert of_finch() == (1, Decimal(30), 0, 0)


@pytest.mark.engines
def test_what_was_cancelled_or_sent_back_is_no_purchase_and_no_money():
    ordered("A-1", days=9)
    ordered("A-2", days=5)
    ordered("A-3", days=2)
    assert of_finch() == (3, Decimal(60), Decimal(40), 2)
    ordered("A-2", days=5, cancelled_at=now())
    assert of_finch() == (2, Decimal(40), Decimal(20), 1)
    ordered("A-3", days=2, refunded=Decimal(5))
    assert of_finch() == (2, Decimal(35), Decimal(15), 1)
    ordered("A-3", days=2, refunded=Decimal(20))
    assert of_finch() == (1, Decimal(20), 0, 0)
    ordered("A-1", days=9, cancelled_at=now())
    assert of_finch() == (0, 0, 0, 0)
    assert Rhythm.objects.get().first_on is None


@pytest.mark.engines
def test_the_main_currency_is_kept_and_others_are_not_mixed_in():
    ordered("A-1", days=9, currency="EUR", amount=Decimal(900))
    ordered("A-2", days=8)
    ordered("A-3", days=7)
    found = Rhythm.objects.get()
    assert (found.purchases, found.currency) == (3, "GBP")
    assert (found.spent, found.spent_again, found.paid_again) == (40, 40, 2)


def test_an_order_without_an_amount_counts_as_a_day_and_as_no_money():
    ordered("A-1", days=9)
    ordered("A-2", days=2, amount=None, currency=None)
    assert of_finch() == (2, Decimal(20), 0, 0)


@pytest.mark.engines
def test_a_paid_visit_is_a_purchase_on_the_day_it_was_there():
    auckland = cast.place("larder-auckland", timezone="Pacific/Auckland")
    evening = datetime(2026, 5, 20, 20, 30, tzinfo=UTC)  # the morning of the 21st there
    told = {"customer": cast.finch(), "place": auckland, "outside_id": "V-1"}
    journey.visit(**told, arrived_at=evening)
    assert not Rhythm.objects.exists()
    journey.visit(**told, amount=Decimal(31), currency="NZD")
    ordered("A-1", place=auckland, ordered_at=evening - timedelta(hours=1), currency="NZD")
    found = Rhythm.objects.get()
    assert (found.purchases, found.first_on, found.spent) == (1, date(2026, 5, 21), 51)
    assert Order.objects.get().ordered_on == date(2026, 5, 21)


def test_an_order_that_moves_to_another_customer_leaves_the_first_one():
    ordered("A-1")
    other = cast.finch(email="other@finch.example")
    ordered("A-1", customer=other)
    assert of_finch() == (0, 0, 0, 0)
    assert other.rhythm.purchases == 1


@pytest.mark.engines
def test_many_customers_are_counted_at_once_and_one_by_one_the_same():
    many = [cast.finch(email=f"{n}@finch.example") for n in range(rhythm.AT_ONCE + 5)]
    for n, customer in enumerate(many):
        ordered(f"A-{n}", customer=customer, days=n % 7)
        ordered(f"B-{n}", customer=customer, days=2)
    one_by_one = list(Rhythm.objects.order_by("pk").values())
    Rhythm.objects.all().delete()
    rhythm.retell(many)
    assert list(Rhythm.objects.order_by("pk").values()) == one_by_one
    rhythm.retell([])


@pytest.mark.engines
def test_what_counts_is_the_same_asked_for_day_by_day():
    ordered("A-1", days=9)
    ordered("A-2", days=5, cancelled_at=now())
    ordered("A-3", days=4, refunded=Decimal(20))
    ordered("A-4", days=2, refunded=Decimal(5))
    late = datetime(2026, 5, 28, 22, 30, tzinfo=UTC)  # the 29th, where it was
    place = cast.place()
    place.timezone = "Asia/Tokyo"
    place.save()
    here = {"customer": cast.finch(), "place": place, "currency": "GBP"}
    Visit.objects.create(arrived_at=late, amount=12, **here)
    Visit.objects.create(left_at=late, amount=0, **here)
    Visit.objects.create(expected_at=late, cancelled_at=now(), amount=12, **here)
    rhythm.retell([cast.finch()])
    told = Rhythm.objects.get()
    days = sorted(on for _, on in purchases(Order.objects.all(), Visit.objects.all()))
    assert days == [date(2026, 5, 23), date(2026, 5, 29), date(2026, 5, 30)]
    assert (told.purchases, told.first_on, told.last_on) == (3, days[0], days[-1])
    latest = purchases(Order.objects.all(), Visit.objects.all(), latest=1)
    assert [on for _, on in latest] == [date(2026, 5, 30), date(2026, 5, 29)]
