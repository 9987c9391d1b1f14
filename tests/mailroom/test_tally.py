from datetime import timedelta

import pytest

from amends.kit.clock import now
from amends.mailroom.tally import Counted, Tally, forget_old_tallies

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
HOUR = timedelta(hours=1)
ONE, OTHER = Counted("a", "x@x.test", HOUR), Counted("b", "x@x.test", 2 * HOUR)


def counted(*what):
    return Tally.count_one(what or [ONE], at=now())


def test_each_is_counted_in_one_question(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert counted(ONE, OTHER) == [1, 1]
    assert counted(OTHER, ONE) == [2, 2]


def test_the_time_runs_from_the_first_and_then_begins_anew(clock):
    assert counted() == [1]
    clock.shift(HOUR - timedelta(seconds=1))
    assert counted() == [2]
    clock.shift(timedelta(seconds=1))
    assert counted() == [1]
    clock.shift(HOUR - timedelta(seconds=1))
    assert counted() == [2]


def test_what_did_not_happen_is_taken_back():
    counted(ONE, OTHER)
    Tally.take_back([ONE])
    assert counted(ONE, OTHER) == [1, 2]


def test_what_is_over_is_forgotten(clock):
    counted(ONE, OTHER)
    clock.shift(HOUR)
    assert forget_old_tallies() == 1
    assert Tally.objects.count() == 1
