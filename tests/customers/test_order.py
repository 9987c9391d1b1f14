from datetime import timedelta

import pytest

from amends.customers.order import Order
from amends.kit.clock import now
from amends.recovery import journey
from amends.recovery.promise import Trigger
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_an_order_is_known_by_its_number_and_told_again_it_is_corrected():
    for amount in (20, 25):
        placed = journey.order(
            customer=cast.finch(), outside_id="A-7", amount=amount, ordered_at=now()
        )
    assert str(placed) == "A-7"
    assert Order.objects.get().amount == 25


def test_what_is_left_out_stays_as_it_was():
    journey.order(customer=cast.finch(), outside_id="A-7", amount=20, promised_on=now().date())
    journey.order(customer=cast.finch(), outside_id="A-7", short=True)
    placed = Order.objects.get()
    assert (placed.amount, placed.short, placed.refunded) == (20, True, 0)
    assert placed.promised_on == now().date()
    assert placed.ordered_on == now().date()


def test_what_was_bought_before_a_promise_does_not_wake_it(clock):
    recovery = cast.heard()
    promise = journey.promise(
        recovery, words="A bag of coffee", by=cast.ana(), trigger=Trigger.NEXT_ORDER
    )
    journey.order(
        customer=recovery.customer, outside_id="A-1", ordered_at=now() - timedelta(days=2)
    )
    promise.refresh_from_db()
    assert promise.triggered_at is None
    clock.shift(timedelta(days=1))
    journey.order(customer=recovery.customer, outside_id="A-2")
    promise.refresh_from_db()
    assert promise.triggered_at
