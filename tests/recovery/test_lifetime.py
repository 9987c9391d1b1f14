from datetime import timedelta
from decimal import Decimal

import pytest

from amends.customers.order import Order
from amends.customers.rating import Rating
from amends.kit.clock import now
from amends.recovery import journey
from amends.recovery.lifetime import SOURCES, NoSuchPlace, lifetime
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
MANY = 10_000


def whole(customer, person, *, most=7, **more):
    """All of it, a stretch at a time."""
    told, before = lifetime(customer, person, most=most, **more)
    while before:
        stretch, before = lifetime(customer, person, most=most, before=before, **more)
        assert len(stretch) <= most
        told += stretch
    return told


def orders(customer, count, *, apart=timedelta(minutes=1)):
    Order.objects.bulk_create(
        Order(
            customer=customer,
            place=cast.place(),
            outside_id=f"A-{number}",
            ordered_at=now() - number * apart,
            ordered_on=now().date(),
        )
        for number in range(count)
    )


def test_everything_that_happened_is_on_one_line(clock):
    recovery = cast.agreed("Refund", "A handwritten note")
    customer = recovery.customer
    for promise in recovery.promises.open():
        journey.keep(promise, by=promise.owner)
    journey.give_idea(recovery, words="Fry it on a rack.")
    clock.shift(timedelta(days=2))
    visit = journey.is_here(customer, place=recovery.place, by=cast.ana())
    journey.greet(visit, by=cast.ana())
    journey.order(customer=customer, outside_id="A-7", place=recovery.place, amount=Decimal(42))
    Rating.told(customer=customer, outside_id="R-1", score=Decimal(4), at=now(), words="Better.")
    did = [event.did for event in whole(customer, cast.ana())]
    for told in (
        "heard",
        "kept the promise",
        "had an idea",
        "came to The Larder, Bath",
        "ordered, A-7",
        "gave 4 of 5",
        "came back",
    ):
        assert told in did
    assert "got refund of £20" in did


def test_what_happened_in_one_moment_is_all_told_once_and_in_one_order():
    recovery = cast.heard()
    orders(recovery.customer, 30, apart=timedelta(0))
    told = whole(recovery.customer, cast.ana())
    keys = [(event.of, event.key) for event in told]
    assert len(keys) == len(set(keys)) >= 30
    assert keys == [(e.of, e.key) for e in lifetime(recovery.customer, cast.ana(), most=999)[0]]


def test_ten_thousand_lines_take_as_many_questions_as_ten(django_assert_num_queries):
    recovery = cast.heard()
    orders(recovery.customer, MANY)
    olive, middle = cast.olive(), ""
    for _ in range(3):
        with django_assert_num_queries(len(SOURCES) + 2 - bool(middle)):
            told, middle = lifetime(recovery.customer, olive, most=40, before=middle)
        assert len(told) == 40


def test_each_sees_what_was_at_their_places():
    recovery = cast.heard()
    recovery.customer.places.add(cast.place("larder-york"))
    orders(recovery.customer, 2)
    assert whole(recovery.customer, cast.person("Sam", at=cast.place("larder-york"))) == []


def test_only_the_steps_asked_for():
    recovery = cast.sorry()
    told = whole(recovery.customer, cast.ana(), verbs=["apologised"])
    assert [event.verb for event in told if event.of == "step"] == ["apologised"]


@pytest.mark.parametrize("spoilt", ["x", "2026-06-01|step|1", "2026-06-01T09:00:00+00:00|x|1"])
def test_a_place_that_we_never_handed_out_is_none(spoilt):
    with pytest.raises(NoSuchPlace):
        lifetime(cast.finch(), cast.ana(), most=5, before=spoilt)
