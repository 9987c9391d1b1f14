from datetime import timedelta

import pytest

from amends.portal.limits import Limit

pytestmark = pytest.mark.django_db


def test_so_many_tries_and_then_no_more_until_the_time_is_over(clock):
    limit = Limit("test", most=2, seconds=60)
    assert [limit.allows("ana") for _ in range(3)] == [True, True, False]
    assert limit.allows("ben")
    clock.shift(timedelta(seconds=61))
    assert limit.allows("ana")


def test_two_limits_count_apart(clock):
    assert Limit("one", most=1, seconds=60).allows("ana")
    assert Limit("two", most=1, seconds=60).allows("ana")
