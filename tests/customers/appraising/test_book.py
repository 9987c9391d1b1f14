from datetime import date, timedelta

import pytest

from amends.customers.appraising import read_book
from amends.customers.models import Customer, Rhythm

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 1, 5), date(2026, 3, 6)


def bought(purchases: int, first: date, last: date, **more) -> Customer:
    customer = Customer.objects.create(name="Robert Finch")
    Rhythm.objects.create(
        customer=customer, purchases=purchases, first_on=first, last_on=last, **more
    )
    return customer


def test_a_row_says_how_often_how_lately_and_for_how_long():
    customer = bought(4, FIRST, LAST, currency="GBP", spent=80, spent_again=60, paid_again=3)
    book = read_book(date(2026, 5, 1))
    assert (book.keys[0], book.x[0], book.t_x[0], book.T[0]) == (customer.pk, 3, 60, 60)
    assert (book.mean[0], book.paid[0], book.currencies) == (20, 3, ["GBP"])


def test_a_till_that_has_been_silent_since_friday_makes_nobody_overdue():
    bought(4, FIRST, LAST)
    assert read_book(date(2026, 5, 1)).as_of == LAST
    bought(1, LAST + timedelta(days=9), LAST + timedelta(days=9))
    assert read_book(date(2026, 5, 1)).as_of == LAST + timedelta(days=9)


def test_a_slip_into_the_future_moves_no_day_of_today():
    bought(2, FIRST, date(2062, 3, 6))
    assert read_book(date(2026, 5, 1)).as_of == date(2026, 5, 1)


def test_nobody_who_never_bought_stands_in_it():
    Rhythm.objects.create(customer=Customer.objects.create(name="Una"))
    assert read_book(date(2026, 5, 1)) is None
