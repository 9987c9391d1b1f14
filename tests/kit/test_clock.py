from datetime import timedelta

import pytest

from amends.kit.clock import lived_at, now


def test_the_time_always_knows_its_zone():
    assert now().tzinfo is not None


def test_the_past_can_be_lived_and_ends():
    yesterday = now() - timedelta(days=1)
    with lived_at(yesterday):
        assert now() == yesterday
    assert now() > yesterday


def test_nothing_is_lived_before_its_time():
    with pytest.raises(ValueError, match="before its time"), lived_at(now() + timedelta(hours=1)):
        pass
