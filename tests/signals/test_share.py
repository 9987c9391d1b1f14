import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.signals.share import ENOUGH, Share


def test_published_values_of_wilsons_interval():
    """81 of 263, Newcombe (1998), Stat. Med. 17: 857-872, example (a), at 95 per cent is .2553 to
    .3662; at 90 per cent it lies inside that."""
    low, high = Share(81, 263).interval
    assert 0.2553 < low < 0.308 < high < 0.3662


def test_no_figure_when_there_are_too_few_and_the_number_still_needed():
    few = Share(3, 12)
    assert (few.per_cent, few.is_enough, few.still_needed) == ("", False, 18)
    enough = Share(11, 30)
    assert enough.per_cent == "37 %, 24 to 52 %"
    assert enough.still_needed == 0


@given(st.integers(0, 5_000), st.integers(0, 5_000))
def test_it_holds_the_rate_and_stays_within(hits, misses):
    share = Share(hits, hits + misses)
    low, high = share.interval
    assert 0 <= low <= high <= 1
    if share.n:
        assert low - 1e-12 <= share.rate <= high + 1e-12


@pytest.mark.parametrize("hits", range(ENOUGH + 1))
def test_with_enough_it_reaches_at_most_fifteen_points(hits):
    low, high = Share(hits, ENOUGH).interval
    assert (high - low) / 2 <= 0.15


@pytest.mark.parametrize("truth", [0.1, 0.3, 0.5, 0.8])
def test_nine_of_ten_intervals_hold_the_truth(truth):
    chance = random.Random(7)
    held = 0
    for _ in range(2_000):
        low, high = Share(sum(chance.random() < truth for _ in range(60)), 60).interval
        held += low <= truth <= high
    assert math.isclose(held / 2_000, 0.9, abs_tol=0.045)
