"""Weights add up, and the file that holds them is small."""

from amends.coach import weighing


def test_sums_add_up_by_category():
    weights = weighing.Weights(["a", "b"], [0, 0], {"x": [(0, 1)], "y": [(0, 5), (1, 2)]})
    assert weights.sums({"x", "y", "unknown"}) == [6, 2]


def test_the_trained_file_is_small():
    assert weighing.WEIGHTS.stat().st_size < 1_500_000
