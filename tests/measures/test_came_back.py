from datetime import UTC, date, datetime, timedelta

import pytest

from amends.customers.appraising import read_book
from amends.customers.models import Customer, Order
from amends.customers.rhythm import retell
from amends.measures import came_back
from amends.recovery.models import Recovery, Return
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
UNTIL = date(2026, 5, 30)
FAILED = date(2026, 2, 1)


def at(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, 12, tzinfo=UTC)


def bought(customer: Customer, *days: date, **more) -> None:
    for on in days:
        Order.objects.create(
            customer=customer,
            outside_id=f"{customer.pk}-{on}-{len(more)}",
            ordered_at=at(on),
            ordered_on=on,
            amount=20,
            currency="GBP",
            **more,
        )


def failed(number: int, *, mended: date | None, back: date | None = None) -> Customer:
    """A customer with two purchases, then a failure; put right or not, back or not."""
    customer = Customer.objects.create(name=f"Buyer {number}")
    bought(customer, FAILED - timedelta(days=90), FAILED - timedelta(days=30))
    Recovery.objects.create(
        customer=customer,
        place=cast.place(),
        found_by="customer",
        about="Cold soup",
        known_at=at(FAILED),
        put_right_at=at(mended) if mended else None,
    )
    if back:
        bought(customer, back)
    retell([customer])
    return customer


def weighed() -> dict:
    book = read_book(UNTIL)
    assert book is not None
    return came_back.weigh(book)


def test_a_failure_put_right_within_the_days_given_counts_as_put_right():
    failed(1, mended=FAILED + timedelta(days=3))
    failed(2, mended=FAILED + timedelta(days=40))
    failed(3, mended=None)
    told = came_back.let_down(until=UNTIL)
    assert sorted(one.put_right for one in told) == [False, False, True]


def test_an_order_that_went_wrong_and_nobody_spoke_of_is_a_failure_not_put_right():
    customer = Customer.objects.create(name="Silent")
    late = {"promised_on": FAILED, "delivered_at": at(FAILED + timedelta(days=4))}
    bought(customer, FAILED - timedelta(days=2), **late)
    (one,) = came_back.let_down(until=UNTIL)
    assert (one.on, one.put_right) == (FAILED, False)


def test_an_order_somebody_complained_of_is_counted_once():
    customer = failed(1, mended=None)
    late = {"promised_on": FAILED, "delivered_at": at(FAILED + timedelta(days=4))}
    bought(customer, FAILED - timedelta(days=2), **late)
    assert len(came_back.let_down(until=UNTIL)) == 1


def test_s2_19_few_failures_prove_nothing_and_it_says_how_many_are_needed():
    for number in range(6):
        failed(number, mended=FAILED, back=FAILED + timedelta(days=30))
    failed(99, mended=None)
    evidence = weighed()["evidence"]
    assert evidence["verdict"] == "too few"
    assert evidence["still_needed"] > 50


def test_where_far_more_came_back_after_it_was_put_right_that_is_said():
    for number in range(60):
        failed(number, mended=FAILED, back=FAILED + timedelta(days=20 + number))
        failed(100 + number, mended=None, back=None if number % 4 else FAILED + timedelta(days=90))
    bought(Customer.objects.create(name="Somebody"), UNTIL)
    retell(Customer.objects.filter(name="Somebody"))
    told = weighed()
    assert told["evidence"]["verdict"] == "shown"
    assert told["evidence"]["e_value"] >= 20
    assert told["evidence"]["repaired_back"] == 60
    assert told["picture"][0] == [0, 0.0, 0.0]
    _, right, wrong = told["picture"][5]
    assert right > wrong
    assert told["coin"]["alone"] > told["coin"]["repaired"]


def test_whoever_bought_in_the_days_given_says_nothing_of_what_chance_would_show():
    for number in range(6):
        failed(number, mended=FAILED, back=FAILED + timedelta(days=5))
        failed(100 + number, mended=None)
    bought(Customer.objects.create(name="Somebody"), UNTIL)
    retell(Customer.objects.filter(name="Somebody"))
    told = weighed()
    assert told["coin"] is not None
    assert told["evidence"]["e_value"] is None


def test_nobody_who_came_back_before_watching_began_speaks_for_either_side():
    """Else those put right early would look as if they had stayed longer."""
    failed(1, mended=FAILED, back=FAILED + timedelta(days=5))
    failed(2, mended=None)
    bought(Customer.objects.create(name="Somebody"), UNTIL)
    retell(Customer.objects.filter(name="Somebody"))
    assert weighed()["evidence"]["repaired_back"] == 0


def test_s3_22_captive_and_loyal_returns_are_counted_apart():
    recovery = Recovery.objects.get(customer=failed(1, mended=FAILED))
    Return.objects.create(
        recovery=recovery, seen_at=at(UNTIL), evidence="order", trust="yes", next_door="them"
    )
    assert came_back.kinds(since=FAILED)["captive"] == 1
