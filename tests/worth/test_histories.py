"""What may be a history, and equal ones made one."""

import numpy as np
import pytest

from amends.worth.histories import Histories, Unreadable


def test_equal_histories_in_whole_days_become_one():
    told = Histories.of([0, 2, 0, 2], [0, 30, 0, 30], [90, 60, 90, 60], [1, 1, 1, 3])
    assert told.x.tolist() == [0, 2]
    assert told.t_x.tolist() == [0, 30]
    assert told.T.tolist() == [90, 60]
    assert told.weight.tolist() == [2, 4]
    assert (told.customers, told.repeaters, told.mean_T) == (6, 4, 70)
    assert told.by_x.tolist() == [2, 0, 4]


def test_exact_times_stay_as_they_are():
    told = Histories.of([1, 1], [0.5, 0.5], [3.25, 3.25])
    assert told.T.tolist() == [3.25, 3.25]
    assert told.customers == 2


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ((1, 5, np.nan, 1), "missing"),
        ((1, np.inf, np.inf, 1), "missing"),
        ((-1, 5, 9, 1), "count"),
        ((1.5, 5, 9, 1), "count"),
        ((np.nan, 5, 9, 1), "count"),
        ((1, 10, 9, 1), "future"),
        ((1, -1, 9, 1), "future"),
        ((0, 3, 9, 1), "first day"),
        ((2, 0, 9, 1), "first day"),
        ((1, 5, 9, 0), "no customer"),
        ((10**9, 5, 9, 1), "count"),
    ],
)
def test_what_cannot_be_true_is_refused(row: tuple[float, ...], says: str):
    with pytest.raises(Unreadable, match=says):
        Histories.of(*([part] for part in row))


def test_columns_of_different_length_are_refused():
    with pytest.raises(Unreadable, match="one length"):
        Histories.of([1, 2], [3], [4, 5])


def test_a_part_is_taken_evenly():
    told = Histories.of(np.zeros(1000), np.zeros(1000), np.arange(1000) + 0.5)
    assert len(told.thinned(100).x) == 100
    assert told.thinned(100).T[-1] == 990.5
