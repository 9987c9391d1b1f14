"""Adds up trained weights: what a stretch of text says in sum, category by category.

The weights come from `bin/train-coach`, from our own develop examples alone."""

import json
from pathlib import Path
from typing import NamedTuple

WEIGHTS = Path(__file__).with_name("weights.json")


class Weights(NamedTuple):
    """Sparse logistic regression: for a feature, which category gains or loses how
    much, in thousandths: whole numbers, so that no order of adding up can matter."""

    categories: list[str]
    start: list[int]
    of: dict[str, list[tuple[int, int]]]

    def sums(self, features: set[str]) -> list[int]:
        """One sum a category, without its start."""
        sums = [0] * len(self.categories)
        of = self.of
        for name in features & of.keys():
            for number, weight in of[name]:
                sums[number] += weight
        return sums


def load() -> Weights:
    return Weights(**json.loads(WEIGHTS.read_text(encoding="utf-8")))
