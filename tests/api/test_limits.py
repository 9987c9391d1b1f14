"""A fixed window for each caller, counted in the database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from amends.api.limits import Allowance, Window, forget_old_windows

ALLOWANCE = Allowance("token", 3, 60)


@pytest.mark.django_db
def test_calls_are_counted_until_the_window_ends(clock):
    clock.shift(10)
    counted = [Window.count("a", ALLOWANCE) for _ in range(4)]
    assert [one.calls for one in counted] == [1, 2, 3, 4]
    assert [one.is_over for one in counted] == [False, False, False, True]
    assert counted[0].seconds_left == 50
    assert counted[3].headers["RateLimit"] == '"token";r=0;t=50'
    assert Window.count("b", ALLOWANCE).calls == 1
    clock.shift(50)
    assert Window.count("a", ALLOWANCE).calls == 1


@pytest.mark.django_db
def test_each_caller_takes_one_row_which_is_forgotten_after_a_day(clock):
    for _ in range(3):
        Window.count("a", ALLOWANCE)
        clock.shift(60)
    assert Window.objects.count() == 1
    forget_old_windows()
    assert Window.objects.count() == 1
    clock.shift(timedelta(days=1))
    forget_old_windows()
    assert not Window.objects.exists()


@pytest.mark.engines
@pytest.mark.django_db(transaction=True)
def test_calls_at_the_same_moment_are_all_counted():
    def count(_):
        try:
            return Window.count("a", Allowance("token", 100, 3600)).calls
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(count, range(20)))
    assert Window.objects.get().calls == 20
