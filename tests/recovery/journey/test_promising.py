from datetime import timedelta

import pytest

from amends.kit.clock import now
from amends.recovery import clockwork, journey
from amends.recovery.failure import NothingSaid
from amends.recovery.promise import NoTime, Promise, Settled
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_a_promise_needs_a_time_or_an_event(clock):
    with pytest.raises(NoTime):
        journey.promise(cast.heard(), words="I will ring you.", by=cast.ana())


def test_a_promise_late_by_a_day_counts_as_broken(clock):
    recovery = cast.agreed("Refund", "A handwritten note")
    promise = recovery.promises.first()
    clock.move_to(promise.due_at + timedelta(minutes=1))
    clockwork.what_is_due()
    promise.refresh_from_db()
    assert promise.is_overdue(now())
    clock.move_to(promise.breaks_at)
    clockwork.what_is_due()
    promise.refresh_from_db()
    assert promise.state == "broken"


def test_moving_needs_the_customers_leave_and_comes_before_the_due_moment(clock):
    promise = cast.agreed().promises.first()
    later = promise.due_at + timedelta(days=2)
    with pytest.raises(NothingSaid):
        journey.move(promise, to=later, leave=" ", by=cast.ana())
    journey.move(promise, to=later, leave="She said Friday is fine.", by=cast.ana())
    promise.refresh_from_db()
    assert (promise.due_at, promise.times_moved) == (later, 1)
    clock.move_to(later)
    with pytest.raises(Settled):
        journey.move(promise, to=later + timedelta(days=1), leave="Again?", by=cast.ana())


def test_a_promise_ends_once():
    promise = cast.agreed().promises.first()
    journey.keep(promise, by=cast.ana())
    with pytest.raises(Settled, match="already kept"):
        journey.release(promise, why="She let us off.", by=cast.ana())


def test_s3_07_s3_08_what_was_wanted_is_in_so_somebody_rings(clock):
    recovery = cast.heard()
    promise = journey.promise(
        recovery, words="Ring when the juice is in", by=cast.ana(), trigger="in_stock"
    )
    clock.shift(timedelta(days=3))
    journey.came_in(promise, by=cast.ben())
    promise.refresh_from_db()
    assert promise.due_at > now()


def test_promises_of_others_are_out_of_sight():
    cast.agreed()
    stranger = cast.person("Sam Far", at=cast.place("far-away"))
    assert not Promise.objects.visible_to(stranger).exists()
