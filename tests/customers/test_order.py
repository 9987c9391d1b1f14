import pytest

from amends.customers.order import Order
from amends.kit.clock import now
from amends.recovery import journey
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_an_order_is_known_by_its_number_and_told_again_it_is_corrected():
    for amount in (20, 25):
        placed = journey.order(
            customer=cast.finch(), outside_id="A-7", amount=amount, ordered_at=now()
        )
    assert str(placed) == "A-7"
    assert Order.objects.get().amount == 25
