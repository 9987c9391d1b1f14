"""History is written in bulk; what happens now goes through the journey, where promises wake."""

from datetime import timedelta

import pytest

from amends.customers import rhythm
from amends.customers.customer import Customer
from amends.customers.order import Order
from amends.customers.rhythm import Rhythm
from amends.customers.visit import Visit
from amends.kit.clock import now
from amends.recovery import journey
from amends.recovery.journey.awaiting import awaited
from amends.recovery.promise import Trigger
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock"), pytest.mark.engines]
FINCH = "robert@finch.example"


@pytest.fixture
def promised(clock):
    recovery = cast.agreed()
    promise = journey.promise(recovery, words="A coffee", by=cast.ana(), trigger=Trigger.NEXT_ORDER)
    clock.shift(timedelta(days=5))
    return promise


def test_an_order_after_a_promise_wakes_it_and_one_before_does_not(brought, promised):
    before, after = ((now() - timedelta(days=days)).isoformat() for days in (9, 3))
    happened = brought(
        "orders",
        "id,email,date,total",
        f"A-1,{FINCH},{before},20",
        f"A-2,{FINCH},{after},20",
        f"A-3,somebody@else.example,{after},20",
        live=journey.order,
        awaited=awaited(),
    )
    assert (happened.new, happened.awake) == (3, 1)
    promised.refresh_from_db()
    assert promised.triggered_at == now()
    assert promised.recovery.returns.get().order.outside_id == "A-2"
    assert Order.objects.get(outside_id="A-2").ordered_at == now() - timedelta(days=3)


def test_a_dry_run_wakes_nobody(brought, promised):
    at = (now() - timedelta(hours=1)).isoformat()
    told = ("id,email,date,total", f"A-2,{FINCH},{at},20")
    happened = brought("orders", *told, dry=True, live=journey.order, awaited=awaited())
    assert happened.awake == 1
    promised.refresh_from_db()
    assert promised.triggered_at is None


def test_a_booking_that_has_come_calls_whoever_was_asked_for(brought, clock):
    _, promise = cast.asked_for_ana()
    clock.shift(timedelta(days=1))
    at = now() + timedelta(hours=1)
    told = {"live": journey.visit, "awaited": awaited()}
    brought("visits", "id,email,expected at", f"V-1,{FINCH},{at.isoformat()}", **told)
    promise.refresh_from_db()
    assert promise.triggered_at is None
    clock.shift(timedelta(hours=1))
    row = f"V-1,{FINCH},{at.isoformat()},{now().isoformat()}"
    for changed in (1, 0):
        happened = brought("visits", "id,email,expected at,arrived at", row, **told)
        assert (happened.new, happened.changed, happened.awake) == (0, changed, changed)
    promise.refresh_from_db()
    assert promise.triggered_at == now()
    assert Visit.objects.get().arrived_at == now()


def test_an_order_that_moves_leaves_the_first_customer(brought):
    brought("orders", "id,customer,date,total", "A-1,C-1,2026-05-01,20")
    first = Order.objects.get().customer
    happened = brought("orders", "id,customer,date,total", "A-1,C-2,2026-05-01,20")
    assert (happened.changed, happened.customers) == (1, 1)
    assert first.rhythm.purchases == 0
    assert Order.objects.get().customer.rhythm.purchases == 1


def test_first_orders_are_counted_as_all_others_are(brought):
    brought(
        "orders",
        "id,customer,date,total,currency,refunded,status",
        "1,A,2026-05-01,20,GBP,,",
        "2,A,2026-05-01,5,GBP,,",
        "3,A,2026-05-09,30.55,GBP,3,",
        "4,A,2026-05-10,900,EUR,,",
        "5,B,2026-05-02,-7,GBP,,",
        "6,B,2026-05-04,,,,",
        "7,C,2026-05-04,9,GBP,,cancelled",
        "8,D,2026-05-04,9,GBP,9,",
        "9,D,2026-05-05,0,GBP,,",
    )
    first = list(Rhythm.objects.order_by("pk").values())
    assert [one["purchases"] for one in first] == [3, 1, 0, 1]
    rhythm.retell(Customer.objects.all())
    assert list(Rhythm.objects.order_by("pk").values()) == first
