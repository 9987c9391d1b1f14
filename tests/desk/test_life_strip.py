from datetime import date

import pytest

from amends.customers.models import Order, Visit
from amends.desk.life_strip import strip
from amends.kit.clock import now
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def bought(customer, number, on):
    Order.objects.create(
        customer=customer,
        place=cast.place(),
        outside_id=f"A-{number}",
        ordered_at=f"{on}T12:00Z",
        ordered_on=on,
    )


def test_purchases_failures_and_what_was_put_right_stand_on_one_line():
    recovery = cast.put_right()
    customer = recovery.customer
    bought(customer, 1, date(2026, 4, 3))
    bought(customer, 2, date(2026, 5, 3))
    Visit.objects.create(customer=customer, place=cast.place(), arrived_at=now(), amount=12)
    days = strip(customer, cast.ana())
    assert [day.on for day in days] == [date(2026, 4, 3), date(2026, 5, 3), date(2026, 6, 1)]
    today = days[-1]
    assert today.bought
    assert today.let_down == today.put_right == recovery.about


def test_one_day_alone_is_no_picture():
    assert strip(cast.heard().customer, cast.ana()) == []


def test_nobody_sees_the_days_of_a_place_that_is_not_theirs():
    customer = cast.put_right().customer
    bought(customer, 1, date(2026, 4, 3))
    assert strip(customer, cast.person("Una York", at=cast.place("larder-york"))) == []


def test_the_picture_stands_on_the_customers_page_with_its_table(client):
    customer = cast.put_right().customer
    bought(customer, 1, date(2026, 4, 3))
    client.force_login(cast.ana())
    page = client.get(f"/desk/customers/{customer.ref}/").content.decode()
    assert '<drawn-table kind="strip">' in page
    assert "kit/vendor/uplot/uplot" in page
