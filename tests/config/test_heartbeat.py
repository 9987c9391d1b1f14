"""Signs of life of the parts that run for ever."""

from datetime import timedelta

import pytest

from amends.config import heartbeat
from amends.kit.clock import now

pytestmark = pytest.mark.django_db


def test_a_part_that_never_beat_is_not_alive():
    assert heartbeat.last("clock") is None
    assert not heartbeat.alive("clock", at=now())


def test_a_part_is_alive_for_a_minute_after_its_last_beat(clock):
    heartbeat.beat("clock", at=now())
    clock.shift(timedelta(seconds=60))
    assert heartbeat.alive("clock", at=now())
    clock.shift(timedelta(seconds=1))
    assert not heartbeat.alive("clock", at=now())


def test_a_pulse_beats_now_and_then_and_all_are_read_at_once(clock, django_assert_num_queries):
    pulse = heartbeat.Pulse("smtp")
    pulse.note()
    first = heartbeat.last("smtp")
    clock.shift(timedelta(seconds=5))
    pulse.note()
    assert heartbeat.last("smtp") == first
    clock.shift(timedelta(seconds=6))
    pulse.note()
    with django_assert_num_queries(1):
        assert heartbeat.last_of(["smtp", "lmtp"]) == {"smtp": now()}
