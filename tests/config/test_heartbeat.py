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
