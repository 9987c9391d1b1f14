"""Orders and visits from other programmes: each fact once, each promise that waited called."""

from datetime import timedelta

import pytest

from amends.customers.customer import Customer
from amends.customers.order import Order
from amends.customers.visit import Visit
from amends.kit.clock import now
from amends.recovery import journey
from amends.recovery.notice import About, Notice
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
FINCH = {"email": "robert@finch.example"}


def moment(**shift):
    return (now() + timedelta(**shift)).isoformat()


def test_an_order_is_known_by_its_number_and_brought_up_to_date(call):
    ana = call(cast.ana())
    told = {"id": "A-1", "customer": FINCH, "amount": "19.90", "ordered_at": moment(days=-1)}
    (first,) = ana.post("/orders", told).json()["orders"]
    assert (first["amount"], first["currency"]) == ("19.90", "GBP")
    (second,) = ana.post("/orders", {"id": "A-1", "delivered_at": moment()}).json()["orders"]
    assert second["customer"] == first["customer"]
    assert second["delivered_at"]
    order = Order.objects.get()
    assert order.place == cast.place()
    assert order.amount
    assert Customer.objects.count() == 1


def test_what_became_of_an_order_is_told(call):
    ana = call(cast.ana())
    ana.post("/orders", {"id": "A-1", "customer": FINCH, "amount": "20"})
    told = {"id": "A-1", "cancelled_at": moment(), "refunded": "5", "short": True}
    (order,) = ana.post("/orders", told).json()["orders"]
    assert (order["refunded"], order["short"]) == ("5.00", True)
    assert order["cancelled_at"]
    assert Order.objects.get().customer.rhythm.purchases == 0


def test_many_orders_are_taken_together_or_not_at_all(call):
    ana = call(cast.ana())
    many = [{"id": f"A-{n}", "customer": FINCH} for n in range(3)]
    assert len(ana.post("/orders", many).json()["orders"]) == 3
    answer = ana.post("/orders", [{"id": "B-1", "customer": FINCH}, {"id": "B-2"}])
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "customer"
    answer = ana.post("/orders", [{"id": "B-1", "customer": FINCH}, {"id": "B-2", "amount": "x"}])
    assert answer.json()["errors"][0]["field"] == "1.amount"
    assert ana.post("/orders", []).status_code == 422
    assert Order.objects.count() == 3


def test_an_order_after_we_agreed_shows_that_they_came_back(call, clock):
    recovery = cast.agreed()
    clock.shift(timedelta(days=3))
    call(cast.ana()).post("/orders", {"id": "A-1", "customer": FINCH})
    assert recovery.returns.get().order.outside_id == "A-1"


def test_a_visit_calls_whoever_was_asked_for_by_name(call, clock):
    recovery, promise = cast.asked_for_ana()
    clock.shift(timedelta(days=2))
    told = {"id": "V-1", "customer": FINCH, "arrived_at": moment(), "table": "7"}
    (visit,) = call(cast.ben()).post("/visits", told).json()["visits"]
    assert visit["promises"] == [promise.ref]
    promise.refresh_from_db()
    assert promise.due_at == now() + timedelta(minutes=15)
    assert Notice.objects.filter(person=cast.ana(), about=About.ARRIVAL).exists()
    assert Visit.objects.get().table == "7"
    assert recovery.timeline.filter(verb="arrived").count() == 1


def test_a_visit_is_told_as_it_happens(call, clock):
    ana = call(cast.ana())
    booked = {"id": "V-1", "customer": FINCH, "expected_at": moment(hours=2)}
    (visit,) = ana.post("/visits", booked).json()["visits"]
    assert visit["arrived_at"] is None
    clock.shift(timedelta(hours=2))
    ana.post("/visits", {"id": "V-1", "arrived_at": moment()})
    clock.shift(timedelta(hours=1))
    (visit,) = ana.post(
        "/visits", {"id": "V-1", "left_at": moment(), "amount": "30", "currency": "EUR"}
    ).json()["visits"]
    assert visit["expected_at"]
    assert visit["arrived_at"]
    assert visit["left_at"]
    assert (visit["amount"], visit["currency"]) == ("30.00", "EUR")
    assert Visit.objects.count() == 1


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"customer": FINCH, "arrived_at": "now"}, "arrived_at"),
        ({"customer": FINCH}, "expected_at"),
        ({"arrived_at": "2026-05-30T10:00:00Z"}, "customer"),
        ({"customer": {"name": "Somebody"}, "arrived_at": "2026-05-30T10:00:00Z"}, "customer"),
        ({"customer": FINCH, "arrived_at": "2027-01-01T10:00:00Z"}, "arrived_at"),
        ({"customer": FINCH, "expected_at": "2026-07-01T10:00:00Z", "currency": "£"}, "currency"),
        ({"customer": FINCH, "expected_at": "2026-07-01T10:00:00Z", "place": "x"}, "place"),
    ],
)
def test_what_a_visit_lacks_is_named(call, told, field):
    answer = call(cast.ana()).post("/visits", {"id": "V-1", **told})
    assert answer.status_code == 422
    assert field in answer.json()["errors"][0]["field"]
    assert not Visit.objects.exists()


def test_numbers_of_other_places_cannot_be_overwritten(call):
    wells = cast.place("larder-wells")
    cleo = cast.person("Cleo Dunn", at=wells)
    journey.order(customer=cast.finch(), outside_id="A-1", place=cast.place())
    journey.visit(customer=cast.finch(), place=cast.place(), outside_id="V-1", expected_at=now())
    stranger = call(cleo)
    told = {"customer": {"email": "mine@cleo.example"}}
    assert stranger.post("/orders", {"id": "A-1", **told}).status_code == 403
    visit = {"id": "V-1", **told, "arrived_at": moment()}
    assert stranger.post("/visits", visit).status_code == 403
    assert Order.objects.get().customer == cast.finch()
    assert Visit.objects.get().arrived_at is None
    assert call(cast.audrey()).post("/orders", {"id": "A-1", **told}).status_code == 403


def test_who_is_calling_is_shown_to_those_on_duty(call):
    guest = cast.finch(phone="+44 1225 000001")
    cast.heard(customer=guest)
    ana = call(cast.ana())
    told = ana.post("/calls", {"phone": "+441225000001", "id": "T-1"}).json()
    assert (told["customer"], told["name"]) == (guest.ref, "Robert Finch")
    assert ana.post("/calls", {"phone": "+441225000001", "id": "T-1"}).json() == told
    assert Notice.objects.filter(person=cast.ana(), about=About.CALL).count() == 1


def test_a_number_that_nobody_here_has_calls_nobody(call):
    stranger = cast.finch(place=cast.place("larder-york"), phone="+441904000001")
    ana = call(cast.ana())
    for phone in ("+441225999999", "+441904000001"):
        assert ana.post("/calls", {"phone": phone}).json()["customer"] == ""
    assert not stranger.calls.exists()
    assert ana.post("/calls", {"phone": ""}).status_code == 422


def test_a_booking_is_taken_off_and_put_on_again(call):
    ana = call(cast.ana())
    told = {"id": "V-1", "customer": FINCH, "expected_at": moment(days=1)}
    ana.post("/visits", told)
    off = ana.post("/visits", {"id": "V-1", "cancelled": True}).json()["visits"][0]
    assert off["cancelled_at"]
    assert not Visit.objects.expected(at=now(), until=now() + timedelta(days=2)).exists()
    on = ana.post("/visits", {"id": "V-1", "cancelled": False}).json()["visits"][0]
    assert on["cancelled_at"] is None
