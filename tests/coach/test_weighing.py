"""Weights add up, and the file that holds them is small."""

import runpy
from pathlib import Path

from amends.coach import weighing

TRAINING = Path(__file__).parents[2] / "bin/train-coach"


def test_sums_add_up_by_category():
    of = {"x": weighing.packed([(0, 1), (1, -7)]), "y": weighing.packed([(0, -50), (1, 2)])}
    weights = weighing.Weights(["a", "b"], weighing.packed([(0, 100)]), of)
    assert weights.apart(weights.start + weights.sum({"x", "y", "unknown"})) == [51, -5]


def test_only_the_categories_asked_for_are_loaded():
    assert weighing.load(("excuse", "grovel")).categories == ["excuse", "grovel"]


def test_the_trained_file_is_small():
    assert weighing.WEIGHTS.stat().st_size < 1_500_000


def test_the_weights_were_made_of_the_examples_rules_and_features_that_are_here():
    """After a change of any of them: `bin/train-coach`."""
    assert weighing.read()["made_of"] == runpy.run_path(str(TRAINING))["made_of"]()
