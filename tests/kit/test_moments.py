from datetime import timedelta

import pytest

from amends.kit.clock import now
from amends.kit.moments import Moments, NowAndThen

pytestmark = pytest.mark.django_db


def test_of_many_times_one_in_ten_seconds_is_written(clock, django_assert_num_queries):
    rain = Moments("rain")
    bath = NowAndThen(rain, "Bath")
    bath.note()
    first = now()
    clock.shift(timedelta(seconds=9))
    with django_assert_num_queries(0):
        bath.note()
    assert rain.last_of(["Bath", "Wells"]) == {"Bath": first}
    clock.shift(timedelta(seconds=1))
    bath.note()
    assert rain.last_of(["Bath"]) == {"Bath": now()}


def test_two_kinds_do_not_know_each_other():
    Moments("rain").keep("Bath", at=now())
    assert Moments("snow").last_of(["Bath"]) == {}


def test_a_clock_that_was_set_back_silences_nothing(clock):
    rain = Moments("rain")
    bath = NowAndThen(rain, "Bath")
    bath.note()
    clock.shift(timedelta(hours=-1))
    bath.note()
    assert rain.last_of(["Bath"]) == {"Bath": now()}
