from datetime import timedelta

import pytest

from amends.customers.visit import Visit
from amends.kit.clock import now
from amends.recovery import clockwork, journey
from amends.recovery.failure import Kind
from amends.recovery.journey.arriving import AlreadyHere
from amends.recovery.notice import About, Notice
from amends.recovery.timeline import Verb, first_broken
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def arrive(recovery, **more) -> Visit:
    return journey.visit(customer=recovery.customer, place=recovery.place, arrived_at=now(), **more)


def test_s3_16_the_managers_card_is_not_honoured(clock):
    cast.mona()
    recovery, promise = cast.asked_for_ana()
    clock.shift(timedelta(days=2))
    visit = arrive(recovery)
    told = Notice.objects.filter(person=promise.owner, about=About.ARRIVAL)
    assert "is here" in told.latest("pk").words

    clock.shift(timedelta(minutes=4))
    clockwork.what_is_due()
    before = told.count()
    clock.shift(timedelta(minutes=1))
    clockwork.what_is_due()
    assert told.count() == before + 1

    clock.shift(timedelta(minutes=9))
    clockwork.what_is_due()
    promise.refresh_from_db()
    assert promise.is_open
    clock.shift(timedelta(minutes=1))
    clockwork.what_is_due()
    promise.refresh_from_db()
    assert promise.state == "broken"
    assert promise.failure.kind == Kind.BROKEN_PROMISE
    assert promise.failure.severity > min(f.severity for f in recovery.failures.all())
    assert Notice.objects.filter(person=cast.mona(), about=About.BROKEN).count() == 1
    recovery = cast.fresh(recovery)
    assert recovery.sorry_at is None
    assert recovery.returns.count() == 0
    journey.left(visit, by=cast.ben())
    assert recovery.failures.filter(kind=Kind.BROKEN_PROMISE).count() == 1
    assert first_broken(recovery) is None


def test_greeting_in_time_keeps_the_promise_and_counts_as_a_return(clock):
    recovery, promise = cast.asked_for_ana()
    clock.shift(timedelta(days=2))
    visit = arrive(recovery)
    clock.shift(timedelta(minutes=3))
    journey.greet(visit, by=cast.ana())
    promise.refresh_from_db()
    assert promise.state == "kept"
    assert recovery.returns.count() == 1


def test_leaving_without_a_greeting_breaks_the_promise(clock):
    recovery, promise = cast.asked_for_ana()
    clock.shift(timedelta(days=1))
    visit = arrive(recovery)
    clock.shift(timedelta(minutes=10))
    journey.left(visit, by=cast.ben())
    promise.refresh_from_db()
    assert promise.state == "broken"


def test_leaving_told_by_another_programme_is_leaving_all_the_same(clock):
    recovery, promise = cast.asked_for_ana()
    clock.shift(timedelta(days=1))
    arrive(recovery, outside_id="V-1")
    clock.shift(timedelta(minutes=10))
    arrive(recovery, outside_id="V-1", left_at=now())
    promise.refresh_from_db()
    assert promise.state == "broken"


def test_an_arrival_told_twice_counts_once(clock):
    recovery = cast.heard()
    for _ in range(2):
        arrive(recovery, outside_id="V-1")
    assert Visit.objects.count() == 1
    assert recovery.timeline.filter(verb=Verb.ARRIVED).count() == 1


def test_s3_14_the_deputy_gets_the_promise_when_the_host_is_away(clock):
    from amends.people.roster import Away

    cast.ben()
    recovery, promise = cast.asked_for_ana()
    Away.objects.create(
        person=cast.ana(), from_at=now(), until_at=now() + timedelta(days=9), cover=cast.ben()
    )
    clock.shift(timedelta(days=2))
    arrive(recovery)
    promise.refresh_from_db()
    assert promise.owner == cast.ben()
    assert recovery.timeline.filter(verb=Verb.COVERED).exists()
    assert Notice.objects.filter(person=cast.ben(), about=About.PERSON).exists()


def test_the_same_booking_told_twice_counts_once(clock):
    recovery, _ = cast.asked_for_ana()
    soon = now() + timedelta(hours=3)
    for _ in range(2):
        journey.visit(
            customer=recovery.customer, place=recovery.place, outside_id="B1", expected_at=soon
        )
    booked = Notice.objects.filter(person=cast.ana(), words__contains="has booked")
    assert (Visit.objects.count(), booked.count()) == (1, 1)


def test_an_order_makes_promises_due_and_counts_as_a_return(clock):
    recovery = cast.put_right()
    clock.shift(timedelta(days=5))
    for _ in range(2):
        journey.order(customer=recovery.customer, outside_id="A-1", ordered_at=now())
    assert recovery.returns.count() == 1


def test_whoever_is_seen_twice_comes_in_once(clock):
    recovery, promise = cast.asked_for_ana()
    clock.shift(timedelta(days=2))
    journey.is_here(recovery.customer, place=recovery.place, by=cast.ben(), table="7")
    promise.refresh_from_db()
    assert promise.triggered_at == now()
    with pytest.raises(AlreadyHere, match="Robert Finch"):
        journey.is_here(recovery.customer, place=recovery.place, by=cast.ana())
    assert Visit.objects.get().table == "7"


def test_whoever_booked_for_about_now_is_the_one_who_is_here(clock):
    recovery, promise = cast.asked_for_ana()
    booked = journey.visit(
        customer=recovery.customer,
        place=recovery.place,
        outside_id="book-1",
        expected_at=now() + timedelta(hours=1),
    )
    here = journey.is_here(recovery.customer, place=recovery.place, by=cast.ben())
    assert here == booked
    promise.refresh_from_db()
    assert promise.visit == booked
