"""Pictures are drawn from tables; the table stays for whoever would rather read it."""

from datetime import date

import pytest

from amends.customers.models import Appraisal, Order
from amends.kit.clock import now
from tests import cast
from tests.browser.conftest import PHONE, fits, troubles
from tests.desk.test_came_back import WEIGHED
from tests.desk.test_settings_worth import LOOKED
from tests.desk.test_worth import a_regular

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def reckoned(transactional_db) -> str:
    """A night after which there is something to draw; the address of a customer."""
    customer = cast.put_right().customer
    a_regular(customer)
    for month in (2, 3, 4):
        Order.objects.create(
            customer=customer,
            place=cast.place(),
            outside_id=f"A-{month}",
            ordered_at=f"2026-0{month}-03T12:00Z",
            ordered_on=date(2026, month, 3),
        )
    Appraisal.objects.create(
        made_at=now(),
        as_of=date(2026, 5, 30),
        customers=900,
        rung="compared",
        model="pareto",
        figures={
            "came_back": WEIGHED,
            "looked_back": LOOKED,
            "still": [9, 1, 2, 3, 4, 5, 6, 7, 8, 9],
        },
    )
    return f"/desk/customers/{customer.ref}/"


def test_each_picture_is_drawn_fits_a_phone_and_leaves_its_table(desk, reckoned):
    page = desk(cast.olive())
    page.set_viewport_size(PHONE)
    drawn = 0
    for address in (
        reckoned,
        "/desk/settings/worth/",
        "/desk/measures/came-back/",
        "/desk/quiet/",
    ):
        page.goto(address)
        page.locator("drawn-table canvas").first.wait_for()
        drawn += page.locator("drawn-table canvas").count()
        assert troubles(page) == [], address
        assert fits(page), address
        table = page.locator("drawn-table table").first
        assert not table.is_visible()
        page.locator("drawn-table summary").first.click()
        assert table.is_visible()
    assert drawn == 5


def test_without_script_the_table_stands_open(desk, reckoned):
    page = desk(cast.olive(), java_script_enabled=False)
    page.goto("/desk/quiet/")
    assert page.locator("drawn-table table").is_visible()
